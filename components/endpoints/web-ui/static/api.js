// Calls of the app's own API, the one that other programs use.

import { Problem, accessToken, forgetToken, send } from "./access.js";

/** Called when nobody is signed in any more. */
let onSignedOut = () => {};
/** @param {() => void} callback */
export const whenSignedOut = (callback) => { onSignedOut = callback; };

/**
 * Sends a request with a token; once more with a new one if that was refused.
 * @param {string} path
 * @param {CallOptions} [options]
 */
export async function call(path, { method = "GET", body, accept = "application/json", headers = {}, signal } = {}) {
  const response = await sendSigned(path, {
    method,
    signal,
    headers: { accept, ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (!response.ok) throw await Problem.fromResponse(response);
  return response;
}

/**
 * The answer to a request with a token, whatever it says.
 * @param {string} path
 * @param {RequestInit & { headers?: Record<string, string> }} options
 */
async function sendSigned(path, options) {
  const ask = async () => send(path, {
    ...options,
    headers: {
      ...options.headers,
      "authorization": `Bearer ${await tokenOrLeave()}`,
      "time-zone": Intl.DateTimeFormat().resolvedOptions().timeZone,
    },
  });
  const response = await ask();
  if (response.status !== 401) return response;
  forgetToken();
  return ask();
}

async function tokenOrLeave() {
  try {
    return await accessToken();
  } catch (problem) {
    if (problem.status === 401) onSignedOut();
    throw problem;
  }
}

/**
 * @param {string} path
 * @param {CallOptions} [options]
 */
const json = async (path, options) => (await call(path, options)).json();

/**
 * @param {string} path
 * @param {Query} query
 */
const list = (path, query) => {
  const given = Object.entries(query).flatMap(([name, value]) => (value === undefined || value === null ? [] : [[name, String(value)]]));
  return json(`${path}?${new URLSearchParams(given)}`);
};

/**
 * A page of tasks: `items` and `next_cursor`.
 * @param {Query} query
 * @returns {Promise<ListPage<Task>>}
 */
export const listTasks = (query) => list("/api/v1/tasks", query);

/**
 * The lists in use, with how many open tasks are in each.
 * @returns {Promise<TaskLists>}
 */
export const listLists = () => json("/api/v1/lists");

/**
 * Adds a list.
 * @param {{ name: string }} list
 * @returns {Promise<TodoList>}
 */
export const addList = (list) => json("/api/v1/lists", { method: "POST", body: list });

/**
 * Adds a task by a line of text. The key makes a second try of the same click harmless.
 * @param {QuickLine} line
 * @param {string} key
 * @returns {Promise<QuickAddOutcome & { task: Task }>}
 */
export const addLine = (line, key) =>
  json("/api/v1/tasks/quick", { method: "POST", body: line, headers: { "idempotency-key": key } });

/**
 * How a line would be read. Nothing is added.
 * @param {QuickLine} line
 * @param {AbortSignal} signal
 * @returns {Promise<QuickAddOutcome>}
 */
export const previewLine = (line, signal) =>
  json("/api/v1/tasks/quick", { method: "POST", body: { ...line, preview: true }, signal });

/**
 * Reads a task as it is now.
 * @param {string} id
 * @returns {Promise<Task>}
 */
export const readTask = (id) => json(`/api/v1/tasks/${id}`);

/**
 * Changes a task by a merge patch (RFC 7396), if it is still as it was seen; else the problem has the status 412.
 * @param {Task} task
 * @param {TaskChanges} changes
 * @returns {Promise<Task>}
 */
export const changeTask = ({ id, version }, changes) =>
  json(`/api/v1/tasks/${id}`, { method: "PATCH", body: changes, headers: { "if-match": `"${version}"` } });

/**
 * How many tasks are open, overdue, due today, and due in so many days after today.
 * @param {number} days
 * @returns {Promise<Overview>}
 */
export const readOverview = (days) => list("/api/v1/overview", { days });

/**
 * Completes or reopens a task.
 * @param {string} id
 * @param {boolean} isDone
 * @returns {Promise<Task>}
 */
export const setDone = (id, isDone) => json(`/api/v1/tasks/${id}/${isDone ? "complete" : "reopen"}`, { method: "POST" });

/**
 * Adds a task; a request with the same key adds it once.
 * @param {{ title: string, parent_id?: string }} task
 * @param {string} key
 * @returns {Promise<Task>}
 */
export const addTask = (task, key) => json("/api/v1/tasks", { method: "POST", body: task, headers: { "Idempotency-Key": key } });

/**
 * Takes back that a task was completed, and all that was completed with it.
 * @param {string} id
 * @returns {Promise<{ tasks: Task[] }>}
 */
export const takeBackDone = (id) => json("/api/v1/tasks/restore", { method: "POST", body: { ids: [id], undo: "completion" } });

/**
 * Deletes a task, if it is still as it was seen; else the problem has the status 412.
 * @param {Task} task
 */
export const deleteTask = ({ id, version }) => call(`/api/v1/tasks/${id}`, { method: "DELETE", headers: { "if-match": `"${version}"` } });

/**
 * Reminders: those that wait stand soonest first, others latest first.
 * @param {Query} query
 * @returns {Promise<{ items: Reminder[] }>}
 */
export const listReminders = (query) => list("/api/v1/reminders", query);

/**
 * Adds a reminder of a task.
 * @param {{ task_id: string, at?: string, before_due_minutes?: number }} reminder
 * @returns {Promise<Reminder>}
 */
export const addReminder = (reminder) => json("/api/v1/reminders", { method: "POST", body: reminder });

/**
 * Takes a reminder away.
 * @param {string} id
 */
export const cancelReminder = (id) => call(`/api/v1/reminders/${id}`, { method: "DELETE" });

/**
 * What was done to tasks, the latest first.
 * @param {number} limit
 * @returns {Promise<{ items: TaskAction[] }>}
 */
export const listActions = (limit) => list("/api/v1/actions", { limit });

/**
 * Takes an action back, or does it again; the one whose turn it is where none is named.
 * @param {"undo" | "redo"} way
 * @param {string} [id]
 * @returns {Promise<TaskAction>}
 */
export const turnAction = (way, id) => json(`/api/v1/actions/${way}`, { method: "POST", body: id ? { id } : {} });

/**
 * Sends a request to the assistant, as `fetch` does.
 * @param {string} path
 * @param {RequestInit} [init]
 */
export const sendToAssistant = (path, init = {}) =>
  sendSigned(path, { ...init, headers: Object.fromEntries(new Headers(init.headers)) });

/**
 * The id of the latest conversation; null where there is none, or none can be had now.
 * @returns {Promise<string | null>}
 */
export async function latestThread() {
  try {
    const page = await json("/chatkit", { method: "POST", body: { type: "threads.list", params: { limit: 1 } } });
    return page.data[0]?.id ?? null;
  } catch {
    // One can talk without it.
    return null;
  }
}
