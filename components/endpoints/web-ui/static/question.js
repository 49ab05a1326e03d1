// A question of the assistant: a yes and a no as buttons that say what they do.

import { byId, createElement } from "./dom.js";

/**
 * What a yes does and a no leaves, to one task or to many, by the beginning of a confirmation's `action`.
 * @type {Record<string, [verb: string, keepOne: string, keepMany: string]>}
 */
const ACTIONS = {
  delete: ["Delete", "Keep it", "Keep them"],
  complete: ["Complete", "Leave it open", "Leave them open"],
  update: ["Change", "Leave it", "Leave them"],
};

/**
 * Words for the two buttons of a confirmation.
 * @param {Confirmation} confirmation
 */
export function answerWords({ tool, action, count = 0 }) {
  const [verb, keepOne, keepMany] = ACTIONS[action?.split("_")[0] ?? ""] ?? [];
  if (verb && count === 1) return [verb, keepOne];
  if (verb && count > 1) return [`${verb} ${count.toLocaleString("en")} tasks`, keepMany];
  const isOfMany = (tool ?? action ?? "").endsWith("_tasks");
  if (isDelete({ tool, action })) return ["Yes, delete", isOfMany ? "No, keep them" : "No, keep it"];
  return ["Yes, do it", "No, don’t"];
}

/** @param {Confirmation} confirmation */
const isDelete = ({ tool, action }) => (action ?? tool ?? "").startsWith("delete_");

/**
 * Puts the buttons below a reply; `answer` gets whether it was the yes.
 * @param {HTMLElement} item
 * @param {Confirmation} confirmation
 * @param {(isYes: boolean) => void} answer
 */
export function showQuestion(item, confirmation, answer) {
  const [yesWords, noWords] = answerWords(confirmation);
  const removes = isDelete(confirmation) || confirmation.calls?.some(({ name }) => name.startsWith("delete_"));
  const yes = createElement("button", { type: "button", class: removes ? "yes removing" : "yes" }, yesWords);
  const no = createElement("button", { type: "button", class: "no" }, noWords);
  yes.addEventListener("click", () => answer(true));
  no.addEventListener("click", () => answer(false));
  item.append(createElement("div", { class: "question", role: "group", "aria-label": "Confirm" }, yes, no));
  // The safe one, unless the person is writing already.
  if (!byId("message").value) no.focus({ preventScroll: true });
}

/** Hides the open questions while an answer to them is on its way. */
export function holdQuestions() {
  /** @type {NodeListOf<HTMLElement>} */
  const found = document.querySelectorAll(".question");
  const questions = [...found];
  for (const question of questions) question.hidden = true;
  return {
    /** They were answered, or passed over. */
    drop: () => questions.forEach((question) => question.remove()),
    /** The answer did not get through: they can be answered again. */
    restore: () => questions.forEach((question) => { question.hidden = false; }),
  };
}
