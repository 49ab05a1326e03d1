// One message on its way: what the server's events mean, and where reading goes on when the network breaks.

import { Problem } from "./access.js";
import { resumeAnswer } from "./api.js";
import { events } from "./events.js";

const BUSY = "The message before this one is still being answered. Wait a moment.";

/** Before each further try to read on, in milliseconds. */
const PAUSES = [300, 1_000, 3_000];

/** Why a message has no answer. */
export class DeliveryError extends Error {
  /**
   * The sentence says what happened.
   * @param {string} sentence
   * @param {string | null} [type]
   */
  constructor(sentence, type = null) {
    super(sentence);
    this.type = type;
  }
}

/**
 * Shows an answer in `reply` while it arrives; answers the question at its end, if there is one. `ask` gets the stream. Where it
 * breaks off, it is read on from its last event.
 * @param {() => Promise<Response>} ask
 * @param {AbortSignal} signal
 * @param {import("./chat-view.js").Reply} reply
 * @param {(id: string) => void} onBegin gets the conversation's id
 */
export async function deliver(ask, signal, reply, onBegin) {
  const arriving = new Arriving(reply, onBegin);
  /** @type {Response | null} */
  let response;
  try {
    response = await ask();
  } catch (problem) {
    throw problem instanceof Problem ? refusal(problem) : problem;
  }
  if (response.status === 204) return null;
  for (const pause of [...PAUSES, null]) {
    if (response) await arriving.read(response);
    const { conversation, lastId } = arriving;
    if (arriving.isOver || pause === null || !conversation || !lastId) break;
    await new Promise((resolve) => { setTimeout(resolve, pause); });
    response = await readOn(conversation, lastId, signal);
  }
  if (arriving.problem) throw arriving.problem;
  return arriving.question;
}

/**
 * What comes after an event; null where that can't be had now.
 * @param {string} conversation
 * @param {string} lastId
 * @param {AbortSignal} signal
 */
async function readOn(conversation, lastId, signal) {
  try {
    const response = await resumeAnswer(conversation, lastId, signal);
    return response.status === 204 ? null : response;
  } catch (problem) {
    if (problem.name === "AbortError") throw problem;
    return null;
  }
}

/** An answer as far as it has arrived. */
class Arriving {
  /** @type {string | null} */
  conversation = null;
  /** @type {string | null} */
  lastId = null;
  isOver = false;
  /** @type {Confirmation | null} */
  question = null;
  /** @type {DeliveryError | null} */
  problem = new DeliveryError("The answer broke off.");
  #reply;
  #onBegin;

  /**
   * @param {import("./chat-view.js").Reply} reply
   * @param {(id: string) => void} onBegin
   */
  constructor(reply, onBegin) {
    this.#reply = reply;
    this.#onBegin = onBegin;
  }

  /** @param {Response} response */
  async read(response) {
    try {
      for await (const event of events(response, (id) => { this.lastId = id; })) this.#take(event);
    } catch (problem) {
      // A network that breaks is told as an answer that broke off.
      if (problem.name === "AbortError") throw problem;
    }
  }

  /** @param {ChatEvent} event */
  #take({ name, data }) {
    const reply = this.#reply;
    if (name === "conversation") {
      this.conversation = data.conversation_id;
      this.#onBegin(data.conversation_id);
    } else if (name === "delta") reply.add(data.text);
    else if (name === "tool_call") reply.step(data.id, data.name, data.wording);
    else if (name === "tool_result") reply.stepDone(data.id, data.failed, data.content);
    else if (name === "confirmation") this.question = data;
    else if (name === "error") {
      this.isOver = true;
      this.problem = unanswered(data);
    } else if (name === "done") {
      this.isOver = true;
      this.problem = null;
      this.question = data.confirmation ?? this.question;
      reply.complete(data.reply);
    }
  }
}

/**
 * The server did not take it, or was not there to be asked.
 * @param {Problem} problem
 */
function refusal({ message, type }) {
  const sentence = type === "/problems/conversation-busy" ? BUSY : message;
  return new DeliveryError(`Not sent. ${sentence}`, type);
}

/**
 * The server took it and has no answer.
 * @param {ProblemDetails} problem
 */
function unanswered({ detail, title, type }) {
  const sentence = (detail ?? title ?? "Something went wrong.").replaceAll("`", "");
  return new DeliveryError(`Not answered. ${sentence}`, type);
}
