// One task, open: everything it holds, to be read and changed.

import { changeTask, readTask } from "./api.js";
import { announce, byId, showMessage } from "./dom.js";
import { dueFields, dueOf } from "./due.js";
import { offerLists } from "./lists.js";

/** @type {FieldName[]} */
const FIELDS = ["title", "notes", "date", "time", "priority", "labels", "list"];
const CHANGED = "This task was changed elsewhere while you had it open, so nothing was saved. Showing the changed task replaces what you typed here.";

/** @type {Task} */
const NONE = { id: "", version: 0, title: "", labels: [] };

/** The task as it was read, and what its fields held then. */
let task = NONE;
/** @type {Partial<Fields>} */
let before = {};

/**
 * @template {FieldName} Name
 * @param {Name} name
 */
const field = (name) => byId(`detail-${name}`);
/** @returns {Fields} */
const values = () => /** @type {Fields} */ (Object.fromEntries(FIELDS.map((name) => [name, field(name).value])));

/**
 * Connects the dialog; `onSaved` gets the task that was changed.
 * @param {(task: Task) => Promise<void>} onSaved
 */
export function startDetail(onSaved) {
  byId("detail-form").addEventListener("submit", (event) => {
    event.preventDefault();
    save(onSaved);
  });
  byId("detail-close").addEventListener("click", close);
  byId("detail-reload").addEventListener("click", reload);
}

/**
 * Opens a task. Escape closes it, and the focus goes back to where it was.
 * @param {Task} which
 */
export function openDetail(which) {
  fill(which);
  byId("task-detail").showModal();
  byId("detail-heading").focus();
}

/** Closes it, and forgets what it held. */
export function clearDetail() {
  close();
  fill(NONE);
}

/** Closes it without saving. */
const close = () => byId("task-detail").close();

/** @param {Task} which */
function fill(which) {
  task = which;
  const { date, time } = dueFields(task.due);
  /** @type {Fields} */
  const shown = {
    title: task.title,
    notes: task.notes ?? "",
    date,
    time,
    priority: task.priority ?? "normal",
    labels: task.labels.join(", "),
    list: task.list_id ?? "",
  };
  offerLists(field("list"), task);
  for (const name of FIELDS) field(name).value = shown[name];
  before = values();
  setProblem(null);
}

/** @param {(task: Task) => Promise<void>} onSaved */
async function save(onSaved) {
  const now = values();
  const wrong = wrongIn(now);
  if (wrong) return setProblem(wrong);
  const changes = changesTo(now);
  if (Object.keys(changes).length === 0) return close();
  const button = byId("detail-save");
  const saving = task;
  button.disabled = true;
  try {
    const changed = await changeTask(saving, changes);
    if (task === saving) close();
    announce(`Saved ${changed.title}.`);
    await onSaved(changed);
  } catch (problem) {
    if (task !== saving) return;
    setProblem(problem.status === 412 ? CHANGED : problem.message, problem.status === 412);
    // Closed while it was on its way: nothing is lost in silence.
    if (!byId("task-detail").open) byId("task-detail").showModal();
  } finally {
    button.disabled = false;
  }
}

/**
 * What the form can tell before the server does.
 * @param {Fields} fields
 */
function wrongIn({ title, date, time }) {
  if (!title.trim()) return "A task needs a title.";
  if (field("date").validity.badInput || field("time").validity.badInput) return "The date or the time is not complete.";
  if (time && !date) return "A time needs a date.";
  return null;
}

/**
 * The members of a merge patch: only what the person has changed.
 * @param {Fields} now
 * @returns {TaskChanges}
 */
function changesTo(now) {
  const isChanged = (/** @type {FieldName[]} */ ...names) => names.some((name) => now[name] !== before[name]);
  const changes = {};
  if (isChanged("title")) changes.title = now.title.trim();
  if (isChanged("notes")) changes.notes = now.notes.trim() ? now.notes : null;
  if (isChanged("date", "time")) changes.due = dueOf(now);
  if (isChanged("priority")) changes.priority = now.priority;
  if (isChanged("labels")) changes.labels = now.labels.split(/[\s,#]+/).filter(Boolean);
  if (isChanged("list")) changes.list_id = now.list || null;
  return changes;
}

async function reload() {
  try {
    fill(await readTask(task.id));
    byId("detail-heading").focus();
  } catch (problem) {
    setProblem(problem.message, true);
  }
}

/** @param {string | null} sentence */
function setProblem(sentence, canReload = false) {
  showMessage(byId("detail-problem"), sentence);
  byId("detail-reload").hidden = !canReload;
}
