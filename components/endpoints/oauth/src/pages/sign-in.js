// Signs a person in or up and loads the page again, which then asks what the program may do; or signs them out, to use another
// account.
"use strict";

const post = (path, body) =>
  fetch(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });

for (const form of document.querySelectorAll("form[data-path]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const error = form.querySelector(".error");
    const button = form.querySelector("button");
    error.hidden = true;
    button.disabled = true;
    try {
      const fields = Object.fromEntries(new FormData(form));
      const answer = await post(form.dataset.path, fields);
      if (answer.ok) {
        const { token } = await answer.json();
        if (token) {
          location.reload();
          return;
        }
        // Where the app sends mail, an account begins with its address.
        error.textContent = "Nearly done: open the link that was sent to you, come back here, and sign in.";
        error.hidden = false;
        button.disabled = false;
        return;
      }
      const problem = await answer.json().catch(() => ({}));
      const details = (problem.errors ?? []).map((one) => one.detail).join(" ");
      error.textContent = details || problem.detail || "That did not work. Try again.";
    } catch {
      error.textContent = "The service can’t be reached. Try again.";
    }
    error.hidden = false;
    button.disabled = false;
  });
}

const signOut = document.getElementById("sign-out");
if (signOut) {
  signOut.hidden = false;
  signOut.addEventListener("click", async () => {
    await post("/api/auth/sign-out", {});
    location.reload();
  });
}
