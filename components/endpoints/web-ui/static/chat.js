// Talking: sends what the person says and shows the answer while it arrives.

import { readConversation } from "./api.js";
import { clearMessages, showMine, showReply } from "./chat-view.js";
import { listEarlier, knownConversations, select, startConversations } from "./conversations.js";
import { deliver } from "./delivery.js";
import { byId } from "./dom.js";
import { startFollowing } from "./following.js";
import { isComposing } from "./keys.js";
import { holdQuestions } from "./question.js";
import { findSentMessage } from "./sent-message.js";
import { refreshTasks } from "./tasks.js";

/** @type {string | null} */
let conversation = null;
/**
 * The newest message of the conversation that is known to be stored.
 * @type {string | null}
 */
let newestMessage = null;
/**
 * Stops the answer that is arriving.
 * @type {AbortController | null}
 */
let stop = null;

/** Connects the panel. */
export function startChat() {
  const field = byId("message");
  byId("composer").addEventListener("submit", (event) => {
    event.preventDefault();
    if (stop) stop.abort();
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
    if (event.key === "Escape" && stop) stop.abort();
  });
  byId("ideas").addEventListener("click", (event) => {
    if (event.target instanceof HTMLButtonElement && !stop) sendText(event.target.textContent);
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
  if (latest && !conversation && !stop) await open(latest);
}

/** Forgets what belongs to whoever was signed in. */
export function clearChat() {
  stop?.abort();
  conversation = null;
  select(null, []);
  clearMessages();
  byId("message").value = "";
}

/**
 * Shows a conversation, or an empty one.
 * @param {string | null} id
 */
async function open(id) {
  stop?.abort();
  conversation = id;
  newestMessage = null;
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
      newestMessage = message.id;
    }
    if (confirmation && last) ask(last, confirmation);
  } catch (problem) {
    if (problem.status === 401) return;
    if (problem.status === 404) open(null);
    else showReply("").fail(problem.message);
  }
}

function sendTyped() {
  const field = byId("message");
  const text = field.value.trim();
  if (!text || stop) return;
  field.value = "";
  sendText(text);
}

/**
 * Says something in this conversation.
 * @param {string} text
 */
function sendText(text) {
  send({ text, conversation, after: newestMessage, known: knownConversations() });
}

/**
 * Answers a question of the assistant that stands below `asked`.
 * @param {import("./chat-view.js").Reply} asked
 * @param {boolean} isYes
 */
function answerQuestion(asked, isYes) {
  if (stop) return;
  byId("message").focus();
  asked.fail(null);
  send({ text: isYes ? "Yes" : "No", confirm: isYes, asked });
}

/** @param {TypedMessage | AnswerToQuestion} message */
async function send(message) {
  const questions = holdQuestions();
  const mine = showMine(message.text);
  const reply = showReply();
  stop = new AbortController();
  setBusy(true);
  /** @type {ChatBody} */
  const body = { message: message.text };
  if (conversation) body.conversation_id = conversation;
  if ("confirm" in message) body.confirm = message.confirm;
  try {
    const question = await deliver(body, stop.signal, reply, {
      onBegin: (id) => {
        conversation = id;
        select(id);
      },
      onStored: (id) => { newestMessage = id; },
    });
    questions.drop();
    if (question) ask(reply, question);
  } catch (problem) {
    if (problem.name === "AbortError") {
      questions.drop();
      reply.end();
    } else {
      questions.restore();
      reply.dropIfEmpty();
      if ("asked" in message) failAnswer(message, mine, problem);
      else failMessage(message, mine, problem.message, problem.isDoubtful ?? true);
    }
  } finally {
    stop = null;
    setBusy(false);
    // Nobody may be signed in any more.
    if (!byId("app").hidden) {
      refreshTasks();
      listEarlier();
    }
  }
}

/**
 * The message keeps its words and can be sent again.
 * @param {TypedMessage} message
 * @param {import("./chat-view.js").Mine} mine
 * @param {string} sentence
 * @param {boolean} isDoubtful
 */
function failMessage(message, mine, sentence, isDoubtful) {
  mine.fail(sentence, ["Retry", () => (isDoubtful ? lookAndSend(message, mine) : sendAgain(message, mine))]);
}

/**
 * @param {TypedMessage} message
 * @param {import("./chat-view.js").Mine} mine
 */
function sendAgain(message, mine) {
  if (stop) return;
  mine.remove();
  send(message);
}

/**
 * Sends a message again unless it has arrived.
 * @param {TypedMessage} message
 * @param {import("./chat-view.js").Mine} mine
 */
async function lookAndSend(message, mine) {
  if (stop) return;
  mine.clear();
  const here = conversation;
  let found;
  try {
    found = await findSentMessage(message);
  } catch (problem) {
    failMessage(message, mine, `Not sent. ${problem.message}`, true);
    return;
  }
  // The person has gone to another conversation meanwhile, or said something else.
  if (conversation !== here || stop) {
    failMessage(message, mine, "Not sent.", true);
  } else if (!found) {
    sendAgain(message, mine);
  } else if (found.isAnswered) {
    open(found.conversation);
  } else {
    conversation = found.conversation;
    select(conversation);
    mine.fail(
      "This has arrived, but there is no answer yet.",
      ["Look again", () => lookAndSend(message, mine)],
      ["Send again", () => sendAgain(message, mine)],
    );
  }
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
