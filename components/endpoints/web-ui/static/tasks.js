// The task list beside the chat.

import { addLine, readTask, setDone, takeBackDone } from "./api.js";
import { announce, byId, createElement, showMessage } from "./dom.js";
import { askToNotify, clearDueReminders, startDueReminders, watchReminders } from "./due-reminders.js";
import { clearElsewhere, startElsewhere, watchElsewhere } from "./elsewhere.js";
import { clearFilter, showFilterProblem, startFilter, writtenQuery } from "./filter.js";
import { clearLists, refreshLists, shownList, startLists } from "./lists.js";
import { clearQuickAdd, lineAdded, spanWords, startQuickAdd, typedLine } from "./quick-add.js";
import { closeSubtaskForm, startSubtaskForm, toggleSubtaskForm } from "./subtask-form.js";
import { clearDetail, openDetail, startDetail } from "./task-detail.js";
import { TaskList } from "./task-list.js";
import { startTaskReminders } from "./task-reminders.js";
import { allBelow } from "./task-tree.js";
import { TaskView } from "./task-view.js";
import { clearUndo, isUndoOffered, offerUndo, startUndo } from "./undo.js";

/** A list that could not be read is read again after so many seconds, unless the server names others. */
const RETRY_SECONDS = 5;

const list = new TaskList();
/** @type {TaskView} */
let view;
/**
 * Lines that are on their way, each with its key: sent once more, it is the same task.
 * @type {Map<string, string>}
 */
const adding = new Map();
/**
 * Tasks that were completed here with what is below them: one more click takes all of it back.
 * @type {Set<string>}
 */
const together = new Set();
/**
 * What the sentence above the list is about: `reading` it or a `change`.
 * @type {"reading" | "change" | null}
 */
let problemOf = null;
/**
 * The problem that the sentence tells.
 * @type {import("./access.js").Problem | null}
 */
let shownProblem = null;
/** @type {number | undefined} */
let retryTimer;

/** Connects the panel to its list. */
export function startTasks() {
  view = new TaskView(byId("task-groups"), { onToggle: toggle, onOpen: openDetail, onAddSubtask: toggleSubtaskForm });
  startSubtaskForm(showChanged);
  startDetail(showSaved, showDeleted);
  startTaskReminders((isAdded) => {
    if (isAdded) askToNotify();
    watchReminders();
  });
  startDueReminders(refreshTasks);
  startElsewhere(refreshTasks, isUndoOffered);
  startUndo(refreshTasks);
  startLists(() => show(list.status));
  startFilter(() => show(list.status));
  startQuickAdd(add);
  byId("more-tasks").addEventListener("click", loadMore);
  byId("show-open").addEventListener("click", () => show("open"));
  byId("show-done").addEventListener("click", () => show("done"));
}

/** Forgets what belongs to whoever was signed in. */
export function clearTasks() {
  clearTimeout(retryTimer);
  clearLists();
  clearFilter();
  list.list = shownList();
  list.query = "";
  list.clear("open", true);
  markShown();
  adding.clear();
  together.clear();
  closeSubtaskForm();
  clearQuickAdd();
  setProblem(null);
  clearUndo();
  clearDueReminders();
  clearElsewhere();
  clearDetail();
  draw();
}

/** Reads the list again: as many rows as are loaded, each staying in its place. A failure is tried again by itself. */
export async function refreshTasks() {
  clearTimeout(retryTimer);
  try {
    const isGone = await refreshLists();
    if (isGone) list.clear(list.status);
    list.list = shownList();
    if (!(await list.reload())) return;
    showFilterProblem(null);
    if (problemOf === "reading") setProblem(null);
    draw();
    watchReminders();
    watchElsewhere();
  } catch (problem) {
    if (problem.status === 401 || byId("app").hidden) return;
    // No rows of the other list below this one's name.
    if (list.tasks.length === 0) view.draw({ tasks: [], isDone: true, fresh: new Set() });
    // What is wrong with the query stays so until it is another one.
    if (problem.status === 400 && list.query) return showFilterProblem(problem);
    setProblem("reading", problem, refreshTasks);
    retryTimer = setTimeout(refreshTasks, (problem.retryAfter ?? RETRY_SECONDS) * 1000);
  }
}

const loadMore = () => attempt("reading", async () => {
  if (await list.loadMore()) draw();
}, loadMore);

/** @param {TaskStatus} which */
function show(which) {
  list.list = shownList();
  list.query = writtenQuery();
  list.clear(which);
  markShown();
  return refreshTasks();
}

function markShown() {
  byId("show-open").setAttribute("aria-pressed", String(list.status === "open"));
  byId("show-done").setAttribute("aria-pressed", String(list.status === "done"));
  byId("added").hidden = true;
}

/** @param {Event} [event] */
async function add(event) {
  event?.preventDefault();
  const line = typedLine();
  byId("quick-title").focus();
  if (!line) return;
  const input = JSON.stringify(line);
  const key = adding.get(input) ?? crypto.randomUUID();
  adding.set(input, key);
  await attempt("change", async () => {
    const outcome = await addLine(line, key);
    adding.delete(input);
    lineAdded(line);
    if (list.status !== "open") list.clear("open");
    markShown();
    showAdded(outcome);
    await showChanged(outcome.task);
  }, add);
}

/**
 * Says what was added, and what was read out of the line.
 * @param {QuickAddOutcome & { task: Task }} outcome
 */
function showAdded({ task, spans, notices }) {
  const read = spans.map(spanWords).join(", ");
  const words = [read && `: ${read}`, ". ", ...notices.map((notice) => `${notice} `)].join("");
  announce(`Added ${task.title}${words}`.trim());
  const open = createElement("button", { type: "button", class: "link", id: "open-added" }, read ? "Change it" : "Set a date");
  open.addEventListener("click", () => openDetail(list.tasks.find(({ id }) => id === task.id) ?? task));
  byId("added").replaceChildren("Added ", createElement("bdi", {}, `“${task.title}”`), words, open);
  byId("added").hidden = false;
}

/**
 * Shows a task that was added or changed here, wherever it is sorted.
 * @param {Task} task
 */
async function showChanged(task) {
  list.keep(task);
  list.fresh.add(task.id);
  draw();
  view.reveal(task.id);
  await refreshTasks();
  view.reveal(task.id);
}

/**
 * Shows a task that was changed as a whole, which can be taken back.
 * @param {Task} task
 */
async function showSaved(task) {
  offerUndo(`Saved ${task.title}.`, task.id);
  await showChanged(task);
}

/**
 * Takes a task out of the list that was deleted, which can be taken back.
 * @param {Task} task
 */
async function showDeleted(task) {
  const words = `Deleted ${task.title}.`;
  announce(words);
  offerUndo(words, task.id);
  await refreshTasks();
  byId("quick-title").focus();
}

/**
 * @param {Task} task
 * @param {boolean} isDone
 */
async function toggle(task, isDone) {
  await attempt("change", async () => {
    if (!isDone && together.delete(task.id)) {
      for (const back of (await takeBackDone(task.id)).tasks) list.replace(back);
      announce(`Reopened ${task.title} and what was completed with it.`);
      return refreshTasks();
    }
    const changed = await setDone(task.id, isDone);
    list.replace(changed);
    const count = changed.subtasks?.changed ?? 0;
    if (isDone && count > 0) {
      together.add(task.id);
      for (const subtask of allBelow(list.tasks, task.id)) list.replace({ ...subtask, completed_at: subtask.completed_at ?? changed.completed_at });
    }
    const along = isDone && count > 0 ? ` and ${count === 1 ? "its subtask" : `its ${count} subtasks`}` : "";
    const words = isDone ? `Completed ${task.title}${along}.` : `Reopened ${task.title}.`;
    announce(words);
    offerUndo(words, task.id);
    // What it is below tells how far it is, or is open again.
    if (task.parent_id) await refreshParent(task.parent_id);
  }, () => toggle(task, isDone));
  // It stays where it is until the list is read again, so that a slip is undone with one more click.
  draw();
}

/**
 * Shows what a task is below as it is now.
 * @param {string} id
 */
async function refreshParent(id) {
  /** @type {string | null | undefined} */
  let next = id;
  for (let level = 1; next && level < 5 && list.tasks.some((task) => task.id === next); level += 1) {
    /** @type {Task} */
    const parent = await readTask(next);
    list.replace(parent);
    next = parent.parent_id;
  }
}

/**
 * Runs something and says what went wrong, with a button that does `again`.
 * @param {"reading" | "change"} kind
 * @param {() => Promise<void>} action
 * @param {() => unknown} again
 */
async function attempt(kind, action, again) {
  const before = shownProblem;
  try {
    await action();
    // What went wrong meanwhile is still to be read.
    if (problemOf === kind && shownProblem === before) setProblem(null);
  } catch (problem) {
    if (problem.status !== 401) setProblem(kind, problem, again);
  }
}

/**
 * @param {"reading" | "change" | null} kind
 * @param {import("./access.js").Problem} [problem]
 * @param {() => unknown} [again]
 */
function setProblem(kind, problem, again) {
  problemOf = kind;
  shownProblem = problem ?? null;
  showMessage(byId("tasks-problem"), problem?.message);
  if (!problem) return;
  const button = createElement("button", { type: "button", class: "retry" }, "Try again");
  button.addEventListener("click", () => again?.());
  byId("tasks-problem").append(" ", button);
}

function draw() {
  const { tasks, status, fresh, hasMore } = list;
  /** @type {CountOf} */
  const countOf = (key, members) => list.groupCount(key, members);
  view.draw({ tasks, isDone: status === "done", fresh, countOf });
  const isEmpty = tasks.length === 0;
  showMessage(byId("tasks-empty"), isEmpty ? nothing(status) : null);
  const left = list.leftCount();
  byId("more-tasks").hidden = !hasMore;
  byId("more-tasks").textContent = left > 0 ? `Show more (${left.toLocaleString("en")} left)` : "Show more";
  if (status !== "open" || list.list !== "" || list.query !== "") return;
  // How many are open, where the list may be out of sight.
  const open = list.openCount();
  byId("view-tasks").textContent = open > 0 ? `Tasks (${open.toLocaleString("en")})` : "Tasks";
}

/** @param {TaskStatus} status */
function nothing(status) {
  if (list.query) return "No task is like that.";
  return status === "open" ? "Nothing to do. Enjoy it, or add something." : "Nothing done yet.";
}
