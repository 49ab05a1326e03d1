// The second factor of a person: turning it on by a first code, other recovery codes, turning it off.

import { beginTwoFactor, endTwoFactor, replaceRecoveryCodes, sendCode } from "./account-api.js";
import { byId, createElement, createSvg } from "./dom.js";

/** @type {(sentence: string) => void} */
let onDone = () => {};
/** @type {(problem: Error) => void} */
let onProblem = () => {};
let isOn = false;

/**
 * Connects the forms; `done` gets what happened, `failed` what went wrong.
 * @param {(sentence: string) => void} done
 * @param {(problem: Error) => void} failed
 */
export function startTwoFactor(done, failed) {
  onDone = done;
  onProblem = failed;
  byId("two-factor").addEventListener("submit", (event) => {
    event.preventDefault();
    const wanted = event.submitter?.id;
    withPassword(wanted === "two-factor-codes" ? replaceCodes : isOn ? turnOff : begin);
  });
  byId("two-factor-confirm").addEventListener("submit", (event) => {
    event.preventDefault();
    confirm();
  });
}

/**
 * Shows whether it is on.
 * @param {User | null} user
 */
export function showTwoFactor(user) {
  isOn = user?.twoFactorEnabled ?? false;
  byId("two-factor-of").value = user?.email ?? "";
  byId("two-factor-on").hidden = !isOn;
  byId("two-factor-off").hidden = isOn;
  byId("two-factor-codes").hidden = !isOn;
  byId("two-factor-submit").textContent = isOn ? "Turn it off" : "Turn it on";
}

/** Forgets what was shown once. */
export function clearTwoFactor() {
  byId("two-factor").reset();
  hideSecret();
  hideCodes();
}

function hideSecret() {
  byId("two-factor-confirm").reset();
  byId("two-factor-confirm").hidden = true;
  byId("two-factor-qr").replaceChildren();
  byId("two-factor-uri").value = "";
}

function hideCodes() {
  byId("two-factor-recovery").hidden = true;
  byId("two-factor-recovery-codes").replaceChildren();
}

/** @param {(password: string) => Promise<void>} work */
async function withPassword(work) {
  const field = byId("two-factor-password");
  if (!field.value) return refuse("Give your password.", field);
  try {
    await work(field.value);
    field.value = "";
  } catch (problem) {
    onProblem(problem);
  }
}

/** @param {string} password */
async function begin(password) {
  const { totpURI, backupCodes, qrCode } = await beginTwoFactor(password);
  byId("two-factor-uri").value = totpURI;
  byId("two-factor-qr").replaceChildren(...(qrCode ? [picture(qrCode)] : []));
  byId("two-factor-confirm").hidden = false;
  showCodes(backupCodes);
  byId("two-factor-code").focus();
  onDone("Keep your recovery codes, let your authenticator app read the picture, and type its code.");
}

async function confirm() {
  const field = byId("two-factor-code");
  if (!field.value.trim()) return refuse("Type the code that your authenticator app shows.", field);
  try {
    const { user } = await sendCode(field.value, false);
    hideSecret();
    showTwoFactor(user);
    byId("account-heading").focus();
    onDone("From now on you are asked for a code when you sign in.");
  } catch (problem) {
    onProblem(problem);
    field.select();
  }
}

/** @param {string} password */
async function replaceCodes(password) {
  showCodes(await replaceRecoveryCodes(password));
  onDone("These are your recovery codes from now on.");
}

/** @param {string} password */
async function turnOff(password) {
  await endTwoFactor(password);
  hideCodes();
  isOn = false;
  byId("two-factor-on").hidden = true;
  byId("two-factor-off").hidden = false;
  byId("two-factor-codes").hidden = true;
  byId("two-factor-submit").textContent = "Turn it on";
  onDone("You are asked for no code any more.");
}

/** @param {string[]} codes */
function showCodes(codes) {
  byId("two-factor-recovery-codes").replaceChildren(...codes.map((code) => createElement("li", {}, createElement("code", {}, code))));
  byId("two-factor-recovery").hidden = false;
}

/** @param {{ size: number, path: string }} qrCode */
function picture({ size, path }) {
  const svg = createSvg("svg", { viewBox: `0 0 ${size} ${size}`, role: "img", "aria-label": "QR code of the address below" });
  svg.append(createSvg("path", { d: path }));
  return svg;
}

/**
 * @param {string} sentence
 * @param {HTMLElement} field
 */
function refuse(sentence, field) {
  onProblem(new Error(sentence));
  field.focus();
}
