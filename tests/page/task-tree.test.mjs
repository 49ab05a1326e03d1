// Where subtasks are shown among the rows of the list.

import assert from "node:assert/strict";
import test from "node:test";

import { allBelow, placesOf } from "../../components/endpoints/web-ui/static/task-tree.js";

const task = (id, parent = null, due = null) => ({ id, title: id, parent_id: parent, due, labels: [], version: 1 });
/** Every due time is the name of its group. */
const groupOf = ({ due }) => due ?? "someday";
const shown = (tasks) => placesOf(tasks, groupOf).map(({ task: { id }, level, group }) => `${id} ${level} ${group}`);

test("a subtask stands below its parent, wherever it is sorted", () => {
  const tasks = [task("c", "b"), task("a"), task("b", "a"), task("d"), task("e", "a")];
  assert.deepEqual(shown(tasks), ["a 1 someday", "b 2 someday", "c 3 someday", "e 2 someday", "d 1 someday"]);
});

test("one that is not due stands with its parent, and one that is due elsewhere stands there", () => {
  const tasks = [task("late", "a", "overdue"), task("a", null, "today"), task("b", "a"), task("c", "a", "today")];
  assert.deepEqual(shown(tasks), ["late 1 overdue", "a 1 today", "b 2 today", "c 2 today"]);
  const [late] = placesOf(tasks, groupOf);
  assert.equal(late.parent.id, "a", "and says whose subtask it is");
});

test("a subtask whose parent is not loaded is shown as any other task, and so are two that are below each other", () => {
  assert.deepEqual(shown([task("b", "gone")]), ["b 1 someday"]);
  assert.deepEqual(shown([task("a", "b"), task("b", "a")]).length, 2);
});

test("all that is below a task is found at any depth", () => {
  const tasks = [task("c", "b"), task("a"), task("b", "a"), task("d")];
  assert.deepEqual(allBelow(tasks, "a").map(({ id }) => id), ["b", "c"]);
  assert.deepEqual(allBelow(tasks, "d"), []);
});
