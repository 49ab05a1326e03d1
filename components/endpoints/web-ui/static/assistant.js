// The assistant: the element <openai-chatkit>, with what this page gives it. What it changes in the list shows there at once. It is our
// own, or OpenAI's where the page comes with that: both have the same options and events.

import { latestThread, sendToAssistant } from "./api.js";
import { createElement, byId } from "./dom.js";
import { refreshTasks } from "./tasks.js";

/** What tells that tasks have changed. */
const TASKS_CHANGED = "tasks.changed";
/** Lists that can be sent, in bytes and by kind: what the server takes. */
const FILES = {
  enabled: true,
  maxSize: 64 * 1024,
  maxCount: 4,
  accept: { "text/plain": [".txt"], "text/markdown": [".md"], "text/csv": [".csv"] },
};
const IDEAS = [
  "add buy milk tomorrow 6pm",
  "what’s due this week?",
  "add call the dentist next friday, high priority #health",
  "give me an overview",
];

/**
 * By what OpenAI knows this page, where it comes with OpenAI's element.
 * @type {HTMLMetaElement | null}
 */
const domainKey = document.querySelector("meta[name=chatkit-domain-key]");
/** @type {OpenAIChatKit | null} */
let assistant = null;

/**
 * Begins for this person, with their latest conversation.
 * @param {User} user
 */
export async function startAssistant(user) {
  clearAssistant();
  const element = createElement("openai-chatkit", { id: "assistant" });
  assistant = element;
  const [initialThread] = await Promise.all([latestThread(), defineElement()]);
  // They may have gone meanwhile.
  if (assistant !== element) return;
  follow(element);
  byId("chat").append(element);
  element.setOptions({ ...options(user), initialThread });
  // Unless they are somewhere else already.
  if (document.activeElement === document.body) focusAssistant();
}

/**
 * Shows in the list what an answer has changed as soon as that is told, and after every answer what others have.
 * @param {OpenAIChatKit} element
 */
function follow(element) {
  let isShown = false;
  element.addEventListener("chatkit.effect", ({ detail }) => {
    if (detail.name !== TASKS_CHANGED) return;
    isShown = true;
    refreshTasks();
  });
  element.addEventListener("chatkit.response.end", () => {
    // Nobody may be signed in any more.
    if (!isShown && assistant === element) refreshTasks();
    isShown = false;
  });
}

/** Ours defines itself; theirs is on its way. */
async function defineElement() {
  if (!domainKey) await import("./chatkit/element.js");
  await customElements.whenDefined("openai-chatkit");
}

/** Forgets what belongs to whoever was signed in. */
export function clearAssistant() {
  assistant?.remove();
  assistant = null;
}

/** Goes to where a message is written. */
export function focusAssistant() {
  assistant?.focusComposer();
}

/**
 * @param {User} user
 * @returns {ChatKitOptions}
 */
function options({ name }) {
  const [first] = name.split(" ");
  return {
    api: { url: "/chatkit", domainKey: domainKey?.content ?? "local-dev", fetch: sendAndFollow },
    startScreen: { greeting: `What is to be done, ${first}?`, prompts: IDEAS.map((idea) => ({ label: idea, prompt: idea })) },
    composer: { placeholder: "Add, ask or change something …", attachments: FILES },
    threadItemActions: { feedback: true, retry: true },
  };
}

/**
 * Sends a request of the assistant's. What a box or a form of a widget changes is told in its answer alone.
 * @type {typeof fetch}
 */
async function sendAndFollow(input, init) {
  const response = await sendToAssistant(String(input), init);
  if (response.ok && typeof init?.body === "string" && init.body.includes("\"threads.sync_custom_action\"")) refreshTasks();
  return response;
}
