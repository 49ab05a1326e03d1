// The reminders of the task that is open, and another one.

import { addReminder, cancelReminder, listReminders } from "./api.js";
import { byId, createElement, showMessage } from "./dom.js";
import { dueWords } from "./due.js";

const MINUTE_MS = 60_000;

/** What a reminder can be before its task is due, in minutes. */
const BEFORE = [0, 10, 60, 24 * 60];
/** The choice of an instant of its own. */
const AT = "at";

/** @type {Task | null} */
let task = null;
/** @type {(isAdded: boolean) => void} */
let onChanged = () => {};

/**
 * Connects the form; `changed` is called when a reminder was added, or cancelled.
 * @param {(isAdded: boolean) => void} changed
 */
export function startTaskReminders(changed) {
  onChanged = changed;
  byId("reminder-when").addEventListener("change", () => showInstant(byId("reminder-when").value === AT));
  byId("reminder-add").addEventListener("click", () => attempt(add));
}

/**
 * Shows the reminders of a task; of none, nothing.
 * @param {Task | null} which
 */
export async function showTaskReminders(which) {
  task = which;
  showMessage(byId("reminder-problem"), null);
  byId("reminder-list").replaceChildren();
  offer(which);
  if (which) await attempt(read);
}

/** @param {Task | null} which */
function offer(which) {
  const isAtTime = Boolean(which?.due && which.due.length > 10);
  // Nothing is relative to a day.
  const choices = isAtTime ? BEFORE.map((minutes) => createElement("option", { value: String(minutes) }, beforeWords(minutes))) : [];
  byId("reminder-when").replaceChildren(...choices, createElement("option", { value: AT }, "At a time …"));
  byId("reminder-at").value = "";
  showInstant(!isAtTime);
}

/** @param {boolean} isShown */
const showInstant = (isShown) => { byId("reminder-at").hidden = !isShown; };

async function read() {
  const of = task;
  if (!of) return;
  const { items } = await listReminders({ task_id: of.id, limit: 50 });
  if (task !== of) return;
  byId("reminder-list").replaceChildren(...items.map(row));
}

/** @param {Reminder} reminder */
function row(reminder) {
  const words = reminderWords(reminder, new Date());
  const button = createElement("button", { type: "button", class: "quiet", "aria-label": `Remove the reminder ${words}` }, "Remove");
  button.addEventListener("click", () => attempt(async () => {
    await cancelReminder(reminder.id);
    byId("reminder-when").focus();
    await read();
    onChanged(false);
  }));
  return createElement("li", {}, createElement("span", {}, words), button);
}

async function add() {
  if (!task) return;
  const when = byId("reminder-when").value;
  if (when === AT) {
    const { value } = byId("reminder-at");
    if (!value) return showMessage(byId("reminder-problem"), "Which day, and at what time?");
    await addReminder({ task_id: task.id, at: new Date(value).toISOString() });
  } else {
    await addReminder({ task_id: task.id, before_due_minutes: Number(when) });
  }
  byId("reminder-at").value = "";
  await read();
  onChanged(true);
}

/** @param {() => Promise<void>} work */
async function attempt(work) {
  const button = byId("reminder-add");
  button.disabled = true;
  try {
    showMessage(byId("reminder-problem"), null);
    await work();
  } catch (problem) {
    if (problem.status !== 401) showMessage(byId("reminder-problem"), problem.message);
  } finally {
    button.disabled = false;
  }
}

/**
 * How long before its task is due: `when it is due`, `1 hour before`.
 * @param {number} minutes
 */
export function beforeWords(minutes) {
  if (minutes === 0) return "when it is due";
  for (const [unit, length] of /** @type {const} */ ([["week", 7 * 24 * 60], ["day", 24 * 60], ["hour", 60]])) {
    if (minutes % length === 0) return `${counted(minutes / length, unit)} before`;
  }
  return `${counted(minutes, "minute")} before`;
}

/**
 * @param {number} number
 * @param {string} unit
 */
const counted = (number, unit) => `${number} ${unit}${number === 1 ? "" : "s"}`;

/**
 * A reminder in words, with what became of it.
 * @param {Reminder} reminder
 * @param {Date} now
 */
export function reminderWords({ at, before_due_minutes, state, failure }, now) {
  const before = before_due_minutes === undefined || before_due_minutes === null ? "" : beforeWords(before_due_minutes);
  const instant = at ? dueWords(new Date(Math.floor(Date.parse(at) / MINUTE_MS) * MINUTE_MS).toISOString(), now) : "once it is due at a time";
  const when = before ? `${before}: ${instant}` : instant;
  if (state === "sent") return `${when} (reminded)`;
  if (state === "failed") return `${when} (not sent: ${failure ?? "the webhook did not take it"})`;
  return state === "skipped" ? `${when} (passed over)` : when;
}
