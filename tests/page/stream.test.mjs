// A stream is read however the network cuts it.

import assert from "node:assert/strict";
import test from "node:test";

import { events } from "../../components/endpoints/web-ui/static/chatkit/stream.js";
import { numbers, one } from "./generated.mjs";

/** The events of an answer that comes in these pieces. */
async function read(pieces) {
  const body = new ReadableStream({
    start(sink) {
      for (const piece of pieces) sink.enqueue(piece);
      sink.close();
    },
  });
  const found = [];
  for await (const event of events(new Response(body))) found.push(event);
  return found;
}

const told = [{ type: "progress_update", text: "grün 💚" }, { type: "client_effect", name: "x", data: { a: 1 } }, { type: "notice", level: "info", message: "line\nline" }];

test("events are the same wherever the bytes are cut and whatever ends a line", async () => {
  const number = numbers(7);
  for (let made = 0; made < 300; made += 1) {
    const end = one(number, ["\n", "\r\n", "\r"]);
    const text = told.map((event) => `${one(number, ["", `: ping${end}${end}`])}data: ${JSON.stringify(event)}${end}${end}`).join("");
    const bytes = new TextEncoder().encode(text);
    const pieces = [];
    for (let from = 0; from < bytes.length;) {
      const size = 1 + number(9);
      pieces.push(bytes.slice(from, from + size));
      from += size;
    }
    assert.deepEqual(await read(pieces), told, JSON.stringify(text));
  }
});

test("what is no event of the protocol is passed over, and one that is cut off is none", async () => {
  const text = "event: x\nid: 7\ndata: {\"type\":\"a\"}\n\ndata: [DONE]\n\ndata: 7\n\ndata:{\"type\":\ndata: \"b\"}\n\ndata: {\"type\":\"c\"}";
  assert.deepEqual(await read([new TextEncoder().encode(text)]), [{ type: "a" }, { type: "b" }]);
});

test("an answer without a body has no events", async () => {
  const found = [];
  for await (const event of events(new Response(null, { status: 204 }))) found.push(event);
  assert.deepEqual(found, []);
});
