// The field above the list: its line is read while it is typed, and each part that was read can be taken back.

import { previewLine } from "./api.js";
import { announce, byId, createElement, showMessage } from "./dom.js";
import { listOfNewTask } from "./lists.js";

/** A line is read once nothing was typed for so long. */
const PREVIEW_DELAY_MS = 250;

/**
 * Parts that were read and that the person wants in the title, as they were typed.
 * @type {string[]}
 */
let takenBack = [];
/** @type {number | undefined} */
let timer;
/** @type {AbortController | undefined} */
let reading;
/** What a screen reader was told last. */
let announced = "";

/**
 * Connects the field; `onSubmit` is called when its line is to be added.
 * @param {(event: Event) => unknown} onSubmit
 */
export function startQuickAdd(onSubmit) {
  byId("quick-add").addEventListener("submit", onSubmit);
  byId("quick-title").addEventListener("input", () => {
    stopReading();
    const typed = byId("quick-title").value;
    // What is deleted and typed again is read again.
    takenBack = takenBack.filter((part) => typed.includes(part));
    if (!typedLine()) show(null);
    else timer = setTimeout(preview, PREVIEW_DELAY_MS);
  });
}

/** Empties the field and forgets what was read. */
export function clearQuickAdd() {
  stopReading();
  byId("quick-title").value = "";
  takenBack = [];
  show(null);
}

/**
 * The line as it is to be added, into the list that is shown; null while there is none.
 * @returns {QuickLine | null}
 */
export function typedLine() {
  const text = byId("quick-title").value.trim();
  if (!text) return null;
  const ignore = rangesOf(text, takenBack);
  const into = listOfNewTask();
  return { text, ...(into ? { list_id: into } : {}), ...(ignore.length > 0 ? { ignore } : {}) };
}

/**
 * Empties the field after its line was added, unless another one was typed meanwhile.
 * @param {QuickLine} line
 */
export function lineAdded({ text }) {
  if (byId("quick-title").value.trim() === text) clearQuickAdd();
}

/**
 * Where these parts stand in a text, counted in characters as the API counts them.
 * @param {string} text
 * @param {string[]} parts
 * @returns {TextRange[]}
 */
export function rangesOf(text, parts) {
  const length = (/** @type {string} */ part) => [...part].length;
  return parts.filter(Boolean).flatMap((part) => {
    const ranges = [];
    for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length)) {
      const start = length(text.slice(0, at));
      ranges.push({ start, end: start + length(part) });
    }
    return ranges;
  });
}

/**
 * What a part was read as, in the words of a chip.
 * @param {TextSpan} span
 */
export function spanWords({ kind, words }) {
  switch (kind) {
    case "due": return `due ${words}`;
    case "time": return `at ${words}`;
    case "priority": return `${words} priority`;
    case "label": return `#${words}`;
    case "list": return `in ${words}`;
    case "unknown_list": return `no list “${words}”`;
    default: return words;
  }
}

function stopReading() {
  clearTimeout(timer);
  reading?.abort();
}

async function preview() {
  stopReading();
  const line = typedLine();
  if (!line) return show(null);
  const own = new AbortController();
  reading = own;
  try {
    const outcome = await previewLine(line, own.signal);
    if (!own.signal.aborted) show(outcome);
  } catch (problem) {
    if (own.signal.aborted) return;
    // What is wrong with the line is said while it is typed; a network that fails is, when it is added.
    show(null, problem.status === 422 ? problem.message : null);
  }
}

/**
 * Shows what was read.
 * @param {QuickAddOutcome | null} outcome
 * @param {string | null} [problem]
 */
function show(outcome, problem = null) {
  const spans = outcome?.spans ?? [];
  const notice = problem ?? outcome?.notices.join(" ") ?? "";
  byId("quick-chips").replaceChildren(...spans.map(chip));
  showMessage(byId("quick-notice"), notice);
  byId("quick-reading").hidden = spans.length === 0 && !notice;
  const told = [spans.map(spanWords).join(", "), notice].filter(Boolean).join(". ");
  if (told && told !== announced) announce(told);
  announced = told;
}

/** @param {TextSpan} span */
function chip(span) {
  const words = createElement("span", { dir: "auto" }, spanWords(span));
  const button = createElement("button", { type: "button", "aria-label": `Keep “${span.text}” in the title` }, "×");
  button.addEventListener("click", () => {
    takenBack.push(span.text);
    byId("quick-title").focus();
    announce(`“${span.text}” stays in the title.`);
    preview();
  });
  return createElement("li", { class: `chip-read ${span.kind}` }, words, button);
}
