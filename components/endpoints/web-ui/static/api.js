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
  const ask = async () => send(path, {
    method,
    signal,
    headers: {
      accept,
      authorization: `Bearer ${await tokenOrLeave()}`,
      "time-zone": Intl.DateTimeFormat().resolvedOptions().timeZone,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  let response = await ask();
  if (response.status === 401) {
    forgetToken();
    response = await ask();
  }
  if (!response.ok) throw await Problem.fromResponse(response);
  return response;
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
 * Conversations, the latest first.
 * @param {Query} query
 * @returns {Promise<ListPage<Conversation>>}
 */
export const listConversations = (query) => list("/api/v1/conversations", query);

/**
 * A conversation with its messages.
 * @param {string} id
 * @returns {Promise<ConversationWithMessages>}
 */
export const readConversation = (id) => json(`/api/v1/conversations/${id}`);

/**
 * Says something; the answer is a stream of events. The key makes a second try of the same message harmless.
 * @param {ChatBody} body
 * @param {string} key
 * @param {AbortSignal} signal
 */
export const chat = (body, key, signal) =>
  call("/api/v1/chat", { method: "POST", body, accept: "text/event-stream", headers: { "idempotency-key": key }, signal });

/**
 * The answer that is on its way in a conversation, as a stream of the events after `lastId`, or of all; 204 where there is none.
 * @param {string} conversation
 * @param {string | null} lastId
 * @param {AbortSignal} signal
 */
export const resumeAnswer = (conversation, lastId, signal) => {
  /** @type {Record<string, string>} */
  const headers = lastId ? { "last-event-id": lastId } : {};
  return call(`/api/v1/conversations/${conversation}/events`, { accept: "text/event-stream", headers, signal });
};

/**
 * Stops the answer that is on its way in a conversation.
 * @param {string} conversation
 */
export const cancelAnswer = (conversation) => call(`/api/v1/conversations/${conversation}/cancel`, { method: "POST" });
