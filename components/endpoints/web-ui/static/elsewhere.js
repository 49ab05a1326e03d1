// What is done elsewhere, by a program, an assistant or in another window, shows without being asked for: the latest action tells whether
// there is anything new, which costs less than reading the list.

import { listActions } from "./api.js";

/** How long a change elsewhere may go unseen. */
const LOOK_INTERVAL = 8_000;

/** The latest action as it was when the list was read last. @type {string | null} */
let known = null;
let onChanged = async () => {};
let isBusy = () => false;
/** @type {number | undefined} */
let timer;

/**
 * Connects the clock: `changed` reads the list again; nothing is read while `busy` says so.
 * @param {() => Promise<void>} changed
 * @param {() => boolean} busy
 */
export function startElsewhere(changed, busy) {
  onChanged = changed;
  isBusy = busy;
}

/** Begins to look, for whoever is signed in now. */
export function watchElsewhere() {
  if (timer !== undefined) return;
  timer = setInterval(look, LOOK_INTERVAL);
  look();
}

/** Looks no more, and forgets what was seen. */
export function clearElsewhere() {
  clearInterval(timer);
  timer = undefined;
  known = null;
}

async function look() {
  // Who comes back to the page has the list read anyway. What was just done here can be taken back by one more click where it stands.
  if (document.visibilityState !== "visible" || isBusy()) return;
  const of = timer;
  try {
    const { items } = await listActions(1);
    if (timer !== of || isBusy()) return;
    const latest = stateOf(items);
    const isNew = known !== null && known !== latest;
    known = latest;
    if (isNew) await onChanged();
  } catch {
    // It is looked for again.
  }
}

/**
 * What changes whenever something is done, taken back or done again.
 * @param {Pick<TaskAction, "id" | "undone">[]} actions the latest first
 */
export const stateOf = ([latest]) => (latest ? `${latest.id} ${latest.undone}` : "");
