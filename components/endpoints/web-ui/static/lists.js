// The person's lists: which one the panel shows, a new one, and what a task's dialog offers.

import { addList, listLists } from "./api.js";
import { announce, byId, createElement, showMessage } from "./dom.js";

/** What the API calls the tasks that are in no list. */
export const INBOX = "inbox";

/** @type {TaskLists} */
let known = { items: [], inbox_open_count: 0 };
/** The latest question counts: an older answer that comes late is dropped. */
let turn = 0;

/**
 * Connects the choice of a list; `onShow` is called when another one is to be shown.
 * @param {() => void} onShow
 */
export function startLists(onShow) {
  byId("list-shown").addEventListener("change", onShow);
  byId("list-new").addEventListener("click", () => setForm(Boolean(byId("list-form").hidden)));
  byId("list-form").addEventListener("submit", (event) => {
    event.preventDefault();
    add(onShow);
  });
  byId("list-form").addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    setForm(false);
    byId("list-new").focus();
  });
  draw("");
}

/** Forgets what belongs to whoever was signed in. */
export function clearLists() {
  turn += 1;
  known = { items: [], inbox_open_count: 0 };
  setForm(false);
  draw("");
}

/** The list that is shown: its id, `inbox`, or nothing for all of them. */
export const shownList = () => byId("list-shown").value;

/** The id of the list that a new task goes into; nothing for the inbox. */
export const listOfNewTask = () => (shownList() === INBOX ? "" : shownList());

/** Reads the lists again. The one that is shown stays, unless it is gone; answers whether it is. */
export async function refreshLists() {
  const asked = ++turn;
  const read = await listLists();
  if (asked !== turn) return false;
  known = read;
  const before = shownList();
  draw(before);
  return shownList() !== before;
}

/**
 * Offers the lists for a task, and the one that it is in, also where that is archived.
 * @param {HTMLSelectElement} select
 * @param {Task} task
 */
export function offerLists(select, task) {
  const options = [option("", "Inbox"), ...known.items.map((list) => option(list.id, nameOf(list)))];
  const { list_id: id, list: name } = task;
  if (id && !known.items.some((list) => list.id === id)) options.push(option(id, name ?? "Its list"));
  select.replaceChildren(...options);
}

/** @param {() => void} onShow */
async function add(onShow) {
  const field = byId("list-name");
  const name = field.value.trim();
  if (!name) return field.focus();
  try {
    const list = await addList({ name });
    showMessage(byId("list-problem"), null);
    field.value = "";
    setForm(false);
    known = { ...known, items: [...known.items, list] };
    draw(list.id);
    byId("list-shown").focus();
    announce(`Added the list ${list.name}.`);
    onShow();
  } catch (problem) {
    if (problem.status !== 401) showMessage(byId("list-problem"), problem.message);
  }
}

/** @param {boolean} isOpen */
function setForm(isOpen) {
  byId("list-form").hidden = !isOpen;
  byId("list-new").setAttribute("aria-expanded", String(isOpen));
  if (isOpen) byId("list-name").focus();
  else showMessage(byId("list-problem"), null);
}

/** @param {string} shown */
function draw(shown) {
  const select = byId("list-shown");
  const counted = (/** @type {string} */ name, /** @type {number} */ open) => (open > 0 ? `${name} (${open.toLocaleString("en")})` : name);
  select.replaceChildren(
    option("", "All lists"),
    option(INBOX, counted("Inbox", known.inbox_open_count)),
    ...known.items.map((list) => option(list.id, counted(nameOf(list), list.open_count))),
  );
  select.value = [...select.options].some(({ value }) => value === shown) ? shown : "";
}

/** @param {TodoList} list */
const nameOf = ({ name, parent_id: parent }) => (parent ? `– ${name}` : name);

/**
 * @param {string} value
 * @param {string} words
 */
const option = (value, words) => createElement("option", { value }, words);
