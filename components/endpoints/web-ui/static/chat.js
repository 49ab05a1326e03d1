// Talking: sends what the person says and shows the answer while it arrives.

import { chat, readConversation } from "./api.js";
import { clearMessages, dropQuestions, showMine, showReply } from "./chat-view.js";
import { listEarlier, select, startConversations } from "./conversations.js";
import { at } from "./dom.js";
import { events } from "./events.js";
import { refreshTasks } from "./tasks.js";

let conversation = null;
/** Stops the answer that is arriving. */
let stop = null;

/** Connects the panel. */
export function startChat() {
  const field = at("message");
  at("composer").addEventListener("submit", (event) => {
    event.preventDefault();
    if (stop) stop.abort();
    else sendTyped();
  });
  field.addEventListener("keydown", (event) => {
    const isPlainEnter = event.key === "Enter" && !event.shiftKey && !event.isComposing;
    if (isPlainEnter) {
      event.preventDefault();
      sendTyped();
    }
    if (event.key === "Escape" && stop) stop.abort();
  });
  at("ideas").addEventListener("click", (event) => {
    if (event.target instanceof HTMLButtonElement && !stop) say(event.target.textContent);
  });
  at("new-chat").addEventListener("click", () => {
    open(null);
    field.focus();
  });
  startConversations(open);
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
}

/** Shows a conversation, or an empty one. */
async function open(id) {
  stop?.abort();
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
  } catch (problem) {
    if (problem.status === 401) return;
    if (problem.status === 404) open(null);
    else showReply("").fail(problem.message);
  }
}

function sendTyped() {
  const field = at("message");
  const text = field.value.trim();
  if (!text || stop) return;
  field.value = "";
  say(text);
}

/** Says something; `confirm` answers a question of the assistant. */
async function say(text, confirm) {
  dropQuestions();
  showMine(text);
  const reply = showReply();
  stop = new AbortController();
  setBusy(true);
  const body = { message: text };
  if (conversation) body.conversation_id = conversation;
  if (confirm !== undefined) body.confirm = confirm;
  try {
    await listen(await chat(body, stop.signal), reply);
  } catch (problem) {
    if (problem.name === "AbortError") reply.end();
    else if (problem.status !== 401) reply.fail(problem.message);
  } finally {
    stop = null;
    setBusy(false);
    refreshTasks();
    listEarlier();
  }
}

/** Follows the answer to its end. */
async function listen(response, reply) {
  let isDone = false;
  let question = null;
  for await (const { name, data } of events(response)) {
    if (name === "conversation") {
      conversation = data.conversation_id;
      select(conversation);
    } else if (name === "delta") {
      reply.add(data.text);
    } else if (name === "tool_call") {
      reply.step(data.id, data.name);
    } else if (name === "tool_result") {
      reply.stepDone(data.id, data.failed);
    } else if (name === "confirmation") {
      question = data;
    } else if (name === "done") {
      isDone = true;
      question = data.confirmation ?? question;
      reply.complete(data.reply);
    } else if (name === "error") {
      isDone = true;
      reply.fail((data.detail ?? data.title ?? "Something went wrong. Try again.").replaceAll("`", ""));
    }
  }
  if (!isDone) reply.fail("The answer broke off. Try again.");
  else if (question) ask(reply, question);
}

function ask(reply, { tool }) {
  reply.ask(tool, (isYes) => {
    at("message").focus();
    say(isYes ? "Yes" : "No", isYes);
  });
}

function setBusy(isBusy) {
  const button = at("send");
  button.classList.toggle("busy", isBusy);
  button.setAttribute("aria-label", isBusy ? "Stop" : "Send");
}
