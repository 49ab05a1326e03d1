// The keys that take back and do again, and what is said of an action.

import assert from "node:assert/strict";
import test from "node:test";

import { stateOf } from "../../components/endpoints/web-ui/static/elsewhere.js";
import { actionWords, wayOf } from "../../components/endpoints/web-ui/static/undo.js";

const pressed = (key, more = {}) => wayOf({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more });

test("z and Ctrl-Z take back, with Shift they do again", () => {
  assert.equal(pressed("z"), "undo");
  assert.equal(pressed("z", { ctrlKey: true }), "undo");
  assert.equal(pressed("z", { metaKey: true }), "undo");
  assert.equal(pressed("Z", { shiftKey: true }), "redo");
  assert.equal(pressed("Z", { shiftKey: true, ctrlKey: true }), "redo");
  assert.equal(pressed("z", { altKey: true }), null);
  assert.equal(pressed("y"), null);
});

test("an action is told by its first task and how many more", () => {
  const action = (kind, count, ...titles) => ({ kind, count, tasks: titles.map((title) => ({ id: title, title })) });
  assert.equal(actionWords(action("completed", 1, "Milk")), "Completed Milk");
  assert.equal(actionWords(action("deleted", 1200, "Milk", "Tea")), "Deleted Milk and 1,199 more");
  assert.equal(actionWords(action("updated", 3)), "Changed 3 tasks");
});

test("what is done, taken back or done again is something new", () => {
  assert.equal(stateOf([]), "");
  assert.notEqual(stateOf([{ id: "a", undone: false }]), stateOf([{ id: "a", undone: true }]));
  assert.notEqual(stateOf([{ id: "a", undone: false }]), stateOf([{ id: "b", undone: false }]));
  assert.equal(stateOf([{ id: "a", undone: false }, { id: "b", undone: true }]), stateOf([{ id: "a", undone: false }]));
});
