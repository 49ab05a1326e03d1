// A thread as a page knows it, and what each event of a stream makes of it. Nothing is changed in place: what is the same object
// looks the same.

import { updateItem } from "./item-updates.js";

/**
 * A thread that has not begun.
 * @returns {ThreadState}
 */
export const emptyThread = () => ({ id: null, title: null, status: { type: "active" }, items: [], earlier: null, progress: null, notices: [] });

/**
 * A thread that was read: what it is, and its latest items, the last one first.
 * @param {ChatKitThread} thread
 * @param {ItemsPage} page
 * @returns {ThreadState}
 */
export const loadedThread = (thread, page) => ({
  ...described(emptyThread(), thread),
  items: page.data.toReversed(),
  earlier: page.has_more ? (page.after ?? page.data.at(-1)?.id ?? null) : null,
});

/**
 * The same with a page of earlier items, the last one first.
 * @param {ThreadState} state
 * @param {ItemsPage} page
 * @returns {ThreadState}
 */
export function withEarlier(state, page) {
  const known = new Set(state.items.map(({ id }) => id));
  const items = page.data.toReversed().filter(({ id }) => !known.has(id));
  return { ...state, items: [...items, ...state.items], earlier: page.has_more ? (page.after ?? items[0]?.id ?? null) : null };
}

/**
 * The thread after an event. What is about no item changes nothing: effects and errors are told elsewhere.
 * @param {ThreadState} state
 * @param {ThreadStreamEvent} event
 * @returns {ThreadState}
 */
export function reduce(state, event) {
  switch (event.type) {
    case "thread.created":
    case "thread.updated":
      return described(state, event.thread);
    case "thread.item.added":
    case "thread.item.done":
    case "thread.item.replaced":
      return { ...state, items: put(state.items, event.item), progress: null };
    case "thread.item.updated":
      return { ...state, items: change(state.items, event.item_id, (item) => updateItem(item, event.update)), progress: null };
    case "thread.item.removed":
      return { ...state, items: state.items.filter(({ id }) => id !== event.item_id) };
    case "progress_update":
      return { ...state, progress: { text: event.text, icon: event.icon ?? null } };
    case "notice":
      return { ...state, notices: [...state.notices, { level: event.level, title: event.title ?? null, message: event.message }] };
    default:
      return state;
  }
}

/**
 * Without what came after a message, which is answered once more.
 * @param {ThreadState} state
 * @param {string} id
 * @returns {ThreadState}
 */
export function endingWith(state, id) {
  const place = state.items.findIndex((item) => item.id === id);
  return place < 0 ? state : { ...state, items: state.items.slice(0, place + 1) };
}

/**
 * @param {ThreadState} state
 * @param {ChatKitThread} thread
 * @returns {ThreadState}
 */
const described = (state, { id, title, status }) => ({ ...state, id, title: title ?? state.title, status: status ?? { type: "active" } });

/**
 * With an item at its place, or at the end where it is new.
 * @param {ThreadItem[]} items
 * @param {ThreadItem} item
 */
const put = (items, item) => (items.some(({ id }) => id === item.id) ? change(items, item.id, () => item) : [...items, item]);

/**
 * @param {ThreadItem[]} items
 * @param {string} id
 * @param {(item: ThreadItem) => ThreadItem} changed
 */
const change = (items, id, changed) => items.map((item) => (item.id === id ? changed(item) : item));

/**
 * The message that is being answered in a thread that was read: its answer can be heard from its beginning. The server names it in
 * the thread's metadata. What was answered between two requests is not asked for again: that would be another answer.
 * @param {ChatKitThread} thread
 * @param {ThreadItem[]} items
 * @returns {string | null}
 */
export function answering({ metadata }, items) {
  const named = metadata?.answering;
  const last = items.at(-1);
  if (typeof named !== "string" || !last) return null;
  const isAnswer = last.type === "structured_input" && last.status !== "pending";
  return last.id === named || isAnswer ? named : null;
}
