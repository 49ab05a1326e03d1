// What the assistant's tools did, for people: one chip for each kind, however many there were.

import { make } from "./dom.js";

/**
 * Tools that change tasks: while they run, afterwards.
 * @type {Record<string, string[]>}
 */
const CHANGES = {
  add_task: ["Adding", "Added"],
  update_task: ["Changing", "Changed"],
  complete_task: ["Completing", "Completed"],
  reopen_task: ["Reopening", "Reopened"],
  delete_task: ["Deleting", "Deleted"],
  complete_tasks: ["Completing", "Completed"],
  delete_tasks: ["Deleting", "Deleted"],
  restore_tasks: ["Bringing back", "Brought back"],
};

/**
 * Tools that only look: while they run, afterwards.
 * @type {Record<string, string[]>}
 */
const LOOKS = {
  list_tasks: ["Looking at your tasks", "Looked at your tasks"],
  get_task: ["Reading a task", "Read a task"],
  search_tasks: ["Searching", "Searched your tasks"],
  export_tasks: ["Writing your tasks down", "Wrote your tasks down"],
  overview: ["Looking where you stand", "Looked where you stand"],
};

/**
 * The words of a chip for so many tasks; `null` when it is not known how many.
 * @param {string} name
 * @param {boolean} isDone
 * @param {number | null} count
 */
export function stepWords(name, isDone, count) {
  const verb = CHANGES[name]?.[isDone ? 1 : 0];
  if (!verb) return LOOKS[name]?.[isDone ? 1 : 0] ?? name.replaceAll("_", " ");
  if (count === null) return `${verb} tasks`;
  return count === 1 ? `${verb} a task` : `${verb} ${count.toLocaleString("en")} tasks`;
}

/**
 * How many tasks a call changed: one, or what a tool for many says; `null` while that has not answered.
 * @param {string} name
 * @param {ToolResult} result
 */
function countOf(name, result) {
  if (!name.endsWith("_tasks")) return 1;
  return typeof result?.count === "number" ? result.count : null;
}

/** The chips of a reply. */
export class Steps {
  #element;
  /** @type {Map<string, string>} */
  #names = new Map();
  /** @type {Map<string, Chip>} */
  #chips = new Map();

  /**
   * Chips are put into this element.
   * @param {HTMLElement} element
   */
  constructor(element) {
    this.#element = element;
  }

  /**
   * A tool is called.
   * @param {string} id
   * @param {string} name
   */
  begin(id, name) {
    this.#names.set(id, name);
    const chip = this.#chips.get(name) ?? this.#makeChip(name);
    chip.running.set(id, countOf(name, null));
    this.#draw(name, chip);
  }

  /**
   * A tool has answered.
   * @param {string} id
   * @param {boolean} isFailed
   * @param {ToolResult} result
   * @returns {void}
   */
  end(id, isFailed, result) {
    const name = this.#names.get(id);
    const chip = name && this.#chips.get(name);
    if (!chip) return;
    chip.running.delete(id);
    if (result?.dry_run === true) {
      // It only said what it would change.
      this.#draw(name, chip);
      this.begin(id, "list_tasks");
      return this.end(id, isFailed, null);
    }
    (isFailed ? chip.failed : chip.done).set(id, countOf(name, result));
    this.#draw(name, chip);
  }

  /**
   * @param {string} name
   * @returns {Chip}
   */
  #makeChip(name) {
    const chip = { running: new Map(), done: new Map(), failed: new Map(), parts: make("span", { class: "step-group" }) };
    this.#chips.set(name, chip);
    this.#element.append(chip.parts);
    return chip;
  }

  /**
   * @param {string} name
   * @param {Chip} chip
   */
  #draw(name, { running, done, failed, parts }) {
    /** @type {(kind: string, calls: Calls, words: (count: number | null) => string) => HTMLElement[]} */
    const chip = (kind, calls, words) => (calls.size > 0 ? [make("span", { class: `step ${kind}` }, words(sum(calls)))] : []);
    parts.replaceChildren(
      ...chip("done", done, (count) => stepWords(name, true, count)),
      ...chip("running", running, (count) => stepWords(name, false, count)),
      ...chip("failed", failed, (count) => `${stepWords(name, false, count)} failed`),
    );
  }
}

/**
 * The tasks of all these calls together, unless one of them is unknown.
 * @param {Calls} calls
 */
function sum(calls) {
  return [...calls.values()].reduce((/** @type {number | null} */ all, count) => (all === null || count === null ? null : all + count), 0);
}
