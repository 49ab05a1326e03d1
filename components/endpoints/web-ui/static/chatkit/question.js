// Questions of the assistant: a choice as buttons that say what they do, more than that as a form.

import { createButton, createElement } from "./dom.js";

/** What a question is called whose first answer deletes something. */
const DESTRUCTIVE_ID = "confirm_destructive";

/**
 * A question with what can be said to it, or with what was.
 * @param {StructuredInputItem} item
 * @param {boolean} isHeld whether an answer is on its way
 * @param {(submission: StructuredInputSubmission) => void} onAnswer
 */
export function renderQuestion(item, isHeld, onAnswer) {
  if (item.status !== "pending") return item.inputs.map(settled);
  const [first] = item.inputs;
  const isChoice = item.inputs.length === 1 && first.type === "multiple_choice" && !first.multiple;
  const asked = isChoice ? choices(first, onAnswer) : form(item, onAnswer);
  asked.hidden = isHeld;
  return [asked];
}

/**
 * @param {StructuredQuestion} question
 * @returns {HTMLElement}
 */
function settled({ question, answer }) {
  const said = answer && !answer.skipped ? (answer.values?.join(", ") ?? "") : "";
  const words = [createElement("span", { class: "asked", dir: "auto" }, question)];
  if (said) words.push(createElement("strong", { class: "said", dir: "auto" }, said));
  return createElement("p", { class: "settled" }, ...words);
}

/**
 * @param {MultipleChoiceQuestion} question
 * @param {(submission: StructuredInputSubmission) => void} onAnswer
 */
function choices({ id, question, options }, onAnswer) {
  const first = id === DESTRUCTIVE_ID ? "choice removing" : "choice primary";
  const buttons = options.map(({ value }, place) => createButton(
    { class: place === 0 ? first : "choice", dir: "auto" },
    [value],
    () => onAnswer({ status: "answered", answers: { [id]: { values: [value], skipped: false } } }),
  ));
  return createElement("div", { "class": "question", "role": "group", "aria-label": question }, ...buttons);
}

/**
 * @param {StructuredInputItem} item
 * @param {(submission: StructuredInputSubmission) => void} onAnswer
 */
function form(item, onAnswer) {
  const fields = item.inputs.map((input) => (input.type === "freeform" ? written(input) : chosen(input)));
  const send = createElement("button", { type: "submit", class: "choice primary" }, "Answer");
  const skip = createButton({ class: "choice" }, ["Skip"], () => onAnswer({ status: "skipped", answers: {} }));
  const asked = createElement("form", { class: "question form" }, ...fields, createElement("div", { class: "row" }, send, skip));
  asked.addEventListener("submit", (event) => {
    event.preventDefault();
    const given = new FormData(asked);
    const answers = item.inputs.map(({ id }) => {
      const values = given.getAll(id).map(String).filter((value) => value.trim() !== "");
      return [id, { values, skipped: values.length === 0 }];
    });
    onAnswer({ status: "answered", answers: Object.fromEntries(answers) });
  });
  return asked;
}

/** @param {FreeformQuestion} input */
function written({ id, question, description }) {
  const label = createElement("label", { dir: "auto" }, question, createElement("textarea", { name: id, rows: 2, dir: "auto" }));
  return description ? createElement("div", {}, label, createElement("p", { class: "hint", dir: "auto" }, description)) : label;
}

/** @param {MultipleChoiceQuestion} input */
function chosen({ id, question, options, multiple }) {
  const rows = options.map(({ value }) => createElement(
    "label",
    { class: "option", dir: "auto" },
    createElement("input", { type: multiple ? "checkbox" : "radio", name: id, value }),
    value,
  ));
  return createElement("fieldset", {}, createElement("legend", { dir: "auto" }, question), ...rows);
}
