// One task, open: everything it holds, to be read and changed.

import { changeTask, deleteTask, readTask } from "./api.js";
import { announce, byId, showMessage } from "./dom.js";
import { dueFields, dueOf } from "./due.js";
import { offerLists } from "./lists.js";
import { OTHER, offerRules } from "./repeat-field.js";
import { showTaskReminders } from "./task-reminders.js";

/** @type {FieldName[]} */
const FIELDS = ["title", "notes", "date", "time", "priority", "repeat", "labels", "list"];
const CHANGED = "This task was changed elsewhere while you had it open, so nothing was saved or deleted. Showing the changed task replaces what you typed here.";

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
 * Connects the dialog; `onSaved` gets the task that was changed, `onDeleted` the one that was deleted.
 * @param {(task: Task) => Promise<void>} onSaved
 * @param {(task: Task) => Promise<void>} onDeleted
 */
export function startDetail(onSaved, onDeleted) {
  byId("detail-form").addEventListener("submit", (event) => {
    event.preventDefault();
    save(onSaved);
  });
  byId("detail-close").addEventListener("click", close);
  byId("detail-delete").addEventListener("click", () => change(byId("detail-delete"), async (which) => {
    await deleteTask(which);
    return () => onDeleted(which);
  }));
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
  showTaskReminders(which);
}

/** Closes it, and forgets what it held. */
export function clearDetail() {
  close();
  fill(NONE);
  showTaskReminders(null);
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
    repeat: "",
    labels: task.labels.join(", "),
    list: task.list_id ?? "",
  };
  offerLists(field("list"), task);
  for (const name of FIELDS) field(name).value = shown[name];
  offerRules(task);
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
  await change(byId("detail-save"), async (which) => {
    const changed = await changeTask(which, changes);
    announce(`Saved ${changed.title}.`);
    return () => onSaved(changed);
  });
}

/**
 * Changes the open task and closes it; what `work` answers is called then.
 * @param {HTMLButtonElement} button
 * @param {(task: Task) => Promise<() => Promise<void>>} work
 */
async function change(button, work) {
  const changing = task;
  button.disabled = true;
  try {
    const next = await work(changing);
    if (task === changing) close();
    await next();
  } catch (problem) {
    if (task !== changing) return;
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
  if (isChanged("repeat") && now.repeat !== OTHER) changes.recurrence = now.repeat ? { rule: now.repeat } : null;
  if (isChanged("labels")) changes.labels = now.labels.split(/[\s,#]+/).filter(Boolean);
  if (isChanged("list")) changes.list_id = now.list || null;
  return changes;
}

async function reload() {
  try {
    fill(await readTask(task.id));
    byId("detail-heading").focus();
    showTaskReminders(task);
  } catch (problem) {
    setProblem(problem.message, true);
  }
}

/** @param {string | null} sentence */
function setProblem(sentence, canReload = false) {
  showMessage(byId("detail-problem"), sentence);
  byId("detail-reload").hidden = !canReload;
}
