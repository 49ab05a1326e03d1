// What the chips of a reply say.

import assert from "node:assert/strict";
import test from "node:test";

import { standIn, text } from "./document.mjs";
import { numbers, one } from "./generated.mjs";

standIn();
const { Steps } = await import("../../components/endpoints/web-ui/static/steps.js");

const ADD = { running: "Adding {tasks}", done: "Added {tasks}" };
const DELETE = { running: "Deleting {tasks}", done: "Deleted {tasks}" };

/** The chips of a reply in which this happened. */
function chips(happened) {
  const place = document.createElement("div");
  happened(new Steps(place));
  return place.children.flatMap(({ children }) => children).map((chip) => `${chip.className}: ${text(chip.children)}`);
}

test("calls told in the same words are one chip, which counts them", () => {
  const twice = chips((steps) => {
    for (const id of ["1", "2"]) steps.begin(id, "add_task", ADD);
    steps.end("1", false, null);
  });
  assert.deepEqual(twice, ["step done: Added a task", "step running: Adding a task"]);
});

test("a tool for many says how many once it has answered", () => {
  const running = chips((steps) => steps.begin("1", "delete_tasks", DELETE));
  assert.deepEqual(running, ["step running: Deleting tasks"]);
  const done = chips((steps) => {
    steps.begin("1", "delete_tasks", DELETE);
    steps.end("1", false, { count: 1_234 });
  });
  assert.deepEqual(done, ["step done: Deleted 1,234 tasks"]);
});

test("a dry run has only looked", () => {
  const looked = chips((steps) => {
    steps.begin("1", "delete_tasks", DELETE);
    steps.end("1", false, { dry_run: true, count: 3 });
  });
  assert.deepEqual(looked, ["step done: Looked at your tasks"]);
});

test("a tool without words is told by its name", () => {
  assert.deepEqual(chips((steps) => steps.begin("1", "water_plants")), ["step running: water plants"]);
});

test("an answer to no call changes nothing", () => {
  assert.deepEqual(chips((steps) => steps.end("1", false, null)), []);
});

test("however calls and answers are mixed, every call is in exactly one count", () => {
  const number = numbers(4);
  for (let made = 0; made < 500; made += 1) {
    const calls = Array.from({ length: 1 + number(8) }, (_, at) => ({ id: `call_${at}`, end: one(number, ["running", "done", "failed"]) }));
    const found = chips((steps) => {
      for (const { id } of calls) steps.begin(id, "add_task", ADD);
      for (const { id, end } of calls.toSorted(() => number(3) - 1)) if (end !== "running") steps.end(id, end === "failed", null);
    });
    const count = (kind) => calls.filter(({ end }) => end === kind).length;
    const told = (kind) => {
      const chip = found.find((words) => words.startsWith(`step ${kind}: `));
      return chip ? Number(chip.match(/\d+/)?.[0] ?? 1) : 0;
    };
    for (const kind of ["running", "done", "failed"]) assert.equal(told(kind), count(kind), JSON.stringify(calls));
  }
});
