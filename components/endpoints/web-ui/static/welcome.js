// Signing in and signing up.

import { signIn, signUp } from "./access.js";
import { at, say } from "./dom.js";

let isNew = false;

/**
 * Connects the form; `enter` gets the user.
 * @param {(user: User) => Promise<void>} enter
 */
export function startWelcome(enter) {
  at("switch").addEventListener("click", () => {
    setNew(!isNew);
    (isNew ? at("name") : at("email")).focus();
  });
  at("access").addEventListener("submit", async (event) => {
    event.preventDefault();
    const wrong = firstWrong();
    if (wrong) {
      say(at("access-problem"), wrong.sentence);
      wrong.field.focus();
      return;
    }
    await submit(enter);
  });
}

/** Shows the form for signing in, empty. */
export function clearWelcome() {
  at("access").reset();
  setNew(false);
}

/** @param {boolean} value */
function setNew(value) {
  isNew = value;
  at("name-field").hidden = !isNew;
  at("password-hint").hidden = !isNew;
  at("password").autocomplete = isNew ? "new-password" : "current-password";
  at("access-title").textContent = isNew ? "Create your account" : "Sign in";
  at("access-submit").textContent = isNew ? "Create account" : "Sign in";
  at("switch-text").textContent = isNew ? "Have an account?" : "New here?";
  at("switch").textContent = isNew ? "Sign in" : "Create an account";
  say(at("access-problem"), null);
}

/** What the form can tell before the server does. */
function firstWrong() {
  const [name, email, password] = [at("name"), at("email"), at("password")];
  if (isNew && !name.value.trim()) return { field: name, sentence: "What is your name?" };
  if (!email.validity.valid) return { field: email, sentence: "This is not an e-mail address." };
  if (!password.value) return { field: password, sentence: "The password is missing." };
  if (isNew && [...password.value].length < 8) {
    return { field: password, sentence: "The password needs 8 characters or more." };
  }
  return null;
}

/** @param {(user: User) => Promise<void>} enter */
async function submit(enter) {
  const button = at("access-submit");
  const [email, password, remember] = [at("email").value.trim(), at("password").value, at("remember").checked];
  button.disabled = true;
  try {
    const user = isNew ? await signUp(at("name").value.trim(), email, password, remember) : await signIn(email, password, remember);
    say(at("access-problem"), null);
    await enter(user);
  } catch (problem) {
    say(at("access-problem"), problem.message);
    at("password").focus();
  } finally {
    button.disabled = false;
  }
}
