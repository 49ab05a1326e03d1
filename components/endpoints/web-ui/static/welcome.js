// Signing in and signing up, and a way back for who has forgotten the password.

import { signIn, signUp } from "./access.js";
import { sendPasswordLink, setPassword } from "./account-api.js";
import { at, say } from "./dom.js";

/** @type {Record<WelcomeMode, ModeWords>} */
const MODES = {
  "sign-in": { title: "Sign in", submit: "Sign in", question: "New here?", other: "Create an account", leadsTo: "sign-up" },
  "sign-up": { title: "Create your account", submit: "Create account", question: "Have an account?", other: "Sign in", leadsTo: "sign-in" },
  "forgotten": { title: "Forgotten your password?", submit: "Send me a link", question: "Remember it?", other: "Sign in", leadsTo: "sign-in" },
  "set-password": { title: "Set a new password", submit: "Set password", question: "Remember the old one?", other: "Sign in", leadsTo: "sign-in" },
};

/** @type {WelcomeMode} */
let mode = "sign-in";
/** Of the link that sets a password. */
let token = "";

/**
 * Connects the form; `enter` gets the user.
 * @param {(user: User) => Promise<void>} enter
 */
export function startWelcome(enter) {
  at("switch").addEventListener("click", () => {
    setMode(MODES[mode].leadsTo);
    (mode === "sign-up" ? at("name") : at("email")).focus();
  });
  at("forgotten").addEventListener("click", () => {
    setMode("forgotten");
    at("email").focus();
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
  setMode("sign-in");
}

/**
 * Shows the form for setting a password by a link.
 * @param {string} linkToken
 */
export function showSetPassword(linkToken) {
  setMode("set-password");
  token = linkToken;
}

/**
 * Shows one of the forms.
 * @param {WelcomeMode} value
 * @param {string | null} [notice]
 */
export function setMode(value, notice = null) {
  mode = value;
  token = "";
  const isNew = mode === "sign-up";
  const hasPassword = mode !== "forgotten";
  const words = MODES[mode];
  at("name-field").hidden = !isNew;
  at("email-field").hidden = mode === "set-password";
  at("password-field").hidden = !hasPassword;
  at("remember-field").hidden = mode !== "sign-in" && !isNew;
  at("forgotten").hidden = mode !== "sign-in";
  at("forgotten-hint").hidden = mode !== "forgotten";
  at("password-hint").hidden = mode === "sign-in";
  at("password").autocomplete = mode === "sign-in" ? "current-password" : "new-password";
  at("access-title").textContent = words.title;
  at("access-submit").textContent = words.submit;
  at("switch-text").textContent = words.question;
  at("switch").textContent = words.other;
  say(at("access-problem"), null);
  say(at("access-notice"), notice);
}

/** What the form can tell before the server does. */
function firstWrong() {
  const [name, email, password] = [at("name"), at("email"), at("password")];
  if (mode === "sign-up" && !name.value.trim()) return { field: name, sentence: "What is your name?" };
  if (mode !== "set-password" && !email.validity.valid) return { field: email, sentence: "This is not an e-mail address." };
  if (mode === "forgotten") return null;
  if (!password.value) return { field: password, sentence: "The password is missing." };
  if (mode !== "sign-in" && [...password.value].length < 8) {
    return { field: password, sentence: "The password needs 8 characters or more." };
  }
  return null;
}

/** @param {(user: User) => Promise<void>} enter */
async function submit(enter) {
  const button = at("access-submit");
  button.disabled = true;
  try {
    await SUBMITS[mode](enter);
  } catch (problem) {
    say(at("access-notice"), null);
    say(at("access-problem"), problem.message);
    (mode === "forgotten" ? at("email") : at("password")).focus();
  } finally {
    button.disabled = false;
  }
}

const address = () => at("email").value.trim();

/** @type {Record<WelcomeMode, (enter: (user: User) => Promise<void>) => Promise<void>>} */
const SUBMITS = {
  async "sign-in"(enter) {
    const user = await signIn(address(), at("password").value, at("remember").checked);
    say(at("access-problem"), null);
    await enter(user);
  },
  async "sign-up"(enter) {
    const { user, isIn } = await signUp(at("name").value.trim(), address(), at("password").value, at("remember").checked);
    say(at("access-problem"), null);
    if (isIn) return enter(user);
    at("password").value = "";
    setMode("sign-in", `Nearly done: open the link that was sent to ${user.email}, then sign in.`);
  },
  async "forgotten"() {
    await sendPasswordLink(address());
    setMode("sign-in", `If somebody has an account with ${address()}, a link to set a new password is on its way.`);
  },
  async "set-password"() {
    await setPassword(token, at("password").value);
    at("password").value = "";
    setMode("sign-in", "Your new password is set. Sign in with it.");
    at("email").focus();
  },
};
