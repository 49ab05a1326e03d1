// One message on its way: what the server's events mean, and what a failure means for sending it again.

import { Problem } from "./access.js";
import { chat } from "./api.js";
import { events } from "./events.js";

const BUSY = "The message before this one is still being answered. Wait a moment.";

/** Why a message has no answer. */
export class DeliveryError extends Error {
  /**
   * The sentence says what happened; `isDoubtful`: it may have arrived all the same, so look before it is sent again.
   * @param {string} sentence
   * @param {boolean} isDoubtful
   * @param {string | null} [type]
   */
  constructor(sentence, isDoubtful, type = null) {
    super(sentence);
    this.isDoubtful = isDoubtful;
    this.type = type;
  }
}

/**
 * Sends a message and shows the answer in `reply` while it arrives; answers the question at its end, if there is one.
 * `onBegin` gets the conversation's id, and `onStored` the id of the answer once it is stored.
 * @param {ChatBody} body
 * @param {AbortSignal} signal
 * @param {import("./chat-view.js").Reply} reply
 * @param {{ onBegin: (id: string) => void, onStored: (id: string) => void }} on
 */
export async function deliver(body, signal, reply, { onBegin, onStored }) {
  let response;
  try {
    response = await chat(body, signal);
  } catch (problem) {
    throw problem instanceof Problem ? refusal(problem) : problem;
  }
  /** @type {Confirmation | null} */
  let question = null;
  /** @type {DeliveryError | null} */
  let end = new DeliveryError("The answer broke off.", true);
  try {
    for await (const { name, data } of events(response)) {
      if (name === "conversation") onBegin(data.conversation_id);
      else if (name === "delta") reply.add(data.text);
      else if (name === "tool_call") reply.step(data.id, data.name, data.wording);
      else if (name === "tool_result") reply.stepDone(data.id, data.failed, data.content);
      else if (name === "confirmation") question = data;
      else if (name === "error") end = unanswered(data);
      else if (name === "done") {
        end = null;
        question = data.confirmation ?? question;
        reply.complete(data.reply);
        onStored(data.message_id);
      }
    }
  } catch (problem) {
    // A network that breaks is told as an answer that broke off.
    if (problem.name === "AbortError") throw problem;
  }
  if (end) throw end;
  return question;
}

/**
 * The server did not take it, or was not there to be asked.
 * @param {Problem} problem
 */
function refusal({ message, status, type }) {
  const sentence = type === "/problems/conversation-busy" ? BUSY : message;
  return new DeliveryError(`Not sent. ${sentence}`, status === 0, type);
}

/**
 * The server took it and has no answer. Only where the database was away it may have done something.
 * @param {ProblemDetails} problem
 */
function unanswered({ detail, title, type }) {
  const sentence = (detail ?? title ?? "Something went wrong.").replaceAll("`", "");
  return new DeliveryError(`Not answered. ${sentence}`, type === "/problems/unavailable", type);
}
