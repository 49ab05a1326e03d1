// The page as a whole: who is signed in decides what is shown.

import { forgetToken, signOut, whoIsThere } from "./access.js";
import { clearAccount, startAccount } from "./account.js";
import { whenSignedOut } from "./api.js";
import { takeArrival } from "./arrival.js";
import { clearAssistant, focusAssistant, startAssistant } from "./assistant.js";
import { byId, showMessage } from "./dom.js";
import { clearTasks, refreshTasks, startTasks } from "./tasks.js";
import { clearWelcome, setMode, showSetPassword, startWelcome } from "./welcome.js";
import { notifyWindows, onWindowMessage } from "./windows.js";

/**
 * The id of whoever is signed in in this window.
 * @type {string | null}
 */
let userId = null;

/** @param {User | null} user */
function show(user) {
  const isIn = user !== null;
  userId = user?.id ?? null;
  byId("starting").hidden = true;
  byId("welcome").hidden = isIn;
  for (const id of /** @type {const} */ (["app", "who", "skip"])) byId(id).hidden = !isIn;
  byId("who-name").textContent = user?.name ?? "";
  showMessage(byId("page-problem"), null);
  showMessage(byId("page-notice"), null);
}

/** @param {User} user */
async function enter(user) {
  clearWelcome();
  notifyWindows(user.id);
  show(user);
  await Promise.all([refreshTasks(), startAssistant(user)]);
}

function leave() {
  forgetToken();
  clearAssistant();
  clearTasks();
  clearAccount();
  clearWelcome();
  show(null);
  byId("email").focus();
}

/** @param {"chat" | "tasks"} view */
function setView(view) {
  byId("app").dataset.view = view;
  byId("view-chat").setAttribute("aria-pressed", String(view === "chat"));
  byId("view-tasks").setAttribute("aria-pressed", String(view === "tasks"));
}

byId("view-chat").addEventListener("click", () => setView("chat"));
byId("view-tasks").addEventListener("click", () => {
  setView("tasks");
  refreshTasks();
});
byId("sign-out").addEventListener("click", async () => {
  try {
    await signOut();
    notifyWindows(null);
    leave();
  } catch (problem) {
    // Above both views, since a telephone shows one of them.
    showMessage(byId("page-problem"), `You are still signed in. ${problem.message}`);
  }
});
// A slash goes to the message from anywhere but a field.
document.addEventListener("keydown", (event) => {
  const [place] = event.composedPath();
  const isTyping = place instanceof HTMLElement && place.matches("input, textarea, select");
  if (event.key === "/" && !isTyping && !byId("app").hidden) {
    event.preventDefault();
    focusAssistant();
  }
});
byId("skip").addEventListener("click", (event) => {
  event.preventDefault();
  focusAssistant();
});
// What was changed elsewhere shows when the person comes back, and new days begin.
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible" && !byId("app").hidden) refreshTasks();
});

// Back on the network.
addEventListener("online", () => {
  if (!byId("app").hidden) refreshTasks();
});

whenSignedOut(leave);
// Windows share one session: when it ended or became somebody else's, nothing of this person stays in any of them.
onWindowMessage((other) => {
  if (userId !== null && other !== userId) leave();
});
startWelcome(enter);
startAccount({
  onRenamed: (user) => { byId("who-name").textContent = user?.name ?? ""; },
  onDeleted: () => {
    notifyWindows(null);
    leave();
    setMode("sign-in", "Your account and everything in it is deleted.");
  },
});
startTasks();

const arrival = takeArrival();

/** Says what the link of a mail that led here came to. */
function tellArrival() {
  if (!arrival || arrival.kind === "set-password") return;
  if (userId === null && arrival.mode) setMode(arrival.mode);
  showMessage(byId(arrival.kind === "problem" ? "page-problem" : "page-notice"), arrival.words);
}

/** Finds out who is there; a server that is away for a moment is asked again, one that is not to be called like this is not. */
async function begin() {
  if (arrival?.kind === "set-password") {
    show(null);
    showSetPassword(arrival.token);
    byId("password").focus();
    return;
  }
  try {
    const user = await whoIsThere();
    const entering = user ? enter(user) : show(null);
    tellArrival();
    await entering;
  } catch (problem) {
    // Not to be called like this, or people sign in at another server: the problem says where.
    if (problem.status === 403 || problem.type === "/problems/sign-in-elsewhere") {
      showMessage(byId("starting"), problem.message);
      return;
    }
    const seconds = problem.retryAfter ?? 5;
    showMessage(byId("starting"), `${problem.message} Trying again …`);
    setTimeout(begin, seconds * 1000);
  }
}

begin();
