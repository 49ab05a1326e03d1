// Tokens that a person made for their own programs.

import { createToken, deleteToken, readTokens } from "./account-api.js";
import { byId, createElement } from "./dom.js";

const DAY_SECONDS = 24 * 60 * 60;

/** @type {(sentence: string) => void} */
let onDone = () => {};
/** @type {(problem: Error) => void} */
let onProblem = () => {};

/**
 * Connects the list and its form; `done` gets what happened, `failed` what went wrong.
 * @param {(sentence: string) => void} done
 * @param {(problem: Error) => void} failed
 */
export function startTokens(done, failed) {
  onDone = done;
  onProblem = failed;
  byId("account-token").addEventListener("submit", (event) => {
    event.preventDefault();
    make();
  });
  byId("account-token-copy").addEventListener("click", copy);
}

/** Reads the tokens and shows them. */
export async function showTokens() {
  byId("account-tokens").replaceChildren(...(await readTokens()).map(row));
}

/** Forgets them, and the one that was just made. */
export function clearTokens() {
  byId("account-tokens").replaceChildren();
  byId("account-token").reset();
  hideNewToken();
}

function hideNewToken() {
  byId("account-token-value").value = "";
  byId("account-new-token").hidden = true;
}

async function make() {
  hideNewToken();
  const name = byId("account-token-name").value.trim();
  if (!name) return refuse("What is the token for?", byId("account-token-name"));
  const boxes = [...byId("account-token").querySelectorAll("input[name=scope]")];
  const scopes = boxes.flatMap((box) => (box instanceof HTMLInputElement && box.checked ? [box.value] : []));
  if (!scopes.length) return refuse("Choose what it may do.", byId("account-token-name"));
  try {
    const expiresIn = Number(byId("account-token-days").value) * DAY_SECONDS;
    const { key } = await createToken({ name, scopes, expiresIn });
    byId("account-token").reset();
    byId("account-new-token").hidden = false;
    byId("account-token-value").value = key;
    byId("account-token-value").select();
    await showTokens();
    onDone(`The token for ${name} is made.`);
  } catch (problem) {
    onProblem(problem);
  }
}

/**
 * @param {string} sentence
 * @param {HTMLElement} field
 */
function refuse(sentence, field) {
  onProblem(new Error(sentence));
  field.focus();
}

async function copy() {
  const field = byId("account-token-value");
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    onDone("The token is copied.");
  } catch {
    // Without a secure context there is no clipboard: the text is selected.
    onDone("Press Ctrl+C or ⌘C to copy it.");
  }
}

/** @param {PersonalToken} token */
function row(token) {
  const facts = createElement("p", { class: "hint" }, factsOf(token, Date.now()));
  const name = createElement("p", {}, token.name, " ", createElement("code", {}, `${token.start}…`));
  const button = createElement("button", { type: "button", class: "quiet", "aria-label": `Delete the token for ${token.name}` }, "Delete");
  button.addEventListener("click", () => remove(token));
  return createElement("li", { class: "session" }, createElement("div", {}, name, facts), button);
}

/** @param {PersonalToken} token */
async function remove(token) {
  try {
    await deleteToken(token);
    await showTokens();
    // The button that was pressed is gone.
    byId("account-heading").focus();
    onDone(`The token for ${token.name} is deleted. In a few seconds nothing takes it any more.`);
  } catch (problem) {
    onProblem(problem);
  }
}

/** @type {Record<string, string>} */
const WORDS = { "tasks:read": "sees tasks", "tasks:write": "changes tasks", "tasks:delete": "deletes tasks", "chat": "talks to the assistant" };

/**
 * What a token may do, until when, and when it was used, at `now` in milliseconds since 1970.
 * @param {{ scopes: string[], expiresAt: string, lastRequest: string | null }} token
 * @param {number} now
 */
export function factsOf({ scopes, expiresAt, lastRequest }, now) {
  const day = (/** @type {string} */ at) => new Date(at).toLocaleDateString(undefined, { dateStyle: "medium" });
  const may = scopes.map((scope) => WORDS[scope] ?? scope).join(", ");
  const end = Date.parse(expiresAt) <= now ? `ended ${day(expiresAt)}` : `ends ${day(expiresAt)}`;
  return `${may}; ${end}; ${lastRequest ? `last used ${day(lastRequest)}` : "never used"}`;
}
