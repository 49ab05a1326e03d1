// What the assistant's tools did, for people: one chip for each kind, however many there were.

import { createElement } from "./dom.js";

/**
 * A call that only said what it would change.
 * @type {Wording}
 */
const LOOK = { running: "Looking at your tasks", done: "Looked at your tasks" };

/**
 * The tool's own words; where it has none, its name.
 * @param {string} name
 * @param {Wording} [wording]
 * @returns {Wording}
 */
function wordingOf(name, wording) {
  const words = name.replaceAll("_", " ");
  return wording ?? { running: words, done: words };
}

/**
 * The words of a chip for so many tasks; `null` when it is not known how many.
 * @param {string} words
 * @param {number | null} count
 */
export function stepWords(words, count) {
  const many = count === null ? "tasks" : `${count.toLocaleString("en")} tasks`;
  return words.replace("{tasks}", count === 1 ? "a task" : many);
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
  /** @type {Map<string, { name: string, chip: Chip }>} */
  #calls = new Map();
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
   * A tool is called; `wording` is what it wants people to be told.
   * @param {string} id
   * @param {string} name
   * @param {Wording} [wording]
   */
  begin(id, name, wording) {
    const chip = this.#chip(wordingOf(name, wording));
    this.#calls.set(id, { name, chip });
    chip.running.set(id, countOf(name, null));
    this.#draw(chip);
  }

  /**
   * A tool has answered.
   * @param {string} id
   * @param {boolean} isFailed
   * @param {ToolResult} result
   * @returns {void}
   */
  end(id, isFailed, result) {
    const call = this.#calls.get(id);
    if (!call) return;
    const { name, chip } = call;
    chip.running.delete(id);
    if (result?.dry_run === true) {
      // It only said what it would change.
      this.#draw(chip);
      this.begin(id, name, LOOK);
      return this.end(id, isFailed, null);
    }
    (isFailed ? chip.failed : chip.done).set(id, countOf(name, result));
    this.#draw(chip);
  }

  /**
   * The chip with these words.
   * @param {Wording} wording
   * @returns {Chip}
   */
  #chip(wording) {
    const known = this.#chips.get(wording.done);
    if (known) return known;
    const parts = createElement("span", { class: "step-group" });
    const chip = { wording, running: new Map(), done: new Map(), failed: new Map(), parts };
    this.#chips.set(wording.done, chip);
    this.#element.append(parts);
    return chip;
  }

  /** @param {Chip} chip */
  #draw({ wording, running, done, failed, parts }) {
    /** @type {(kind: string, calls: Calls, words: (count: number | null) => string) => HTMLElement[]} */
    const chip = (kind, calls, words) => (calls.size > 0 ? [createElement("span", { class: `step ${kind}` }, words(sum(calls)))] : []);
    parts.replaceChildren(
      ...chip("done", done, (count) => stepWords(wording.done, count)),
      ...chip("running", running, (count) => stepWords(wording.running, count)),
      ...chip("failed", failed, (count) => `${stepWords(wording.running, count)} failed`),
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
