// What has become of a message whose answer did not arrive. A message has no idempotency key, so before it is sent a second
// time, the conversation is asked whether it arrived the first time.

import { listConversations, readConversation } from "./api.js";

/**
 * The conversation that took a message, and whether it is answered there; null when it did not arrive.
 *
 * `conversation` is where it was sent, and `after` the id of the newest message there that was known before. For a message
 * that began a conversation, `conversation` is null and `known` has the ids of those that were known before.
 * @param {TypedMessage} message
 */
export async function findSentMessage({ text, conversation, after, known }) {
  if (conversation) {
    const { messages } = await readConversation(conversation);
    const later = messages.slice(messages.findIndex(({ id }) => id === after) + 1);
    return found(conversation, later, later.findLastIndex((message) => isSame(message, text)));
  }
  const { items } = await listConversations({ limit: 5 });
  for (const { id } of items.filter((item) => !known.includes(item.id))) {
    const { messages } = await readConversation(id);
    if (messages.length > 0 && isSame(messages[0], text)) return found(id, messages, 0);
  }
  return null;
}

/**
 * @param {Message} message
 * @param {string} text
 */
const isSame = (message, text) => message.role === "user" && message.text === text;

/**
 * @param {string} conversation
 * @param {Message[]} messages
 * @param {number} place
 */
function found(conversation, messages, place) {
  if (place < 0) return null;
  return { conversation, isAnswered: messages[place + 1]?.role === "assistant" };
}
