// What the assistant's tools did, for people: one chip for each kind, however many there were.

import { make } from "./dom.js";

/** A call that only said what it would change. */
const LOOK = { running: "Looking at your tasks", done: "Looked at your tasks" };

/** The tool's own words; where it has none, its name. */
function wordingOf(name, wording) {
  const words = name.replaceAll("_", " ");
  return wording ?? { running: words, done: words };
}

/** The words of a chip for so many tasks; `null` when it is not known how many. */
export function stepWords(words, count) {
  const many = count === null ? "tasks" : `${count.toLocaleString("en")} tasks`;
  return words.replace("{tasks}", count === 1 ? "a task" : many);
}

/** How many tasks a call changed: one, or what a tool for many says; `null` while that has not answered. */
function countOf(name, result) {
  if (!name.endsWith("_tasks")) return 1;
  return typeof result?.count === "number" ? result.count : null;
}

/** The chips of a reply. */
export class Steps {
  #element;
  #calls = new Map();
  #chips = new Map();

  /** Chips are put into this element. */
  constructor(element) {
    this.#element = element;
  }

  /** A tool is called; `wording` is what it wants people to be told. */
  begin(id, name, wording) {
    const chip = this.#chip(wordingOf(name, wording));
    this.#calls.set(id, { name, chip });
    chip.running.set(id, countOf(name, null));
    this.#draw(chip);
  }

  /** A tool has answered. */
  end(id, isFailed, result) {
    const { name, chip } = this.#calls.get(id) ?? {};
    if (!chip) return;
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

  /** The chip with these words. */
  #chip(wording) {
    const known = this.#chips.get(wording.done);
    if (known) return known;
    const parts = make("span", { class: "step-group" });
    const chip = { wording, running: new Map(), done: new Map(), failed: new Map(), parts };
    this.#chips.set(wording.done, chip);
    this.#element.append(parts);
    return chip;
  }

  #draw({ wording, running, done, failed, parts }) {
    const chip = (kind, calls, words) => (calls.size > 0 ? [make("span", { class: `step ${kind}` }, words(sum(calls)))] : []);
    parts.replaceChildren(
      ...chip("done", done, (count) => stepWords(wording.done, count)),
      ...chip("running", running, (count) => stepWords(wording.running, count)),
      ...chip("failed", failed, (count) => `${stepWords(wording.running, count)} failed`),
    );
  }
}

/** The tasks of all these calls together, unless one of them is unknown. */
function sum(calls) {
  return [...calls.values()].reduce((all, count) => (all === null || count === null ? null : all + count), 0);
}
