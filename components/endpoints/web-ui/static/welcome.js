// Signing in and signing up.

import { signIn, signUp } from "./access.js";
import { byId, showMessage } from "./dom.js";

let isNew = false;

/**
 * Connects the form; `enter` gets the user.
 * @param {(user: User) => Promise<void>} enter
 */
export function startWelcome(enter) {
  byId("switch").addEventListener("click", () => {
    setNew(!isNew);
    (isNew ? byId("name") : byId("email")).focus();
  });
  byId("access").addEventListener("submit", async (event) => {
    event.preventDefault();
    const wrong = firstWrong();
    if (wrong) {
      showMessage(byId("access-problem"), wrong.sentence);
      wrong.field.focus();
      return;
    }
    await submit(enter);
  });
}

/** Shows the form for signing in, empty. */
export function clearWelcome() {
  byId("access").reset();
  setNew(false);
}

/** @param {boolean} value */
function setNew(value) {
  isNew = value;
  byId("name-field").hidden = !isNew;
  byId("password-hint").hidden = !isNew;
  byId("password").autocomplete = isNew ? "new-password" : "current-password";
  byId("access-title").textContent = isNew ? "Create your account" : "Sign in";
  byId("access-submit").textContent = isNew ? "Create account" : "Sign in";
  byId("switch-text").textContent = isNew ? "Have an account?" : "New here?";
  byId("switch").textContent = isNew ? "Sign in" : "Create an account";
  showMessage(byId("access-problem"), null);
}

/** What the form can tell before the server does. */
function firstWrong() {
  const [name, email, password] = [byId("name"), byId("email"), byId("password")];
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
  const button = byId("access-submit");
  const [email, password, remember] = [byId("email").value.trim(), byId("password").value, byId("remember").checked];
  button.disabled = true;
  try {
    const user = isNew ? await signUp(byId("name").value.trim(), email, password, remember) : await signIn(email, password, remember);
    showMessage(byId("access-problem"), null);
    await enter(user);
  } catch (problem) {
    showMessage(byId("access-problem"), problem.message);
    byId("password").focus();
  } finally {
    button.disabled = false;
  }
}
