// The person's account, open: name, address, password, sessions, and its end.

import { whoIsThere } from "./access.js";
import { changeEmail, changeName, changePassword, deleteAccount, sendConfirmation } from "./account-api.js";
import { at, say } from "./dom.js";
import { clearSessions, showSessions, startSessions } from "./session-list.js";

/** @type {User | null} */
let user = null;

/**
 * Connects the dialog.
 * @param {AccountHandlers} handlers
 */
export function startAccount({ onRenamed, onDeleted }) {
  at("account-open").addEventListener("click", open);
  at("account-close").addEventListener("click", () => at("account").close());
  at("account-profile").addEventListener("submit", (event) => act(event, async () => {
    const name = at("account-name").value.trim();
    if (!name) return refuse("What is your name?", at("account-name"));
    await changeName(name);
    onRenamed(await reread());
    say(at("account-notice"), "Your name is changed.");
  }));
  at("account-address").addEventListener("submit", (event) => act(event, () => moveTo(at("account-new-email"))));
  at("account-confirm").addEventListener("click", (event) => act(event, async () => {
    await sendConfirmation(user?.email ?? "");
    say(at("account-notice"), `A link to confirm your address was sent to ${user?.email}.`);
  }));
  at("account-password").addEventListener("submit", (event) => act(event, () =>
    replacePassword(at("account-current-password"), at("account-new-password"))));
  at("account-deletion").addEventListener("submit", (event) => act(event, async () => {
    const field = at("account-deletion-password");
    if (!field.value) return refuse("Give your password to delete your account.", field);
    await deleteAccount(field.value);
    clearAccount();
    onDeleted();
  }));
  startSessions((sentence) => say(at("account-notice"), sentence), (problem) => say(at("account-problem"), problem.message));
}

/** Closes it, and forgets what it held. */
export function clearAccount() {
  at("account").close();
  for (const form of FORMS) at(form).reset();
  user = null;
  at("account-email").textContent = "";
  clearSessions();
}

/** @type {("account-profile" | "account-address" | "account-password" | "account-deletion")[]} */
const FORMS = ["account-profile", "account-address", "account-password", "account-deletion"];

async function open() {
  for (const form of FORMS) at(form).reset();
  say(at("account-problem"), null);
  say(at("account-notice"), null);
  at("account").showModal();
  at("account-heading").focus();
  try {
    await Promise.all([reread(), showSessions()]);
  } catch (problem) {
    say(at("account-problem"), problem.message);
  }
}

/** Shows what the server knows of the person now. */
async function reread() {
  user = await whoIsThere();
  at("account-name").value = user?.name ?? "";
  at("account-email").textContent = user?.email ?? "";
  // For who keeps passwords: whose they are.
  for (const field of /** @type {const} */ (["account-password-of", "account-deletion-of"])) at(field).value = user?.email ?? "";
  at("account-confirmed").hidden = !user?.emailVerified;
  at("account-confirm").hidden = user?.emailVerified ?? true;
  return user;
}

/** @param {HTMLInputElement} field */
async function moveTo(field) {
  const address = field.value.trim();
  if (!address || !field.validity.valid) return refuse("This is not an e-mail address.", field);
  const before = user?.email;
  await changeEmail(address);
  field.value = "";
  const isMoved = (await reread())?.email !== before;
  say(at("account-notice"), isMoved ? "Your address is changed." : "Look into your mailbox: if nobody has the new address, a link that was sent there, or first to the old one, changes it.");
}

/**
 * @param {HTMLInputElement} current
 * @param {HTMLInputElement} next
 */
async function replacePassword(current, next) {
  if (!current.value) return refuse("Give your password until now.", current);
  if ([...next.value].length < 8) return refuse("The new password needs 8 characters or more.", next);
  await changePassword(current.value, next.value);
  at("account-password").reset();
  say(at("account-notice"), "Your password is changed. You were signed out everywhere else.");
  await showSessions();
}

/**
 * @param {string} sentence
 * @param {HTMLElement} field
 */
function refuse(sentence, field) {
  say(at("account-problem"), sentence);
  field.focus();
}

/**
 * Does one thing at a time, and says what went wrong.
 * @param {Event} event
 * @param {() => Promise<void> | void} work
 */
async function act(event, work) {
  event.preventDefault();
  const button = event instanceof SubmitEvent ? event.submitter : event.target;
  say(at("account-problem"), null);
  say(at("account-notice"), null);
  if (button instanceof HTMLButtonElement) button.disabled = true;
  try {
    await work();
  } catch (problem) {
    say(at("account-problem"), problem.message);
  } finally {
    if (button instanceof HTMLButtonElement) button.disabled = false;
  }
}
