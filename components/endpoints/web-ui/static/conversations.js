// Earlier conversations, to choose from.

import { listConversations } from "./api.js";
import { byId, createElement } from "./dom.js";

/** @type {string | null} */
let current = null;
/** @type {Conversation[]} */
let earlier = [];

/**
 * Connects the choice; `open` gets the id of a conversation, or null for a new one.
 * @param {(id: string | null) => void} open
 */
export function startConversations(open) {
  const choice = byId("conversation");
  choice.addEventListener("change", () => open(choice.value || null));
}

/** Reads the latest conversations; answers the id of the last one. */
export async function listEarlier() {
  try {
    earlier = (await listConversations({ limit: 20 })).items;
  } catch {
    // The chat works without them.
    return null;
  }
  draw();
  return earlier[0]?.id ?? null;
}

/**
 * Marks the conversation that is shown.
 * @param {string | null} id
 * @param {Conversation[]} [items]
 */
export function select(id, items = earlier) {
  current = id;
  earlier = items;
  draw();
}

function draw() {
  const choice = byId("conversation");
  const titles = earlier.map(({ id, title }) => createElement("option", { value: id }, title || "Untitled"));
  if (!earlier.some(({ id }) => id === current)) titles.unshift(createElement("option", { value: "" }, "New chat"));
  choice.replaceChildren(...titles);
  choice.value = current ?? "";
  if (choice.selectedIndex < 0) choice.selectedIndex = 0;
  choice.hidden = earlier.length === 0;
}
