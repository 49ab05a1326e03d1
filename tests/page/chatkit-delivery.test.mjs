// An answer that breaks off is asked for again where that does nothing twice, and is stopped by the request that its server names.

import assert from "node:assert/strict";
import test from "node:test";

import { Client, ChatKitError } from "../../components/endpoints/web-ui/static/chatkit/client.js";
import { AnswerError, ArrivingAnswer } from "../../components/endpoints/web-ui/static/chatkit/delivery.js";

globalThis.document = { baseURI: "https://todo.example/" };
const said = { type: "thread.item.done", item: { id: "m", type: "user_message", content: [] } };
const answer = { type: "thread.item.done", item: { id: "a", type: "assistant_message", content: [] } };
const data = (...events) => events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join("");

/** A stream that breaks after these, or ends. */
function stream(text, { breaks = false, link } = {}) {
  const body = new ReadableStream({
    start(sink) {
      sink.enqueue(new TextEncoder().encode(text));
      if (breaks) setTimeout(() => sink.error(new TypeError("network")), 5);
      else sink.close();
    },
  });
  return new Response(body, { headers: link ? { link } : {} });
}

/** A client whose requests are answered by these in turn; answers what was asked as well. */
function client(...answers) {
  const asked = [];
  const answerNext = async (url, options) => {
    asked.push([url, options]);
    const next = answers.shift();
    if (!next) throw new TypeError("Failed to fetch");
    return next(options);
  };
  return [new Client("/chatkit", answerNext), asked];
}

/** Hears an answer of these; answers the events in their order, what was asked, and the answer itself. */
async function hear(answers, canRepeat = true, during = () => {}) {
  const [server, asked] = client(...answers);
  const arriving = new ArrivingAnswer(server);
  const events = [];
  const ask = (signal) => server.stream("threads.create", { input: {} }, { signal, key: "k" });
  const heard = arriving.hear(ask, canRepeat, (event) => {
    events.push(event);
    during(arriving);
  });
  return [await heard.then(() => null, (error) => error), events, asked];
}

test("wherever it breaks off it is asked for again by the same key, and told from its beginning", async () => {
  for (const breaks of [true, false]) {
    const lost = () => { throw new TypeError("Failed to fetch"); };
    const [error, events, asked] = await hear([() => stream(data(said), { breaks }), lost, () => stream(data(said, answer))]);
    assert.equal(error, null);
    assert.deepEqual(events, [said, said, answer]);
    assert.deepEqual(asked.map(([, { headers }]) => headers["idempotency-key"]), ["k", "k", "k"]);
  }
});

test("what may do something twice is not asked for again, and what has not begun is not either", async () => {
  const [broken, , once] = await hear([() => stream(data(said))], false);
  assert.ok(broken instanceof AnswerError && broken.isWorthRetry);
  assert.equal(once.length, 1);
  const [unsent, , asked] = await hear([]);
  assert.ok(unsent instanceof ChatKitError && !(unsent instanceof AnswerError));
  assert.match(unsent.message, /can’t be reached/);
  assert.equal(asked.length, 1);
});

test("a refusal is said in the server's words, and an error as what it is worth", async () => {
  const problem = { type: "/problems/conversation-locked", title: "Locked", detail: "The thread `t` is locked." };
  const [refused] = await hear([() => Response.json(problem, { status: 409 })]);
  assert.deepEqual([refused.message, refused.status, refused.type], ["The thread t is locked.", 409, problem.type]);
  for (const allow_retry of [true, false]) {
    const [failed] = await hear([() => stream(data(said, { type: "error", message: "The model is busy.", allow_retry }))]);
    assert.deepEqual([failed.message, failed.isWorthRetry], ["The model is busy.", allow_retry]);
  }
});

test("it is stopped by the request that its server names, and else by listening no more", async () => {
  const link = "</api/v1/conversations/t/cancel>; rel=\"cancel\"";
  const stop = (arriving) => arriving.stop();
  const [error, , asked] = await hear([() => stream(data(said, answer), { link }), () => Response.json({})], true, stop);
  assert.equal(error, null);
  assert.deepEqual([asked[1][0], asked[1][1].method], ["https://todo.example/api/v1/conversations/t/cancel", "POST"]);
  const [server, left] = client(() => stream(data(said)), () => stream(data(said)));
  const arriving = new ArrivingAnswer(server);
  const heard = arriving.hear((signal) => server.stream("threads.create", {}, { signal }), true, () => arriving.stop());
  await assert.rejects(heard, { name: "AbortError" });
  assert.equal(left.length, 1);
});
