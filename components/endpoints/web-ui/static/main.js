// The page as a whole: who is signed in decides what is shown.

import { signOut, whoIsThere } from "./access.js";
import { whenSignedOut } from "./api.js";
import { clearChat, resumeChat, startChat } from "./chat.js";
import { scrollDown } from "./chat-view.js";
import { at, say } from "./dom.js";
import { clearTasks, refreshTasks, startTasks } from "./tasks.js";
import { clearWelcome, startWelcome } from "./welcome.js";

function show(user) {
  const isIn = user !== null;
  at("starting").hidden = true;
  at("welcome").hidden = isIn;
  for (const id of ["app", "who", "skip"]) at(id).hidden = !isIn;
  at("who-name").textContent = user?.name ?? "";
}

async function enter(user) {
  clearWelcome();
  const [first] = user.name.split(" ");
  at("greeting").textContent = `What is to be done, ${first}?`;
  show(user);
  at("message").focus();
  await Promise.all([refreshTasks(), resumeChat()]);
}

function leave() {
  clearChat();
  clearTasks();
  clearWelcome();
  show(null);
  at("email").focus();
}

function setView(view) {
  at("app").dataset.view = view;
  at("view-chat").setAttribute("aria-pressed", String(view === "chat"));
  at("view-tasks").setAttribute("aria-pressed", String(view === "tasks"));
}

at("view-chat").addEventListener("click", () => {
  setView("chat");
  scrollDown(true);
});
at("view-tasks").addEventListener("click", () => {
  setView("tasks");
  refreshTasks();
});
at("sign-out").addEventListener("click", async () => {
  try {
    await signOut();
    leave();
  } catch (problem) {
    say(at("tasks-problem"), problem.message);
  }
});
// A slash goes to the message from anywhere but a field.
document.addEventListener("keydown", (event) => {
  const isTyping = event.target instanceof HTMLElement && event.target.matches("input, textarea, select");
  if (event.key === "/" && !isTyping && !at("app").hidden) {
    event.preventDefault();
    at("message").focus();
  }
});
// What was changed elsewhere shows when the person comes back, and new days begin.
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible" && !at("app").hidden) refreshTasks();
});

whenSignedOut(leave);
startWelcome(enter);
startChat();
startTasks();

/** Finds out who is there; a server that is away for a moment is asked again, one that is not to be called like this is not. */
async function begin() {
  try {
    const user = await whoIsThere();
    if (user) await enter(user);
    else show(null);
  } catch (problem) {
    if (problem.status === 403) {
      say(at("starting"), problem.message);
      return;
    }
    const seconds = problem.retryAfter ?? 5;
    say(at("starting"), `${problem.message} Trying again …`);
    setTimeout(begin, seconds * 1000);
  }
}

begin();
