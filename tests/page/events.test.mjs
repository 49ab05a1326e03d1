// Server-sent events (HTML standard, section 9.2), however they are written and however the network cuts them.

import assert from "node:assert/strict";
import test from "node:test";

import { eventReader, events } from "../../components/endpoints/web-ui/static/events.js";
import { numbers, one, some } from "./generated.mjs";

const ENDS = ["\n", "\r\n", "\r"];
const TEXTS = ["", "one", "grün 💚", "a\nb", "\r\n", ": colon", "event: done", "\u2028"];

/** One event as a server may write it: what else a stream holds comes between its lines. */
function written(number, { name, data }) {
  const end = one(number, ENDS);
  const lines = [`event:${one(number, ["", " "])}${name}`];
  // JSON may be broken wherever it has white space.
  for (const part of JSON.stringify(data, null, 1).split("\n")) lines.push(`data: ${part}`);
  const between = some(number, [": a comment", "id: 7", "retry: 3", "unknown", "other: x"], 2);
  return [...between, ...lines, "", ""].join(end) + one(number, ["", ": ping\n\n", "\n"]);
}

/** An answer that comes in pieces of up to so many bytes. */
function inPieces(number, bytes, most) {
  let from = 0;
  return new Response(new ReadableStream({
    pull(sink) {
      if (from >= bytes.length) return sink.close();
      const to = from + 1 + number(most);
      sink.enqueue(bytes.slice(from, to));
      from = to;
    },
  }));
}

async function all(response) {
  const found = [];
  for await (const event of events(response)) found.push(event);
  return found;
}

test("what a server wrote is what is read, in a thousand streams", async () => {
  const number = numbers(3);
  for (let made = 0; made < 1_000; made += 1) {
    const sent = Array.from({ length: number(6) }, () => ({
      name: one(number, ["delta", "done", "tool_call"]),
      data: { text: one(number, TEXTS), list: some(number, TEXTS, 3) },
    }));
    const bytes = new TextEncoder().encode(sent.map((event) => written(number, event)).join(""));
    assert.deepEqual(await all(inPieces(number, bytes, one(number, [1, 7, 1_000]))), sent);
  }
});

test("an event that is cut off is none", async () => {
  assert.deepEqual(await all(new Response('event: delta\ndata: {"a":1}\n\nevent: done\ndata: {"b":2}\n')), [{ name: "delta", data: { a: 1 } }]);
});

test("an answer without a body has no events", async () => {
  assert.deepEqual(await all(new Response(null)), []);
});

test("whoever stops listening stops the answer", async () => {
  let isStopped = false;
  const body = new ReadableStream({
    pull: (sink) => sink.enqueue(new TextEncoder().encode("data: 1\n\n")),
    cancel: () => { isStopped = true; },
  });
  for await (const event of events(new Response(body))) {
    assert.equal(event.data, 1);
    break;
  }
  await new Promise((done) => setTimeout(done));
  assert.ok(isStopped);
});

test("an event without a name is a message, and one without data none", () => {
  const take = eventReader();
  assert.deepEqual(["data: 1", "", "event: x", "", "data:2", ""].map(take).filter(Boolean), [
    { name: "message", data: 1 },
    { name: "message", data: 2 },
  ]);
});
