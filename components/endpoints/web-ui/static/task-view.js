// How tasks look.

import { make } from "./dom.js";
import { dueWords, groupOf } from "./due.js";

const GROUPS = [
  ["overdue", "Overdue"],
  ["today", "Today"],
  ["tomorrow", "Tomorrow"],
  ["week", "Next 7 days"],
  ["later", "Later"],
  ["someday", "No date"],
];

/** Open tasks below headings by due day, or done ones as they come. `onToggle` gets a task and its checkbox. */
export function taskGroups(tasks, isDone, fresh, onToggle) {
  const list = (items) => make("ul", {}, ...items.map((task) => item(task, fresh.has(task.id), onToggle)));
  if (isDone) return [list(tasks)];
  const now = new Date();
  return GROUPS.flatMap(([key, title]) => {
    const members = tasks.filter((task) => groupOf(task, now) === key);
    if (members.length === 0) return [];
    const heading = make("h3", { class: `group-title ${key}` }, title, make("span", {}, String(members.length)));
    return [make("section", {}, heading, list(members))];
  });
}

function item(task, isFresh, onToggle) {
  const isDone = task.completed_at !== null && task.completed_at !== undefined;
  const id = `task-${task.id}`;
  const box = make("input", { type: "checkbox", id, checked: isDone });
  box.addEventListener("change", () => onToggle(task, box));
  const name = make("label", { for: id, title: task.notes ?? "" }, task.title);
  return make("li", { class: `task${isDone ? " done" : ""}${isFresh ? " fresh" : ""}` }, box, name, facts(task, isDone));
}

function facts(task, isDone) {
  const parts = [];
  if (task.due) {
    const group = isDone ? "" : groupOf(task);
    const unseen = group === "overdue" ? [make("span", { class: "unseen" }, "overdue, ")] : [];
    parts.push(make("span", { class: `due ${group}` }, ...unseen, dueWords(task.due)));
  }
  if (task.priority === "urgent" || task.priority === "high") {
    parts.push(make("span", { class: `priority ${task.priority}` }, `${task.priority} priority`));
  }
  if (task.priority === "low") parts.push(make("span", { class: "priority" }, "low priority"));
  parts.push(...task.labels.map((label) => make("span", { class: "label" }, `#${label}`)));
  return make("p", { class: "facts" }, ...parts);
}
