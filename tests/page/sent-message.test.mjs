// Whether a message arrived whose answer did not, as the conversations say that the server holds.

import assert from "node:assert/strict";
import test from "node:test";

import { findSentMessage } from "../../components/endpoints/web-ui/static/sent-message.js";

const user = (id, text) => ({ id, role: "user", text });
const assistant = (id) => ({ id, role: "assistant", text: "Done." });

/** A server that holds these conversations, by their ids, the latest first. */
function holding(conversations) {
  const answers = {
    "/api/auth/token": { token: "a.b.c" },
    "/api/v1/conversations": { items: Object.keys(conversations).map((id) => ({ id })) },
  };
  for (const [id, messages] of Object.entries(conversations)) answers[`/api/v1/conversations/${id}`] = { messages };
  globalThis.fetch = async (path) => Response.json(answers[path.split("?")[0]]);
}

test("a message that came after the newest one known has arrived", async () => {
  const sent = { text: "add milk", conversation: "one", after: "2", known: [] };
  const before = [user("1", "add milk"), assistant("2")];
  holding({ one: before });
  assert.equal(await findSentMessage(sent), null);
  holding({ one: [...before, user("3", "add milk")] });
  assert.deepEqual(await findSentMessage(sent), { conversation: "one", isAnswered: false });
  holding({ one: [...before, user("3", "add milk"), assistant("4")] });
  assert.deepEqual(await findSentMessage(sent), { conversation: "one", isAnswered: true });
});

test("the newest message that was known is not the one that was sent, even with the same words", async () => {
  holding({ one: [user("1", "add milk")] });
  assert.equal(await findSentMessage({ text: "add milk", conversation: "one", after: "1", known: [] }), null);
});

test("a message that began a conversation is looked for in those that were not known before", async () => {
  const sent = { text: "add milk", conversation: null, after: null, known: ["old"] };
  holding({ old: [user("1", "add milk"), assistant("2")] });
  assert.equal(await findSentMessage(sent), null);
  holding({ other: [user("5", "add bread")], new: [user("3", "add milk"), assistant("4")], old: [user("1", "add milk")] });
  assert.deepEqual(await findSentMessage(sent), { conversation: "new", isAnswered: true });
});
