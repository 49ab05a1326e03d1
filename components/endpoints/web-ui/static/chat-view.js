// How a conversation looks.

import { byId, createElement, showMessage } from "./dom.js";
import { jumpToLatest } from "./following.js";
import { render } from "./markdown.js";
import { showQuestion } from "./question.js";
import { Steps } from "./steps.js";

/** Removes every message. */
export function clearMessages() {
  byId("messages").replaceChildren();
  byId("chat-empty").hidden = false;
}

/**
 * Adds what the person said.
 * @param {string} text
 */
export function showMine(text) {
  const item = createElement("li", { class: "message user" }, createElement("span", { class: "unseen" }, "You: "), createElement("div", { dir: "auto" }, text));
  append(item);
  return new Mine(item);
}

/**
 * Adds a reply that is complete, or one that is yet to come.
 * @param {string | null} [text]
 * @param {ToolCall[]} [calls]
 */
export function showReply(text = null, calls = []) {
  const reply = createElement("div", { class: "reply", dir: "auto" });
  const steps = createElement("div", { class: "steps" });
  const item = createElement("li", { class: "message assistant" }, createElement("span", { class: "unseen" }, "Assistant: "), steps, reply);
  const view = new Reply(item, steps, reply);
  for (const call of calls) {
    view.step(call.id, call.name, call.wording);
    view.stepDone(call.id, call.failed, call.result);
  }
  if (text === null) view.wait();
  else view.complete(text);
  append(item);
  return view;
}

/** @param {HTMLElement} item */
function append(item) {
  byId("chat-empty").hidden = true;
  byId("messages").append(item);
  jumpToLatest();
}

/** What the person said. */
export class Mine {
  #item;
  /** @type {HTMLElement | null} */
  #note = null;

  /** @param {HTMLElement} item */
  constructor(item) {
    this.#item = item;
  }

  /**
   * It has failed: says so below the words, with buttons `[label, action]`.
   * @param {string} sentence
   * @param {Action[]} actions
   */
  fail(sentence, ...actions) {
    this.clear();
    const buttons = actions.map(([label, action]) => {
      const button = createElement("button", { type: "button", class: "retry" }, label);
      button.addEventListener("click", action);
      return button;
    });
    this.#note = createElement("div", { class: "unsent" }, createElement("p", { role: "alert" }, sentence), ...buttons);
    this.#item.append(this.#note);
    jumpToLatest();
  }

  /** It is on its way again. */
  clear() {
    this.#note?.remove();
    this.#note = null;
  }

  /** Takes it out of the conversation. */
  remove() {
    this.#item.remove();
  }
}

/** A reply while it arrives. */
export class Reply {
  #item;
  #steps;
  #reply;
  /** @type {HTMLElement | null} */
  #problem = null;
  #text = "";
  #drawing = false;

  /**
   * @param {HTMLElement} item
   * @param {HTMLElement} steps
   * @param {HTMLElement} reply
   */
  constructor(item, steps, reply) {
    this.#item = item;
    this.#steps = new Steps(steps);
    this.#reply = reply;
  }

  /** Nothing has come yet. */
  wait() {
    // A screen reader waits for the whole reply instead of reading each piece.
    this.#item.setAttribute("aria-busy", "true");
    this.#reply.replaceChildren(createElement("span", { class: "thinking", role: "img", "aria-label": "Thinking" }, createElement("i"), createElement("i"), createElement("i")));
  }

  /**
   * More text. It is drawn once per frame at most.
   * @param {string} text
   */
  add(text) {
    this.#text += text;
    if (this.#drawing) return;
    this.#drawing = true;
    requestAnimationFrame(() => {
      this.#drawing = false;
      this.#draw();
    });
  }

  /**
   * A tool is called; `wording` is what it wants people to be told.
   * @param {string} id
   * @param {string} name
   * @param {Wording} [wording]
   */
  step(id, name, wording) {
    this.#steps.begin(id, name, wording);
  }

  /**
   * A tool has answered.
   * @param {string} id
   * @param {boolean} failed
   * @param {ToolResult} result
   */
  stepDone(id, failed, result) {
    this.#steps.end(id, failed, result);
  }

  /**
   * The whole text, whatever came before.
   * @param {string} text
   */
  complete(text) {
    this.#text = text;
    this.#draw();
    this.#item.removeAttribute("aria-busy");
  }

  /** Stops where it is. */
  end() {
    this.complete(this.#text);
  }

  /**
   * It went wrong; no sentence takes an earlier one away.
   * @param {string | null} sentence
   */
  fail(sentence) {
    this.end();
    if (!this.#problem) {
      this.#problem = createElement("p", { class: "problem", role: "alert" });
      this.#item.append(this.#problem);
    }
    showMessage(this.#problem, sentence);
    if (sentence) jumpToLatest();
  }

  /** Takes it out of the conversation. */
  remove() {
    this.#item.remove();
  }

  /** Stops where it is, and goes away if that is nowhere. */
  dropIfEmpty() {
    this.end();
    if (this.#text === "" && this.#item.querySelector(".step") === null) this.#item.remove();
  }

  /**
   * Asks for a yes or a no with two buttons; `answer` gets which.
   * @param {Confirmation} confirmation
   * @param {(isYes: boolean) => void} answer
   */
  ask(confirmation, answer) {
    showQuestion(this.#item, confirmation, answer);
    jumpToLatest();
  }

  #draw() {
    this.#reply.replaceChildren(...render(this.#text));
  }
}
