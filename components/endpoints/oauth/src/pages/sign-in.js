// Signs a person in or up, asks for a code where the account has a second factor, and loads the page again, which then asks what the program
// may do; or signs them out, to use another account.
"use strict";

const post = (path, body) =>
  fetch(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });

/** Sends a form when its person does: `send` answers the request, `onDone` what came of it, where it says what is still to be done. */
function connect(form, send, onDone) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const error = form.querySelector(".error");
    const button = form.querySelector("button");
    error.hidden = true;
    button.disabled = true;
    try {
      const answer = await send(new FormData(form));
      if (answer.ok) {
        const body = await answer.json();
        if (body.token) {
          location.reload();
          return;
        }
        error.textContent = onDone(body);
      } else {
        const problem = await answer.json().catch(() => ({}));
        const details = (problem.errors ?? []).map((one) => one.detail).join(" ");
        error.textContent = details || problem.detail || "That did not work. Try again.";
      }
    } catch {
      error.textContent = "The service can’t be reached. Try again.";
    }
    error.hidden = error.textContent === "";
    button.disabled = false;
  });
}

const secondFactor = document.getElementById("second-factor");

/** Asks for the code, in the place of the password. */
function askForCode() {
  for (const id of ["sign-in", "new-account"]) document.getElementById(id).hidden = true;
  secondFactor.hidden = false;
  document.getElementById("code").focus();
  return "";
}

for (const form of document.querySelectorAll("form[data-path]")) {
  connect(
    form,
    (fields) => post(form.dataset.path, Object.fromEntries(fields)),
    // Where the app sends mail, an account begins with its address.
    (body) => body.twoFactorRedirect ? askForCode() : "Nearly done: open the link that was sent to you, come back here, and sign in.",
  );
}

if (secondFactor) {
  connect(
    secondFactor,
    (fields) => {
      const code = fields.get("code").trim();
      const path = /^[0-9\s]{6,7}$/.test(code) ? "verify-totp" : "verify-backup-code";
      return post(`/api/auth/two-factor/${path}`, { code, trustDevice: fields.has("trust") });
    },
    () => "",
  );
}

const signOut = document.getElementById("sign-out");
if (signOut) {
  signOut.hidden = false;
  signOut.addEventListener("click", async () => {
    await post("/api/auth/sign-out", {});
    location.reload();
  });
}
