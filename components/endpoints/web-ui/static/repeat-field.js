// How often a task repeats, as a choice.

import { byId, createElement } from "./dom.js";

/** Rules that can be chosen (RFC 5545, section 3.3.10). Others are kept, and said in words. */
const RULES = [
  ["FREQ=DAILY", "Every day"],
  ["FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "Every weekday"],
  ["FREQ=WEEKLY", "Every week"],
  ["FREQ=WEEKLY;INTERVAL=2", "Every 2 weeks"],
  ["FREQ=MONTHLY", "Every month"],
  ["FREQ=YEARLY", "Every year"],
];
/** The choice that stands for a rule of none of these. */
export const OTHER = "other";

/**
 * Offers the rules, and chooses what a task has.
 * @param {Task} task
 */
export function offerRules({ recurrence }) {
  const chosen = ruleOf(recurrence);
  const options = [["", "No"], ...RULES, ...(chosen === OTHER ? [[OTHER, recurrence?.words ?? ""]] : [])];
  byId("detail-repeat").replaceChildren(...options.map(([value, words]) => createElement("option", { value }, words)));
  byId("detail-repeat").value = chosen;
}

/**
 * The choice that a recurrence is.
 * @param {Task["recurrence"]} recurrence
 */
export function ruleOf(recurrence) {
  if (!recurrence) return "";
  const { rule, from, exceptions } = recurrence;
  const isChoice = from === "due" && exceptions.length === 0 && RULES.some(([choice]) => choice === rule);
  return isChoice ? rule : OTHER;
}
