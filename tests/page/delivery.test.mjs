// An answer that breaks off is read on from its last event, and what a failure means is said.

import assert from "node:assert/strict";
import test from "node:test";

import { DeliveryError, deliver } from "../../components/endpoints/web-ui/static/delivery.js";

const written = (number, name, data) => `event: ${name}\nid: turn.${number}\ndata: ${JSON.stringify(data)}\n\n`;
const BEGUN = written(1, "conversation", { conversation_id: "one" }) + written(2, "delta", { text: "Added " });
const REST = written(3, "delta", { text: "milk." }) + written(4, "done", { message_id: "7", reply: "Added milk." });

/** A stream that breaks after this, or ends. */
function stream(text, breaks) {
  return new Response(new ReadableStream({
    start(sink) {
      sink.enqueue(new TextEncoder().encode(text));
      if (breaks) setTimeout(() => sink.error(new TypeError("network")), 5);
      else sink.close();
    },
  }));
}

/** What a reply shows. */
function shown() {
  const seen = [];
  return { seen, add: (text) => seen.push(text), complete: (text) => seen.push(`= ${text}`) };
}

/** A server that answers these in turn when it is asked for the rest; answers what it was asked. */
function answering(answers) {
  const asked = [];
  globalThis.fetch = async (path, { headers }) => {
    if (path === "/api/auth/token") return Response.json({ token: "a.b.c" });
    asked.push([path, headers["last-event-id"]]);
    const answer = answers.shift();
    if (!answer) throw new TypeError("Failed to fetch");
    return answer();
  };
  return asked;
}

test("wherever it breaks off, the rest is read from the last event on", async () => {
  for (const breaks of [true, false]) {
    const reply = shown();
    const asked = answering([() => { throw new TypeError("Failed to fetch"); }, () => stream(REST, false)]);
    const begun = [];
    const question = await deliver(async () => stream(BEGUN, breaks), new AbortController().signal, reply, (id) => begun.push(id));
    assert.equal(question, null);
    assert.deepEqual(reply.seen, ["Added ", "milk.", "= Added milk."]);
    assert.deepEqual(begun, ["one"]);
    assert.deepEqual(asked, Array(2).fill(["/api/v1/conversations/one/events", "turn.2"]));
  }
});

test("what has not begun is not read on, and what failed is said", async () => {
  const asked = answering([]);
  const signal = new AbortController().signal;
  await assert.rejects(deliver(async () => stream("", false), signal, shown(), () => {}), DeliveryError);
  const error = written(3, "error", { type: "/problems/model-unavailable", detail: "The model is busy." });
  await assert.rejects(
    deliver(async () => stream(BEGUN + error, false), signal, shown(), () => {}),
    { message: "Not answered. The model is busy.", type: "/problems/model-unavailable" },
  );
  assert.deepEqual(asked, []);
});

test("where nothing is being answered there is nothing to show", async () => {
  const reply = shown();
  assert.equal(await deliver(async () => new Response(null, { status: 204 }), new AbortController().signal, reply, () => {}), null);
  assert.deepEqual(reply.seen, []);
});
