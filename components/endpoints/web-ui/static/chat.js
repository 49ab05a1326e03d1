// Talking: sends what the person says and shows the answer while it arrives.

import { cancelAnswer, chat, readConversation, resumeAnswer } from "./api.js";
import { clearMessages, showMine, showReply } from "./chat-view.js";
import { listEarlier, select, startConversations } from "./conversations.js";
import { deliver } from "./delivery.js";
import { byId } from "./dom.js";
import { startFollowing } from "./following.js";
import { isComposing } from "./keys.js";
import { holdQuestions } from "./question.js";
import { refreshTasks } from "./tasks.js";

/** @type {string | null} */
let conversation = null;
/**
 * The answer that is arriving.
 * @type {ArrivingAnswer | null}
 */
let arriving = null;

/** Connects the panel. */
export function startChat() {
  const field = byId("message");
  byId("composer").addEventListener("submit", (event) => {
    event.preventDefault();
    if (arriving) stop();
    else sendTyped();
  });
  // Stop takes the place of Send: the second half of a double click is not meant for it.
  byId("send").addEventListener("click", (event) => {
    if (event.detail > 1) event.preventDefault();
  });
  field.addEventListener("keydown", (event) => {
    if (isComposing(event)) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      sendTyped();
    }
    if (event.key === "Escape") stop();
  });
  byId("ideas").addEventListener("click", (event) => {
    if (event.target instanceof HTMLButtonElement && !arriving) sendText(event.target.textContent);
  });
  byId("new-chat").addEventListener("click", () => {
    open(null);
    field.focus();
  });
  startConversations(open);
  startFollowing();
}

/** Goes on with the latest conversation. */
export async function resumeChat() {
  const latest = await listEarlier();
  if (latest && !conversation && !arriving) await open(latest);
}

/** Forgets what belongs to whoever was signed in. */
export function clearChat() {
  leave();
  conversation = null;
  select(null, []);
  clearMessages();
  byId("message").value = "";
}

/** Listens no more; the answer comes to its end without anybody. */
function leave() {
  arriving?.listening.abort();
}

/** Has the answer end before its next call. What was done until then is how it ends; asked once more, nobody waits for that. */
async function stop() {
  const answer = arriving;
  if (!answer) return;
  if (answer.isStopped) leave();
  answer.isStopped = true;
  // Until it is known where it is, there is nothing to stop.
  if (!answer.conversation) return;
  try {
    await cancelAnswer(answer.conversation);
  } catch {
    answer.listening.abort();
  }
}

/**
 * Shows a conversation, or an empty one.
 * @param {string | null} id
 */
async function open(id) {
  leave();
  conversation = id;
  clearMessages();
  select(id);
  if (!id) return;
  try {
    const { messages, confirmation } = await readConversation(id);
    if (conversation !== id) return;
    clearMessages();
    let last = null;
    for (const message of messages) {
      if (message.role === "user") showMine(message.text);
      else if (message.role === "assistant") last = showReply(message.text ?? "", message.tool_calls ?? []);
    }
    if (confirmation && last) ask(last, confirmation);
    if (messages.at(-1)?.role === "user" && !arriving) await hearRest(id);
  } catch (problem) {
    if (problem.status === 401) return;
    if (problem.status === 404) open(null);
    else showReply("").fail(problem.message);
  }
}

/**
 * Shows the answer that is on its way in a conversation, if there is one.
 * @param {string} id
 */
async function hearRest(id) {
  const reply = showReply();
  try {
    await receive((signal) => resumeAnswer(id, null, signal), reply);
    reply.dropIfEmpty();
  } catch (problem) {
    reply.fail(problem.message);
  }
}

function sendTyped() {
  const field = byId("message");
  const text = field.value.trim();
  if (!text || arriving) return;
  field.value = "";
  sendText(text);
}

/**
 * Says something in this conversation.
 * @param {string} text
 */
function sendText(text) {
  send({ text, conversation, key: crypto.randomUUID() });
}

/**
 * Answers a question of the assistant that stands below `asked`.
 * @param {import("./chat-view.js").Reply} asked
 * @param {boolean} isYes
 */
function answerQuestion(asked, isYes) {
  if (arriving) return;
  byId("message").focus();
  asked.fail(null);
  send({ text: isYes ? "Yes" : "No", confirm: isYes, asked, conversation, key: crypto.randomUUID() });
}

/** @param {TypedMessage | AnswerToQuestion} message */
async function send(message) {
  const questions = holdQuestions();
  const mine = showMine(message.text);
  const reply = showReply();
  /** @type {ChatBody} */
  const body = { message: message.text };
  if (message.conversation) body.conversation_id = message.conversation;
  if ("confirm" in message) body.confirm = message.confirm;
  try {
    await receive((signal) => chat(body, message.key, signal), reply);
    questions.drop();
  } catch (problem) {
    questions.restore();
    reply.dropIfEmpty();
    if ("asked" in message) failAnswer(message, mine, problem);
    else mine.fail(problem.message, ["Retry", () => sendAgain(message, mine, reply)]);
  }
}

/**
 * Shows an answer while it arrives. Whoever leaves is told nothing more.
 * @param {(signal: AbortSignal) => Promise<Response>} request
 * @param {import("./chat-view.js").Reply} reply
 */
async function receive(request, reply) {
  /** @type {ArrivingAnswer} */
  const answer = { listening: new AbortController(), conversation: null, isStopped: false };
  arriving = answer;
  setBusy(true);
  const { signal } = answer.listening;
  try {
    const question = await deliver(() => request(signal), signal, reply, (id) => {
      conversation = id;
      select(id);
      answer.conversation = id;
      if (answer.isStopped) cancelAnswer(id).catch(leave);
    });
    if (question) ask(reply, question);
  } catch (problem) {
    if (problem.name !== "AbortError") throw problem;
    reply.end();
  } finally {
    if (arriving === answer) {
      arriving = null;
      setBusy(false);
    }
    // Nobody may be signed in any more.
    if (!byId("app").hidden) {
      refreshTasks();
      listEarlier();
    }
  }
}

/**
 * Sends a message that has no answer once more. By its key the server knows it, and does nothing twice.
 * @param {TypedMessage} message
 * @param {import("./chat-view.js").Mine} mine
 * @param {import("./chat-view.js").Reply} reply
 */
function sendAgain(message, mine, reply) {
  if (arriving) return;
  mine.remove();
  reply.remove();
  send(message);
}

/**
 * The question stands again: the server counts one yes only, so answering once more does nothing twice.
 * @param {AnswerToQuestion} answer
 * @param {import("./chat-view.js").Mine} mine
 * @param {import("./delivery.js").DeliveryError} problem
 */
function failAnswer({ asked }, mine, problem) {
  mine.remove();
  if (problem.type === "/problems/nothing-to-confirm") open(conversation);
  else asked.fail(problem.message);
}

/**
 * @param {import("./chat-view.js").Reply} reply
 * @param {Confirmation} confirmation
 */
function ask(reply, confirmation) {
  reply.ask(confirmation, (isYes) => answerQuestion(reply, isYes));
}

/** @param {boolean} isBusy */
function setBusy(isBusy) {
  const button = byId("send");
  button.classList.toggle("busy", isBusy);
  button.setAttribute("aria-label", isBusy ? "Stop" : "Send");
}
