// Taking back what was done to tasks, here or anywhere: a line below the list that offers it for a while, and keys for the latest.

import { listActions, turnAction } from "./api.js";
import { byId, createElement } from "./dom.js";

/** As long as taking back is offered. */
const OFFER_TIMEOUT = 12_000;
/** Among so many of the latest actions one is looked for. */
const MAX_ACTIONS = 50;

/** @type {Record<TaskAction["kind"], string>} */
const VERBS = { added: "Added", deleted: "Deleted", restored: "Brought back", completed: "Completed", reopened: "Reopened", updated: "Changed" };

/** Reads the list again. */
let onTurned = async () => {};
/** @type {number | undefined} */
let timer;
/** One at a time: a key that is held down takes back no more than is seen. */
let isTurning = false;

/**
 * Connects the keys; `read` is called after something was taken back or done again.
 * @param {() => Promise<void>} read
 */
export function startUndo(read) {
  onTurned = read;
  document.addEventListener("keydown", (event) => {
    const way = wayOf(event);
    if (!way || byId("app").hidden || document.querySelector("dialog[open]") || isForText(event.target)) return;
    event.preventDefault();
    turn(way);
  });
}

/**
 * Which way a key turns: `z` and Ctrl-Z take back, with Shift they do again.
 * @param {Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">} event
 * @returns {"undo" | "redo" | null}
 */
export function wayOf({ key, altKey, shiftKey }) {
  if (key.toLowerCase() !== "z" || altKey) return null;
  return shiftKey ? "redo" : "undo";
}

/** @param {EventTarget | null} target */
const isForText = (target) => target instanceof HTMLElement && target.matches("input:not([type=checkbox]), textarea, select");

/** Takes the offer away. */
export function clearUndo() {
  clearTimeout(timer);
  byId("undo").hidden = true;
  byId("undo").replaceChildren();
}

/** Whether something that was just done here can be taken back by a click. */
export const isUndoOffered = () => !byId("undo").hidden;

/**
 * Says what was done to a task here, and offers to take it back.
 * @param {string} words
 * @param {string} taskId
 */
export function offerUndo(words, taskId) {
  show(words, "Undo", () => turn("undo", taskId));
}

/**
 * Takes the latest action back, or does the one again that was taken back last; of a task, if one is named.
 * @param {"undo" | "redo"} way
 * @param {string} [taskId]
 */
async function turn(way, taskId) {
  if (isTurning) return;
  isTurning = true;
  try {
    const action = await turnAction(way, taskId ? await latestOf(taskId) : undefined);
    const back = way === "undo" ? "redo" : "undo";
    show(`${way === "undo" ? "Undone" : "Redone"}: ${actionWords(action)}.`, back === "undo" ? "Undo" : "Redo", () => turn(back));
    await onTurned();
  } catch (problem) {
    if (problem.status !== 401) show(problem.status === 404 ? `There is nothing to ${way}.` : problem.message);
  } finally {
    isTurning = false;
  }
}

/**
 * The id of what was done last to a task: others may have done something else since.
 * @param {string} taskId
 */
async function latestOf(taskId) {
  const { items } = await listActions(MAX_ACTIONS);
  return items.find(({ undone, undoable, tasks }) => !undone && undoable && tasks.some(({ id }) => id === taskId))?.id;
}

/**
 * An action in words: `Completed Trip and 2 more`.
 * @param {TaskAction} action
 */
export function actionWords({ kind, count, tasks }) {
  const [first] = tasks;
  if (!first) return `${VERBS[kind]} ${count.toLocaleString("en")} tasks`;
  return `${VERBS[kind]} ${first.title}${count > 1 ? ` and ${(count - 1).toLocaleString("en")} more` : ""}`;
}

/**
 * @param {string} words
 * @param {string} [button]
 * @param {() => void} [onClick]
 */
function show(words, button, onClick) {
  clearTimeout(timer);
  const parts = [createElement("bdi", {}, words)];
  if (button && onClick) {
    const element = createElement("button", { type: "button", class: "link", id: "undo-turn", title: button === "Undo" ? "z" : "Shift+Z" }, button);
    element.addEventListener("click", onClick);
    byId("undo").replaceChildren(...parts, " ", element);
  } else {
    byId("undo").replaceChildren(...parts);
  }
  byId("undo").hidden = false;
  timer = setTimeout(clearUndo, OFFER_TIMEOUT);
}
