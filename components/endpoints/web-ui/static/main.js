// The page as a whole: who is signed in decides what is shown.

import { forgetToken, signOut, whoIsThere } from "./access.js";
import { clearAccount, startAccount } from "./account.js";
import { whenSignedOut } from "./api.js";
import { takeArrival } from "./arrival.js";
import { clearChat, resumeChat, startChat } from "./chat.js";
import { at, say } from "./dom.js";
import { jumpToLatest } from "./following.js";
import { clearTasks, refreshTasks, startTasks } from "./tasks.js";
import { clearWelcome, setMode, showSetPassword, startWelcome } from "./welcome.js";
import { tellWindows, whenTold } from "./windows.js";

/**
 * The id of whoever is signed in in this window.
 * @type {string | null}
 */
let userId = null;

/** @param {User | null} user */
function show(user) {
  const isIn = user !== null;
  userId = user?.id ?? null;
  at("starting").hidden = true;
  at("welcome").hidden = isIn;
  for (const id of /** @type {const} */ (["app", "who", "skip"])) at(id).hidden = !isIn;
  at("who-name").textContent = user?.name ?? "";
  say(at("page-problem"), null);
  say(at("page-notice"), null);
}

/** @param {User} user */
async function enter(user) {
  clearWelcome();
  tellWindows(user.id);
  const [first] = user.name.split(" ");
  at("greeting").textContent = `What is to be done, ${first}?`;
  show(user);
  at("message").focus();
  await Promise.all([refreshTasks(), resumeChat()]);
}

function leave() {
  forgetToken();
  clearChat();
  clearTasks();
  clearAccount();
  clearWelcome();
  show(null);
  at("email").focus();
}

/** @param {"chat" | "tasks"} view */
function setView(view) {
  at("app").dataset.view = view;
  at("view-chat").setAttribute("aria-pressed", String(view === "chat"));
  at("view-tasks").setAttribute("aria-pressed", String(view === "tasks"));
}

at("view-chat").addEventListener("click", () => {
  setView("chat");
  jumpToLatest();
});
at("view-tasks").addEventListener("click", () => {
  setView("tasks");
  refreshTasks();
});
at("sign-out").addEventListener("click", async () => {
  try {
    await signOut();
    tellWindows(null);
    leave();
  } catch (problem) {
    // Above both views, since a telephone shows one of them.
    say(at("page-problem"), `You are still signed in. ${problem.message}`);
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

// Back on the network.
addEventListener("online", () => {
  if (!at("app").hidden) refreshTasks();
});

whenSignedOut(leave);
// Windows share one session: when it ended or became somebody else's, nothing of this person stays in any of them.
whenTold((other) => {
  if (userId !== null && other !== userId) leave();
});
startWelcome(enter);
startAccount({
  onRenamed: (user) => { at("who-name").textContent = user?.name ?? ""; },
  onDeleted: () => {
    tellWindows(null);
    leave();
    setMode("sign-in", "Your account and everything in it is deleted.");
  },
});
startChat();
startTasks();

const arrival = takeArrival();

/** Says what the link of a mail that led here came to. */
function tellArrival() {
  if (!arrival || arrival.kind === "set-password") return;
  if (userId === null && arrival.mode) setMode(arrival.mode);
  say(at(arrival.kind === "problem" ? "page-problem" : "page-notice"), arrival.words);
}

/** Finds out who is there; a server that is away for a moment is asked again, one that is not to be called like this is not. */
async function begin() {
  if (arrival?.kind === "set-password") {
    show(null);
    showSetPassword(arrival.token);
    at("password").focus();
    return;
  }
  try {
    const user = await whoIsThere();
    const entering = user ? enter(user) : show(null);
    tellArrival();
    await entering;
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
