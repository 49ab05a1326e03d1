// Where a person is signed in.

import { endOtherSessions, endSession, readSessions } from "./account-api.js";
import { byId, createElement } from "./dom.js";

/** @type {(sentence: string) => void} */
let onEnded = () => {};
/** @type {(problem: Error) => void} */
let onProblem = () => {};

/**
 * Connects the list; `ended` gets what happened, `failed` what went wrong.
 * @param {(sentence: string) => void} ended
 * @param {(problem: Error) => void} failed
 */
export function startSessions(ended, failed) {
  onEnded = ended;
  onProblem = failed;
  byId("account-end-others").addEventListener("click", () => end(endOtherSessions, "You are signed out everywhere else."));
}

/** Reads the sessions and shows them. */
export async function showSessions() {
  const { sessions, own } = await readSessions();
  const rows = sessions.map((session) => row(session, session.id === own));
  byId("account-sessions").replaceChildren(...rows);
  byId("account-end-others").hidden = sessions.length < 2;
}

/** Forgets them. */
export function clearSessions() {
  byId("account-sessions").replaceChildren();
}

/**
 * @param {Session} session
 * @param {boolean} isOwn
 */
function row(session, isOwn) {
  const device = deviceOf(session.userAgent);
  const since = new Date(session.createdAt).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
  const facts = createElement("p", { class: "hint" }, `Since ${since}${session.ipAddress ? `, from ${session.ipAddress}` : ""}`);
  const name = createElement("p", {}, device, ...(isOwn ? [createElement("strong", {}, " – this browser")] : []));
  const text = createElement("div", {}, name, facts);
  if (isOwn) return createElement("li", { class: "session" }, text);
  const button = createElement("button", { type: "button", class: "quiet", "aria-label": `Sign out ${device}, since ${since}` }, "Sign out");
  button.addEventListener("click", () => end(() => endSession(session), `${device} is signed out.`));
  return createElement("li", { class: "session" }, text, button);
}

/**
 * @param {() => Promise<object>} work
 * @param {string} sentence
 */
async function end(work, sentence) {
  try {
    await work();
    await showSessions();
    // The button that was pressed is gone.
    byId("account-heading").focus();
    onEnded(sentence);
  } catch (problem) {
    onProblem(problem);
  }
}

/** Of several that fit the first counts: most browsers call themselves by the names of others too. */
const BROWSERS = [["Edg/", "Edge"], ["OPR/", "Opera"], ["Firefox/", "Firefox"], ["Chrome/", "Chrome"], ["Safari/", "Safari"]];
const SYSTEMS = [["Android", "Android"], ["iPhone", "iPhone"], ["iPad", "iPad"], ["Windows", "Windows"], ["Mac OS", "macOS"], ["Linux", "Linux"]];

/**
 * A browser and its system in people's words; else the first word that a program says of itself.
 * @param {string | null} userAgent
 */
export function deviceOf(userAgent) {
  if (!userAgent) return "A program";
  const named = (/** @type {string[][]} */ names) => names.find(([mark]) => userAgent.includes(mark))?.[1];
  const [browser, system] = [named(BROWSERS), named(SYSTEMS)];
  if (browser && system) return `${browser} on ${system}`;
  return browser ?? system ?? userAgent.split(/[\s/]/)[0];
}
