// What each event of a stream makes of a thread.

import assert from "node:assert/strict";
import test from "node:test";

import { answering, emptyThread, endingWith, loadedThread, reduce, withEarlier } from "../../components/endpoints/web-ui/static/chatkit/thread.js";
import { numbers } from "./generated.mjs";

const after = (events, thread = emptyThread()) => events.reduce(reduce, thread);
const said = (id, text = id) => ({ id, type: "user_message", content: [{ type: "input_text", text }] });
const answer = (id, ...texts) => ({ id, type: "assistant_message", content: texts.map((text) => ({ type: "output_text", text, annotations: [] })) });
const done = (item) => ({ type: "thread.item.done", item });
const added = (item) => ({ type: "thread.item.added", item });
const update = (item_id, more) => ({ type: "thread.item.updated", item_id, update: more });
const delta = (item_id, text) => update(item_id, { type: "assistant_message.content_part.text_delta", content_index: 0, delta: text });

test("a thread begins, is named, and its answer grows to what it is in the end", () => {
  const events = [
    { type: "thread.created", thread: { id: "t", status: { type: "active" } } },
    done(said("m", "add milk")),
    { type: "stream_options", stream_options: { allow_cancel: true } },
    { type: "thread.updated", thread: { id: "t", title: "add milk", status: { type: "active" } } },
    { type: "progress_update", text: "Adding", icon: "plus" },
    added(answer("a")),
    update("a", { type: "assistant_message.content_part.added", content_index: 0, content: answer("", "").content[0] }),
    delta("a", "Added "),
    delta("a", "milk."),
  ];
  const progress = after(events.slice(0, 5)).progress;
  assert.deepEqual(progress, { text: "Adding", icon: "plus" });
  const thread = after(events);
  assert.deepEqual([thread.id, thread.title, thread.progress], ["t", "add milk", null]);
  assert.deepEqual(thread.items.map(({ id }) => id), ["m", "a"]);
  assert.equal(thread.items[1].content[0].text, "Added milk.");
  const ended = after([done(answer("a", "Added milk!"))], thread);
  assert.equal(ended.items[1].content[0].text, "Added milk!");
  assert.equal(ended.items.length, 2);
});

test("what is told again changes nothing, and what did not change is the same object", () => {
  const events = [done(said("m")), added(answer("a")), delta("a", "One."), done(answer("a", "One.")), done({ id: "w", type: "widget", widget: { type: "Card", children: [] } })];
  const once = after(events);
  assert.deepEqual(after(events, once), once);
  const other = after([delta("a", " Two.")], once);
  assert.equal(other.items[0], once.items[0]);
  assert.equal(other.items[2], once.items[2]);
  assert.notEqual(other.items[1], once.items[1]);
});

test("items are replaced in their place and removed, and unknown events and items change nothing", () => {
  const thread = after([done(said("m")), done(answer("a", "x")), done(said("n"))]);
  assert.deepEqual(after([{ type: "thread.item.replaced", item: answer("a", "y") }], thread).items.map(({ id }) => id), ["m", "a", "n"]);
  assert.deepEqual(after([{ type: "thread.item.removed", item_id: "a" }], thread).items.map(({ id }) => id), ["m", "n"]);
  for (const event of [{ type: "of.later" }, delta("m", "x"), update("a", { type: "of.later" }), { type: "thread.item.removed", item_id: "z" }, { type: "error", message: "x" }]) {
    assert.deepEqual(after([event], thread), thread, event.type);
  }
});

test("widgets follow their updates, wherever in the tree a component is", () => {
  const text = (id, value) => ({ type: "Text", id, value });
  const widget = { type: "Card", children: [{ type: "Row", children: [text("a", "1")] }, { type: "Transition", children: text("b", "2") }] };
  const thread = after([done({ id: "w", type: "widget", widget })]);
  const shown = (more) => after([update("w", more)], thread).items[0].widget;
  assert.equal(shown({ type: "widget.streaming_text.value_delta", component_id: "a", delta: "0", done: false }).children[0].children[0].value, "10");
  assert.equal(shown({ type: "widget.component.updated", component_id: "b", component: text("b", "new") }).children[1].children.value, "new");
  assert.deepEqual(shown({ type: "widget.root.updated", widget: text("c", "3") }), text("c", "3"));
});

test("a thread that is read shows its latest items, and earlier ones in front of them", () => {
  const page = (ids, has_more) => ({ data: ids.map((id) => said(id)), has_more, after: has_more ? ids.at(-1) : undefined });
  const read = loadedThread({ id: "t", title: "x" }, page(["d", "c"], true));
  assert.deepEqual([read.items.map(({ id }) => id), read.earlier, read.title], [["c", "d"], "c", "x"]);
  // One came twice, since something was said meanwhile.
  const more = withEarlier(read, page(["c", "b", "a"], false));
  assert.deepEqual([more.items.map(({ id }) => id), more.earlier], [["a", "b", "c", "d"], null]);
  assert.deepEqual(endingWith(more, "b").items.map(({ id }) => id), ["a", "b"]);
  assert.equal(endingWith(more, "z"), more);
});

test("an answer that is on its way is heard, and one that came meanwhile is not asked for again", () => {
  const thread = { id: "t", metadata: { answering: "m" } };
  const question = (status) => ({ id: "q", type: "structured_input", status, inputs: [] });
  assert.equal(answering(thread, [said("m")]), "m");
  assert.equal(answering(thread, [said("m"), answer("a", "x")]), null);
  assert.equal(answering({ id: "t", metadata: {} }, [said("m")]), null);
  assert.equal(answering({ id: "t" }, []), null);
  // A yes is no item of the thread: the question that it answers is the last one.
  assert.equal(answering(thread, [answer("a", "x"), question("answered")]), "m");
  assert.equal(answering(thread, [answer("a", "x"), question("pending")]), null);
});

test("however deltas are cut, the text is what was said", () => {
  const number = numbers(3);
  for (let made = 0; made < 200; made += 1) {
    const text = Array.from({ length: 1 + number(40) }, () => "abc 💚\n"[number(6)]).join("");
    const events = [added(answer("a"))];
    for (let from = 0; from < text.length;) {
      const size = 1 + number(5);
      events.push(delta("a", text.slice(from, from + size)));
      from += size;
    }
    assert.equal(after(events).items[0].content[0].text, text);
  }
});
