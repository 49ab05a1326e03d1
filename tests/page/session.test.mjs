// A conversation: what is sent and comes back, and what goes wrong in between.

import assert from "node:assert/strict";
import test from "node:test";

import { Client } from "../../components/endpoints/web-ui/static/chatkit/client.js";
import { Session } from "../../components/endpoints/web-ui/static/chatkit/session.js";

globalThis.document = { baseURI: "https://todo.example/" };
const thread = { id: "t", title: "add milk", status: { type: "active" } };
const message = (id, text) => ({ id, thread_id: "t", type: "user_message", content: [{ type: "input_text", text }] });
const answer = (id, text) => ({ id, thread_id: "t", type: "assistant_message", content: [{ type: "output_text", text, annotations: [] }] });
const done = (item) => ({ type: "thread.item.done", item });
const stream = (...events) => new Response(events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(""));
const input = (text) => ({ content: [{ type: "input_text", text }], attachments: [], inference_options: {} });

/** A session whose server answers each request by a function of its body; answers what was asked and told as well. */
function session(serve) {
  const asked = [];
  const told = [];
  const sent = [];
  const client = new Client("/chatkit", async (_, { body, headers, signal }) => {
    const request = JSON.parse(body);
    asked.push({ ...request, key: headers["idempotency-key"] });
    return serve(request, asked.length, signal);
  });
  const talk = new Session(client, {
    onChange: () => {},
    onSent: (id) => sent.push(id),
    emit: (name) => told.push(name),
    runTool: async (name, params) => ({ name, params }),
  });
  return { talk, asked, told, sent };
}

test("a message begins a thread, is answered, and is told of", async () => {
  const { talk, asked, told, sent } = session(() => stream({ type: "thread.created", thread }, done(message("m", "add milk")), done(answer("a", "Added."))));
  const sending = talk.send(input("add milk"), []);
  assert.equal(talk.state.pending.item.content[0].text, "add milk");
  assert.throws(() => talk.send(input("more"), []), /still being answered/);
  await sending;
  assert.deepEqual([talk.state.pending, talk.state.isBusy, talk.state.failure], [null, false, null]);
  assert.deepEqual(talk.state.thread.items.map(({ id }) => id), ["m", "a"]);
  assert.deepEqual(told, ["response.start", "thread.change", "response.end"]);
  assert.deepEqual(sent, ["t", "t"]);
  assert.equal(asked[0].type, "threads.create");
});

test("what was not sent keeps its words and is sent again by the same key", async () => {
  const { talk, asked } = session((_, count) => {
    if (count < 3) throw new TypeError("Failed to fetch");
    return stream({ type: "thread.created", thread }, done(message("m", "add milk")), done(answer("a", "Added.")));
  });
  await talk.send(input("add milk"), []);
  await talk.state.failure.again();
  assert.match(talk.state.failure.sentence, /^Not sent\. The server can’t be reached/);
  assert.equal(talk.state.pending.item.content[0].text, "add milk");
  await talk.state.failure.again();
  assert.deepEqual([talk.state.failure, talk.state.thread.items.length], [null, 2]);
  assert.equal(new Set(asked.map(({ key }) => key)).size, 1);
});

test("what was taken and not answered is shown once, and answered by the same key", async () => {
  const { talk, asked } = session((_, count) => {
    const begun = [{ type: "thread.created", thread }, done(message("m", "add milk"))];
    return count === 1 ? stream(...begun, { type: "error", message: "The model is busy.", allow_retry: true }) : stream(...begun, done(answer("a", "Added.")));
  });
  await talk.send(input("add milk"), []);
  assert.deepEqual([talk.state.failure.itemId, talk.state.failure.sentence], ["m", "Not answered. The model is busy."]);
  const again = talk.state.failure.again();
  assert.equal(talk.state.thread.items.length, 0);
  await again;
  assert.deepEqual(talk.state.thread.items.map(({ id }) => id), ["m", "a"]);
  assert.equal(asked[0].key, asked[1].key);
});

test("what is stopped before anybody took it keeps its words", async () => {
  const { talk } = session((_, count, signal) => new Promise((_resolve, reject) => { signal.addEventListener("abort", () => reject(signal.reason)); }));
  const sending = talk.send(input("add milk"), []);
  // Nobody knows yet by what it is stopped: the second time nobody waits for that.
  talk.stop();
  talk.stop();
  await sending;
  assert.deepEqual([talk.state.isBusy, talk.state.failure.sentence, talk.state.pending.item.content[0].text], [false, "Stopped.", "add milk"]);
});

test("a question is answered once whatever happens to the answer, and others are passed over by the next message", async () => {
  const question = (status) => ({ id: "q", thread_id: "t", type: "structured_input", status, inputs: [] });
  const { talk, asked } = session(({ type }, count) => {
    if (type === "threads.create") return stream({ type: "thread.created", thread }, done(message("m", "delete milk")), done(question("pending")));
    if (type === "threads.add_user_message") return stream(done(message("n", "no")), done(answer("b", "Kept.")));
    if (count === 2) throw new TypeError("Failed to fetch");
    return stream({ type: "thread.item.replaced", item: question("answered") }, done(answer("a", "Gone.")));
  });
  await talk.send(input("delete milk"), []);
  const submission = { status: "answered", answers: { confirm: { values: ["Delete"] } } };
  await talk.answer(talk.state.thread.items[1], submission);
  assert.deepEqual([talk.state.failure.itemId, talk.state.failure.again, talk.state.thread.items[1].status], ["q", null, "pending"]);
  await talk.answer(talk.state.thread.items[1], submission);
  assert.equal(talk.state.thread.items[1].status, "answered");
  assert.equal(asked[1].key, asked[2].key);
  talk.state.thread.items[1] = question("pending");
  await talk.send(input("no"), []);
  assert.equal(talk.state.thread.items[1].status, "skipped");
});

test("a thread that is read in the middle of its answer is heard to its end, and one that failed offers a retry", async () => {
  const read = ({ type }, metadata) => {
    if (type === "threads.get_by_id") return Response.json({ ...thread, metadata });
    if (type === "items.list") return Response.json({ data: [message("m", "add milk")], has_more: false });
    return stream(done(answer("a", "Added.")));
  };
  const running = session((request) => read(request, { answering: "m" }));
  await running.talk.open("t");
  await new Promise((resolve) => { setTimeout(resolve, 20); });
  assert.deepEqual(running.talk.state.thread.items.map(({ id }) => id), ["m", "a"]);
  assert.equal(running.asked.at(-1).type, "threads.retry_after_item");
  const failed = session((request) => read(request, {}));
  await failed.talk.open("t");
  assert.deepEqual([failed.asked.length, failed.talk.state.failure.itemId], [2, "m"]);
  failed.talk.state.failure.again();
  await new Promise((resolve) => { setTimeout(resolve, 20); });
  assert.equal(failed.talk.state.thread.items.length, 2);
});

test("a thread that is not there is left, and one that can't be read now is read again", async () => {
  const gone = session(() => Response.json({ detail: "No such thread." }, { status: 404 }));
  await gone.talk.open("t");
  assert.equal(gone.talk.state.thread.id, null);
  const away = session(() => { throw new TypeError("Failed to fetch"); });
  await away.talk.open("t");
  assert.deepEqual([away.talk.state.thread.id, typeof away.talk.state.failure.again], ["t", "function"]);
});

test("an action is answered at once while the assistant speaks, and its widget follows", async () => {
  const widget = (value) => ({ id: "w", thread_id: "t", type: "widget", widget: { type: "Text", value } });
  const { talk, asked, sent } = session(({ type }) => (type === "threads.create"
    ? stream({ type: "thread.created", thread }, done(message("m", "list")), done(widget("open")))
    : Response.json({ updated_item: widget("done") })));
  await talk.send(input("list"), []);
  await talk.act({ type: "task.complete", payload: { id: "1" }, streaming: false }, "w");
  assert.equal(talk.state.thread.items[1].widget.value, "done");
  assert.deepEqual(asked[1].params, { thread_id: "t", item_id: "w", action: { type: "task.complete", payload: { id: "1" } } });
  assert.equal(sent.length, 3);
});

test("a tool of the page is run when the thread waits for it", async () => {
  const call = { id: "c", thread_id: "t", type: "client_tool_call", name: "where", arguments: { a: 1 }, status: "pending" };
  const { talk, asked } = session(({ type }) => (type === "threads.create"
    ? stream({ type: "thread.created", thread }, done(message("m", "x")), done(call))
    : stream(done({ ...call, status: "completed" }), done(answer("a", "There.")))));
  await talk.send(input("x"), []);
  assert.deepEqual(asked[1].params, { thread_id: "t", result: { name: "where", params: { a: 1 } } });
  assert.equal(talk.state.thread.items.at(-1).id, "a");
});
