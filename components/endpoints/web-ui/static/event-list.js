// What happened to a person's account.

import { readAccountEvents } from "./account-api.js";
import { byId, createElement } from "./dom.js";

/** How many are shown: the last ones. */
const MAX_SHOWN = 20;

/** Reads what happened and shows it. */
export async function showAccountEvents() {
  const events = await readAccountEvents();
  byId("account-events").replaceChildren(...events.slice(0, MAX_SHOWN).map(row));
}

/** Forgets it. */
export function clearAccountEvents() {
  byId("account-events").replaceChildren();
}

/** @param {AccountEvent} event */
function row(event) {
  const at = new Date(event.at).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
  const place = event.fromThisNetwork ? "from the network you are in now" : "from another network";
  const facts = createElement("p", { class: "hint" }, `${at}, ${place}${event.clientId ? ", by a program" : ""}`);
  const name = createElement(event.outcome === "refused" ? "strong" : "span", {}, wordsOf(event));
  return createElement("li", { class: "session" }, createElement("div", {}, createElement("p", {}, name), facts));
}

/** What was done, and what was tried.
 * @type {Record<string, [string, string]>} */
const WORDS = {
  "account.created": ["Your account was made", "Somebody tried to make an account"],
  "session.started": ["Signed in", "Signing in failed"],
  "second_factor.requested": ["The password was right, and a code was asked for", "Asking for a code failed"],
  "second_factor.checked": ["A code was given", "A wrong code was given"],
  "recovery_code.used": ["A recovery code was used", "A wrong recovery code was given"],
  "two_factor.begun": ["Turning on codes at sign-in was begun", "Turning on codes at sign-in failed"],
  "two_factor.enabled": ["Codes at sign-in were turned on", "Turning on codes at sign-in failed"],
  "two_factor.disabled": ["Codes at sign-in were turned off", "Turning off codes at sign-in failed"],
  "two_factor.secret_shown": ["The secret of the authenticator was shown", "Showing the secret of the authenticator failed"],
  "recovery_codes.replaced": ["New recovery codes were made", "Making new recovery codes failed"],
  "session.ended": ["Signed out", "Signing out failed"],
  "sessions.revoked": ["Signed out elsewhere", "Signing out elsewhere failed"],
  "profile.changed": ["Name, picture or time zone was changed", "Changing the name failed"],
  "password.changed": ["The password was changed", "Changing the password failed"],
  "password.confirmed": ["The password was confirmed", "Confirming the password failed"],
  "password.reset_requested": ["A link to set a password was asked for", "Asking for a link to set a password failed"],
  "password.reset": ["A password was set by a link", "Setting a password by a link failed"],
  "email.confirmed": ["The e-mail address was confirmed", "Confirming the e-mail address failed"],
  "email.change_requested": ["Another e-mail address was asked for", "Asking for another e-mail address failed"],
  "email.changed": ["The e-mail address was changed", "Changing the e-mail address failed"],
  "account.deletion_requested": ["Deleting the account was asked for", "Deleting the account failed"],
  "authorization.requested": ["A program asked for access", "A program that asked for access was refused"],
  "consent.given": ["A program was allowed access", "Allowing a program access failed"],
  "consent.denied": ["A program was denied access", "Denying a program access failed"],
  "consent.withdrawn": ["A program's access was withdrawn", "Withdrawing a program's access failed"],
  "token.issued": ["A program got access", "A program was refused access"],
  "token.revoked": ["A program gave its access back", "A program that gave its access back was refused"],
  "personal_token.created": ["A token for a program of yours was made", "Making a token failed"],
  "personal_token.revoked": ["A token was deleted", "Deleting a token failed"],
  "service.created": ["A service was made", "Making a service failed"],
  "service.removed": ["A service was removed", "Removing a service failed"],
};

/**
 * An event in people's words; one that a later release brought by its name.
 * @param {{ action: string, outcome: string }} event
 */
export function wordsOf({ action, outcome }) {
  const [done, refused] = WORDS[action] ?? [action, `${action} was refused`];
  return outcome === "refused" ? refused : done;
}
