// How tasks look. A row stays the same element as long as its task is listed, so that a refresh moves nothing.

import { createElement } from "./dom.js";
import { dueWords, groupOf } from "./due.js";
import { placesOf } from "./task-tree.js";

/** @type {[TaskGroup, string][]} */
const GROUPS = [
  ["overdue", "Overdue"],
  ["today", "Today"],
  ["tomorrow", "Tomorrow"],
  ["week", "Next 7 days"],
  ["later", "Later"],
  ["someday", "No date"],
];

/** A task further down can't have subtasks. */
const MAX_LEVELS = 5;

/** The rows of the list. */
export class TaskView {
  #place;
  #handlers;
  /** @type {Map<string, Row>} */
  #rows = new Map();
  #groups = new Map();

  /**
   * Rows are put into `place`; `onToggle` gets a task and whether it is done, `onOpen` a task.
   * @param {HTMLElement} place
   * @param {TaskHandlers} handlers
   */
  constructor(place, handlers) {
    this.#place = place;
    this.#handlers = handlers;
  }

  /**
   * Shows open tasks below headings by due day, with the words of `countOf`, or done ones as they come.
   * @param {{ tasks: Task[], isDone: boolean, fresh: Set<string>, countOf?: CountOf }} shown
   */
  draw({ tasks, isDone, fresh, countOf }) {
    // Whoever was on a task with the keyboard stays on it.
    const focused = document.activeElement;
    const rows = new Map(tasks.map((task) => [task.id, this.#rows.get(task.id) ?? new Row(task, this.#handlers)]));
    this.#rows = rows;
    const now = new Date();
    /** @type {TaskPlace[]} */
    const places = isDone
      ? tasks.map((task) => ({ task, level: 1, group: "someday", parent: null }))
      : placesOf(tasks, (task) => groupOf(task, now));
    const elements = (/** @type {TaskPlace[]} */ members) => members.flatMap((place) => rows.get(place.task.id)?.update(place, fresh.has(place.task.id)) ?? []);
    /** @type {[key: TaskGroup | "done", title: string | null, members: TaskPlace[]][]} */
    const groups = isDone
      ? [["done", null, places]]
      : GROUPS.map(([key, title]) => [key, title, places.filter(({ group }) => group === key)]);
    arrange(this.#place, groups.filter(([, , members]) => members.length > 0).map(([key, title, members]) => {
      const group = this.#group(key, title);
      if (key !== "done") group.count.textContent = countOf?.(key, tasks.filter((task) => groupOf(task, now) === key)) ?? "";
      arrange(group.list, elements(members));
      return group.section;
    }));
    if (focused instanceof HTMLElement && focused.isConnected && document.activeElement !== focused && this.#place.contains(focused)) {
      focused.focus({ preventScroll: true });
    }
  }

  /**
   * Brings a task into sight.
   * @param {string} id
   */
  reveal(id) {
    this.#rows.get(id)?.element.scrollIntoView({ block: "nearest" });
  }

  /**
   * @param {string} key
   * @param {string | null} title
   */
  #group(key, title) {
    let group = this.#groups.get(key);
    if (!group) {
      const count = createElement("span");
      const heading = title ? [createElement("h3", { class: `group-title ${key}` }, title, count)] : [];
      const list = createElement("ul");
      group = { section: createElement("section", {}, ...heading, list), list, count };
      this.#groups.set(key, group);
    }
    return group;
  }
}

/**
 * Makes these the children of an element; those that are in their place are not touched.
 * @param {Element} parent
 * @param {Element[]} children
 */
function arrange(parent, children) {
  const wanted = new Set(children);
  for (const child of [...parent.children]) {
    if (!wanted.has(child)) child.remove();
  }
  let next = parent.firstElementChild;
  for (const child of children) {
    if (child === next) next = next.nextElementSibling;
    else parent.insertBefore(child, next);
  }
}

/** One task. */
class Row {
  /** @type {Task} */
  #task;
  #box;
  #title;
  #add;
  #facts = createElement("p", { class: "facts" });

  /**
   * @param {Task} task
   * @param {TaskHandlers} handlers
   */
  constructor(task, { onToggle, onOpen, onAddSubtask }) {
    const { id } = task;
    this.#task = task;
    this.#box = createElement("input", { type: "checkbox", id: `task-${id}`, "aria-labelledby": `title-${id}` });
    this.#title = createElement("button", { type: "button", class: "title", id: `title-${id}`, dir: "auto", "aria-haspopup": "dialog" });
    this.#box.addEventListener("change", () => onToggle(this.#task, this.#box.checked));
    this.#title.addEventListener("click", () => onOpen(this.#task));
    this.#add = createElement("button", { type: "button", class: "add-subtask", id: `add-below-${id}`, "aria-expanded": "false" }, "+");
    this.#add.addEventListener("click", () => onAddSubtask(this.#task, this.element, this.#add));
    this.element = createElement("li", { class: "task" }, this.#box, this.#title, this.#add, this.#facts);
  }

  /**
   * Shows the task as it is now, at its level; answers the element.
   * @param {TaskPlace} place
   * @param {boolean} isFresh
   */
  update({ task, level, parent }, isFresh) {
    this.#task = task;
    const isDone = Boolean(task.completed_at);
    this.#box.checked = isDone;
    if (this.#title.textContent !== task.title) this.#title.textContent = task.title;
    this.#facts.replaceChildren(...facts(task, isDone, parent));
    this.#add.hidden = isDone || level >= MAX_LEVELS;
    this.#add.setAttribute("aria-label", `Add a subtask to ${task.title}`);
    this.element.dataset.level = String(level);
    this.element.classList.toggle("done", isDone);
    this.element.classList.toggle("fresh", isFresh);
    return this.element;
  }
}

/**
 * @param {Task} task
 * @param {boolean} isDone
 * @param {Task | null} parent
 */
function facts(task, isDone, parent) {
  const parts = [];
  if (parent) parts.push(createElement("span", { class: "below", dir: "auto" }, `below ${parent.title}`));
  else if (task.parent_id) parts.push(createElement("span", { class: "below" }, "subtask"));
  if (task.subtasks) {
    const { open, completed } = task.subtasks;
    parts.push(createElement("span", { class: "progress" }, `${completed} of ${open + completed} done`));
  }
  if (task.due) {
    const group = isDone ? "" : groupOf(task);
    const unseen = group === "overdue" ? [createElement("span", { class: "unseen" }, "overdue, ")] : [];
    parts.push(createElement("span", { class: `due ${group}` }, ...unseen, dueWords(task.due)));
  }
  if (task.recurrence) parts.push(createElement("span", { class: "recurrence" }, task.recurrence.words));
  if (task.priority === "urgent" || task.priority === "high") {
    parts.push(createElement("span", { class: `priority ${task.priority}` }, `${task.priority} priority`));
  }
  if (task.priority === "low") parts.push(createElement("span", { class: "priority" }, "low priority"));
  parts.push(...task.labels.map((label) => createElement("span", { class: "label", dir: "auto" }, `#${label}`)));
  if (task.list) parts.push(createElement("span", { class: "in-list", dir: "auto" }, task.list));
  if (task.notes) parts.push(createElement("span", {}, "has notes"));
  return parts;
}
