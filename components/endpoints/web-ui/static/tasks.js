// The task list beside the chat.

import { addTask, listTasks, setDone } from "./api.js";
import { announce, at, say } from "./dom.js";
import { taskGroups } from "./task-view.js";

const PAGE = 50;

let tasks = [];
let nextCursor = null;
let status = "open";
/** Tasks that the person has just seen for the first time are marked for a moment. */
let known = null;
let fresh = new Set();
/** The latest question counts: an older answer that comes late is dropped. */
let latest = 0;

/** Connects the panel to its list. */
export function startTasks() {
  at("quick-add").addEventListener("submit", add);
  at("more-tasks").addEventListener("click", () => attempt(loadMore));
  at("show-open").addEventListener("click", () => show("open"));
  at("show-done").addEventListener("click", () => show("done"));
}

/** Forgets what belongs to whoever was signed in. */
export function clearTasks() {
  tasks = [];
  nextCursor = null;
  known = null;
  latest += 1;
  draw();
}

/** Reads the list again from its start. */
export const refreshTasks = () => attempt(async () => {
  const turn = ++latest;
  const page = await listTasks(query());
  if (turn !== latest) return;
  tasks = page.items;
  nextCursor = page.next_cursor ?? null;
  fresh = new Set(known ? tasks.map((task) => task.id).filter((id) => !known.has(id)) : []);
  known = new Set([...(known ?? []), ...tasks.map((task) => task.id)]);
  draw();
});

const query = (cursor = undefined) => (status === "open"
  ? { status, sort: "due", limit: PAGE, cursor }
  : { status, sort: "updated", direction: "descending", limit: PAGE, cursor });

async function loadMore() {
  const turn = ++latest;
  const page = await listTasks(query(nextCursor));
  if (turn !== latest) return;
  tasks = [...tasks, ...page.items];
  nextCursor = page.next_cursor ?? null;
  known = new Set([...(known ?? []), ...tasks.map((task) => task.id)]);
  draw();
}

function show(which) {
  status = which;
  at("show-open").setAttribute("aria-pressed", String(which === "open"));
  at("show-done").setAttribute("aria-pressed", String(which === "done"));
  tasks = [];
  nextCursor = null;
  refreshTasks();
}

async function add(event) {
  event.preventDefault();
  const field = at("quick-title");
  const title = field.value.trim();
  if (!title) return field.focus();
  await attempt(async () => {
    const task = await addTask({ title }, crypto.randomUUID());
    field.value = "";
    announce(`Added ${task.title}.`);
    if (status !== "open") show("open");
    else await refreshTasks();
  });
  field.focus();
}

async function toggle(task, box) {
  const isDone = box.checked;
  box.closest(".task").classList.toggle("done", isDone);
  const changed = await attempt(() => setDone(task.id, isDone));
  if (!changed) {
    box.checked = !isDone;
    box.closest(".task").classList.toggle("done", !isDone);
    return;
  }
  // It stays where it is until the list is read again, so that a slip is undone with one more click.
  tasks = tasks.map((other) => (other.id === task.id ? changed : other));
  count();
  announce(isDone ? `Completed ${task.title}.` : `Reopened ${task.title}.`);
}

/** Runs something and says what went wrong; answers its result, or undefined. */
async function attempt(action) {
  try {
    const result = await action();
    say(at("tasks-problem"), null);
    return result ?? true;
  } catch (problem) {
    if (problem.status !== 401) say(at("tasks-problem"), problem.message);
    return undefined;
  }
}

function draw() {
  // Whoever was on a task with the keyboard stays on it.
  const focused = document.activeElement?.id;
  at("task-groups").replaceChildren(...taskGroups(tasks, status === "done", fresh, toggle));
  if (focused?.startsWith("task-")) at(focused)?.focus();
  const isEmpty = tasks.length === 0;
  say(at("tasks-empty"), isEmpty ? (status === "open" ? "Nothing to do. Enjoy it, or add something." : "Nothing done yet.") : null);
  at("more-tasks").hidden = nextCursor === null;
  count();
}

/** How many are open, where the list may be out of sight. */
function count() {
  if (status !== "open") return;
  const open = tasks.filter((task) => !task.completed_at).length;
  const more = nextCursor === null ? "" : "+";
  at("view-tasks").textContent = open > 0 ? `Tasks (${open}${more})` : "Tasks";
}
