// The person's account, open: name, address, password, second factor, sessions, calendar, what happened, and its end.

import { whoIsThere } from "./access.js";
import { changeEmail, changeName, changePassword, deleteAccount, sendConfirmation } from "./account-api.js";
import { clearCalendarFeed, showCalendarFeed, startCalendarFeed } from "./calendar-feed.js";
import { byId, showMessage } from "./dom.js";
import { clearAccountEvents, showAccountEvents } from "./event-list.js";
import { clearSessions, showSessions, startSessions } from "./session-list.js";
import { clearTokens, showTokens, startTokens } from "./token-list.js";
import { clearTwoFactor, showTwoFactor, startTwoFactor } from "./two-factor.js";

/** @type {User | null} */
let user = null;

/**
 * Connects the dialog.
 * @param {AccountHandlers} handlers
 */
export function startAccount({ onRenamed, onDeleted }) {
  byId("account-open").addEventListener("click", open);
  byId("account-close").addEventListener("click", () => byId("account").close());
  byId("account-profile").addEventListener("submit", (event) => act(event, async () => {
    const name = byId("account-name").value.trim();
    if (!name) return refuse("What is your name?", byId("account-name"));
    await changeName(name);
    onRenamed(await reread());
    showMessage(byId("account-notice"), "Your name is changed.");
  }));
  byId("account-address").addEventListener("submit", (event) => act(event, () => moveTo(byId("account-new-email"))));
  byId("account-confirm").addEventListener("click", (event) => act(event, async () => {
    await sendConfirmation(user?.email ?? "");
    showMessage(byId("account-notice"), `A link to confirm your address was sent to ${user?.email}.`);
  }));
  byId("account-password").addEventListener("submit", (event) => act(event, () =>
    replacePassword(byId("account-current-password"), byId("account-new-password"))));
  byId("account-deletion").addEventListener("submit", (event) => act(event, async () => {
    const field = byId("account-deletion-password");
    if (!field.value) return refuse("Give your password to delete your account.", field);
    await deleteAccount(field.value);
    clearAccount();
    onDeleted();
  }));
  startCalendarFeed(act);
  for (const start of [startSessions, startTokens, startTwoFactor]) start(tell, (problem) => tell(null, problem.message));
}

/** Closes it, and forgets what it held. */
export function clearAccount() {
  byId("account").close();
  for (const form of FORMS) byId(form).reset();
  user = null;
  byId("account-email").textContent = "";
  clearSessions();
  clearTokens();
  clearTwoFactor();
  clearAccountEvents();
  clearCalendarFeed();
}

/** @type {("account-profile" | "account-address" | "account-password" | "account-deletion")[]} */
const FORMS = ["account-profile", "account-address", "account-password", "account-deletion"];

async function open() {
  for (const form of FORMS) byId(form).reset();
  clearCalendarFeed();
  clearTokens();
  clearTwoFactor();
  tell(null);
  byId("account").showModal();
  byId("account-heading").focus();
  try {
    await Promise.all([reread(), showSessions(), showTokens(), showAccountEvents(), showCalendarFeed()]);
  } catch (problem) {
    showMessage(byId("account-problem"), problem.message);
  }
}

/** Shows what the server knows of the person now. */
async function reread() {
  user = await whoIsThere();
  byId("account-name").value = user?.name ?? "";
  byId("account-email").textContent = user?.email ?? "";
  // For who keeps passwords: whose they are.
  for (const field of /** @type {const} */ (["account-password-of", "account-deletion-of"])) byId(field).value = user?.email ?? "";
  byId("account-confirmed").hidden = !user?.emailVerified;
  byId("account-confirm").hidden = user?.emailVerified ?? true;
  showTwoFactor(user);
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
  showMessage(byId("account-notice"), isMoved ? "Your address is changed." : "Look into your mailbox: if nobody has the new address, a link that was sent there, or first to the old one, changes it.");
}

/**
 * @param {HTMLInputElement} current
 * @param {HTMLInputElement} next
 */
async function replacePassword(current, next) {
  if (!current.value) return refuse("Give your password until now.", current);
  if ([...next.value].length < 8) return refuse("The new password needs 8 characters or more.", next);
  await changePassword(current.value, next.value);
  byId("account-password").reset();
  showMessage(byId("account-notice"), "Your password is changed. You were signed out everywhere else.");
  await showSessions();
}

/**
 * @param {string} sentence
 * @param {HTMLElement} field
 */
function refuse(sentence, field) {
  showMessage(byId("account-problem"), sentence);
  field.focus();
}

/**
 * Says what was done, or what went wrong, in the place of what was said before.
 * @param {string | null} notice
 * @param {string | null} [problem]
 */
function tell(notice, problem = null) {
  showMessage(byId("account-notice"), notice);
  showMessage(byId("account-problem"), problem);
}

/**
 * Does one thing at a time, and says what went wrong.
 * @param {Event} event
 * @param {() => Promise<void> | void} work
 */
async function act(event, work) {
  event.preventDefault();
  const button = event instanceof SubmitEvent ? event.submitter : event.target;
  tell(null);
  if (button instanceof HTMLButtonElement) button.disabled = true;
  try {
    await work();
  } catch (problem) {
    showMessage(byId("account-problem"), problem.message);
  } finally {
    if (button instanceof HTMLButtonElement) button.disabled = false;
  }
}
