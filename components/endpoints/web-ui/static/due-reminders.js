// Reminders that are due while the page is open, or were while it was not: a line above the list, and a notification of the system where
// the person allows them.

import { addReminder, listReminders, setDone } from "./api.js";
import { announce, byId, createElement, showMessage } from "./dom.js";

/** Reminders that others add are noticed after so long at most. */
const READ_INTERVAL = 5 * 60_000;
/** However often the list is read again, reminders are no more often than this. */
const MIN_INTERVAL = 10_000;
/** What was due longer ago is not told. */
const MAX_AGE = 24 * 60 * 60_000;
/** So many are looked at. */
const MAX_REMINDERS = 50;
/** The longest time that a timer takes. */
const MAX_TIMEOUT = 2 ** 31 - 1;
/** Where a browser keeps which ones the person has seen. */
const SEEN = "reminders-seen";

let onDone = async () => {};
/** @type {Map<string, Reminder>} */
let waiting = new Map();
/** Those that are shown. @type {Map<string, Reminder>} */
const shown = new Map();
/** @type {number | undefined} */
let dueTimer;
/** @type {number | undefined} */
let readTimer;
let readAt = 0;

/**
 * Connects the lines; `done` is called when a task was completed in one.
 * @param {() => Promise<void>} done
 */
export function startDueReminders(done) {
  onDone = done;
}

/** Forgets them. */
export function clearDueReminders() {
  clearTimeout(dueTimer);
  clearTimeout(readTimer);
  readTimer = undefined;
  waiting = new Map();
  shown.clear();
  readAt = 0;
  draw();
}

/** Looks for reminders, now and from time to time. */
export function watchReminders() {
  clearTimeout(readTimer);
  const left = readAt + MIN_INTERVAL - Date.now();
  if (left > 0) readTimer = setTimeout(read, left);
  else read();
}

async function read() {
  readAt = Date.now();
  clearTimeout(readTimer);
  readTimer = setTimeout(read, READ_INTERVAL);
  const of = readTimer;
  try {
    const [next, sent] = await Promise.all([
      listReminders({ state: "waiting", limit: MAX_REMINDERS }),
      listReminders({ state: "sent", limit: MAX_REMINDERS }),
    ]);
    // Read anew meanwhile, or by somebody else.
    if (readTimer !== of) return;
    waiting = new Map(next.items.map((reminder) => [keyOf(reminder), reminder]));
    tell(missed(sent.items, seen(), Date.now()));
    arm();
  } catch {
    // The list above says what is wrong with the server, and this is read again by itself.
  }
}

/** Waits for the next one. */
function arm() {
  clearTimeout(dueTimer);
  const now = Date.now();
  const due = [...waiting.values()].filter(({ at }) => at && Date.parse(at) <= now);
  tell(due.filter((reminder) => !seen().includes(keyOf(reminder))));
  for (const reminder of due) waiting.delete(keyOf(reminder));
  const next = Math.min(...[...waiting.values()].flatMap(({ at }) => (at ? [Date.parse(at)] : [])));
  if (Number.isFinite(next)) dueTimer = setTimeout(arm, Math.min(next - now, MAX_TIMEOUT));
}

/**
 * What was due in the last day and the person has not seen.
 * @param {Reminder[]} sent
 * @param {string[]} known
 * @param {number} now in milliseconds since 1970
 */
export const missed = (sent, known, now) =>
  sent.filter((reminder) => reminder.at && now - Date.parse(reminder.at) < MAX_AGE && !known.includes(keyOf(reminder)));

/**
 * A reminder at an instant: when its task repeats it is another one.
 * @param {Pick<Reminder, "id" | "at">} reminder
 */
export const keyOf = ({ id, at }) => `${id} ${at ? Date.parse(at) : ""}`;

/** @returns {string[]} */
function seen() {
  try {
    const stored = JSON.parse(localStorage.getItem(SEEN) ?? "[]");
    return Array.isArray(stored) ? stored : [];
  } catch {
    return [];
  }
}

/** @param {Reminder} reminder */
function dismiss(reminder) {
  const key = keyOf(reminder);
  shown.delete(key);
  try {
    localStorage.setItem(SEEN, JSON.stringify([...seen(), key].slice(-2 * MAX_REMINDERS)));
  } catch {
    // It shows once more after the page is opened anew.
  }
  draw();
}

/** @param {Reminder[]} reminders */
function tell(reminders) {
  const fresh = reminders.filter((reminder) => !shown.has(keyOf(reminder)));
  if (fresh.length === 0) return;
  for (const reminder of fresh) {
    shown.set(keyOf(reminder), reminder);
    notify(reminder);
  }
  announce(fresh.map(({ title }) => `Reminder: ${title}.`).join(" "));
  draw();
}

/**
 * Asks whether the system may show reminders, if the person has not been asked; to be called by something that they press.
 */
export function askToNotify() {
  if (typeof Notification !== "undefined" && Notification.permission === "default") Notification.requestPermission();
}

/** @param {Reminder} reminder */
function notify(reminder) {
  if (typeof Notification === "undefined" || Notification.permission !== "granted") return;
  try {
    // One for all windows.
    const notification = new Notification(reminder.title, { tag: keyOf(reminder) });
    notification.addEventListener("click", () => window.focus());
  } catch {
    // Some telephones have it only in a service worker.
  }
}

function draw() {
  byId("reminders").hidden = shown.size === 0;
  byId("reminders-due").replaceChildren(...[...shown.values()].map(row));
}

/** @param {Reminder} reminder */
function row(reminder) {
  const button = (/** @type {string} */ words, /** @type {() => Promise<void>} */ work) => {
    const element = createElement("button", { type: "button", class: "quiet", "aria-label": `${words}: ${reminder.title}` }, words);
    element.addEventListener("click", () => act(reminder, work));
    return element;
  };
  return createElement("li", {},
    createElement("bdi", {}, reminder.title),
    createElement("span", { class: "reminder-buttons" },
      button("Done", async () => {
        await setDone(reminder.task_id, true);
        await onDone();
      }),
      button("In 10 minutes", () => putOff(reminder, 10)),
      button("In an hour", () => putOff(reminder, 60)),
      button("Dismiss", async () => {})));
}

/**
 * @param {Reminder} reminder
 * @param {number} minutes
 */
async function putOff({ task_id }, minutes) {
  await addReminder({ task_id, at: new Date(Date.now() + minutes * 60_000).toISOString() });
  readAt = 0;
  watchReminders();
}

/**
 * @param {Reminder} reminder
 * @param {() => Promise<void>} work
 */
async function act(reminder, work) {
  try {
    showMessage(byId("reminders-problem"), null);
    await work();
    dismiss(reminder);
  } catch (problem) {
    // A task that is gone needs no reminder.
    if (problem.status === 404) dismiss(reminder);
    else if (problem.status !== 401) showMessage(byId("reminders-problem"), problem.message);
  }
}
