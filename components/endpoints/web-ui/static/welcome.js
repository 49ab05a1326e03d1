// Signing in and signing up, and a way back for who has forgotten the password.

import { signIn, signUp } from "./access.js";
import { sendCode, sendPasswordLink, setPassword } from "./account-api.js";
import { byId, showMessage } from "./dom.js";

/** @type {Record<WelcomeMode, ModeWords>} */
const MODES = {
  "sign-in": { title: "Sign in", submit: "Sign in", question: "New here?", other: "Create an account", leadsTo: "sign-up" },
  "sign-up": { title: "Create your account", submit: "Create account", question: "Have an account?", other: "Sign in", leadsTo: "sign-in" },
  "forgotten": { title: "Forgotten your password?", submit: "Send me a link", question: "Remember it?", other: "Sign in", leadsTo: "sign-in" },
  "set-password": { title: "Set a new password", submit: "Set password", question: "Remember the old one?", other: "Sign in", leadsTo: "sign-in" },
  "code": { title: "One more step", submit: "Sign in", question: "Somebody else?", other: "Sign in anew", leadsTo: "sign-in" },
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
  byId("switch").addEventListener("click", () => {
    setMode(MODES[mode].leadsTo);
    (mode === "sign-up" ? byId("name") : byId("email")).focus();
  });
  byId("forgotten").addEventListener("click", () => {
    setMode("forgotten");
    byId("email").focus();
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
  const hasPassword = mode !== "forgotten" && mode !== "code";
  const words = MODES[mode];
  byId("name-field").hidden = !isNew;
  byId("email-field").hidden = mode === "set-password" || mode === "code";
  byId("code-field").hidden = mode !== "code";
  byId("trust-field").hidden = mode !== "code";
  byId("code").value = "";
  byId("password-field").hidden = !hasPassword;
  byId("remember-field").hidden = mode !== "sign-in" && !isNew;
  byId("forgotten").hidden = mode !== "sign-in";
  byId("forgotten-hint").hidden = mode !== "forgotten";
  byId("password-hint").hidden = mode === "sign-in";
  byId("password").autocomplete = mode === "sign-in" ? "current-password" : "new-password";
  byId("access-title").textContent = words.title;
  byId("access-submit").textContent = words.submit;
  byId("switch-text").textContent = words.question;
  byId("switch").textContent = words.other;
  showMessage(byId("access-problem"), null);
  showMessage(byId("access-notice"), notice);
}

/** What the form can tell before the server does. */
function firstWrong() {
  const [name, email, password] = [byId("name"), byId("email"), byId("password")];
  if (mode === "sign-up" && !name.value.trim()) return { field: name, sentence: "What is your name?" };
  if (mode === "code") return byId("code").value.trim() ? null : { field: byId("code"), sentence: "The code is missing." };
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
  const button = byId("access-submit");
  button.disabled = true;
  try {
    await SUBMITS[mode](enter);
  } catch (problem) {
    showMessage(byId("access-notice"), null);
    showMessage(byId("access-problem"), problem.message);
    (mode === "forgotten" ? byId("email") : mode === "code" ? byId("code") : byId("password")).focus();
  } finally {
    button.disabled = false;
  }
}

const address = () => byId("email").value.trim();

/** @type {Record<WelcomeMode, (enter: (user: User) => Promise<void>) => Promise<void>>} */
const SUBMITS = {
  async "sign-in"(enter) {
    const user = await signIn(address(), byId("password").value, byId("remember").checked);
    showMessage(byId("access-problem"), null);
    if (user) return enter(user);
    byId("password").value = "";
    setMode("code", "Type the code that your authenticator app shows, or a recovery code.");
    byId("code").focus();
  },
  async "code"(enter) {
    const { user } = await sendCode(byId("code").value, byId("trust").checked);
    byId("trust").checked = false;
    setMode("sign-in");
    await enter(user);
  },
  async "sign-up"(enter) {
    const { user, isIn } = await signUp(byId("name").value.trim(), address(), byId("password").value, byId("remember").checked);
    showMessage(byId("access-problem"), null);
    if (isIn) return enter(user);
    byId("password").value = "";
    setMode("sign-in", `Nearly done: open the link that was sent to ${user.email}, then sign in.`);
  },
  async "forgotten"() {
    await sendPasswordLink(address());
    setMode("sign-in", `If somebody has an account with ${address()}, a link to set a new password is on its way.`);
  },
  async "set-password"() {
    await setPassword(token, byId("password").value);
    byId("password").value = "";
    setMode("sign-in", "Your new password is set. Sign in with it.");
    byId("email").focus();
  },
};
