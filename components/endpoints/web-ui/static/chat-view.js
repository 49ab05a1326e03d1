// How a conversation looks.

import { at, make } from "./dom.js";
import { render } from "./markdown.js";

/** What a tool did, for people: while it runs, and afterwards. */
const STEPS = {
  add_task: ["Adding a task", "Added a task"],
  list_tasks: ["Looking at your tasks", "Looked at your tasks"],
  get_task: ["Reading a task", "Read a task"],
  update_task: ["Changing a task", "Changed a task"],
  complete_task: ["Completing a task", "Completed a task"],
  reopen_task: ["Reopening a task", "Reopened a task"],
  delete_task: ["Deleting a task", "Deleted a task"],
  search_tasks: ["Searching", "Searched your tasks"],
  export_tasks: ["Writing your tasks down", "Wrote your tasks down"],
  complete_tasks: ["Completing tasks", "Completed tasks"],
  delete_tasks: ["Deleting tasks", "Deleted tasks"],
  overview: ["Looking where you stand", "Looked where you stand"],
};

const words = (name, isDone) => STEPS[name]?.[isDone ? 1 : 0] ?? name.replaceAll("_", " ");

/** Removes every message. */
export function clearMessages() {
  at("messages").replaceChildren();
  at("chat-empty").hidden = false;
}

/** Adds what the person said. */
export function showMine(text) {
  append(make("li", { class: "message user" }, make("span", { class: "unseen" }, "You: "), text));
}

/** Adds a reply that is complete, or one that is yet to come. */
export function showReply(text = null, calls = []) {
  const reply = make("div", { class: "reply" });
  const steps = make("div", { class: "steps" });
  const item = make("li", { class: "message assistant" }, make("span", { class: "unseen" }, "Assistant: "), steps, reply);
  const view = new Reply(item, steps, reply);
  for (const call of calls) {
    view.step(call.id, call.name);
    view.stepDone(call.id, call.failed);
  }
  if (text === null) view.wait();
  else view.complete(text);
  append(item);
  return view;
}

function append(item) {
  at("chat-empty").hidden = true;
  at("messages").append(item);
  scrollDown(true);
}

/** Follows the end of the conversation, unless the person has scrolled up to read. */
export function scrollDown(always = false) {
  const scroll = at("chat-scroll");
  const isNear = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 140;
  if (always || isNear) scroll.scrollTop = scroll.scrollHeight;
}

/** A reply while it arrives. */
class Reply {
  #item;
  #steps;
  #reply;
  #text = "";
  #calls = new Map();
  #drawing = false;

  constructor(item, steps, reply) {
    this.#item = item;
    this.#steps = steps;
    this.#reply = reply;
  }

  /** Nothing has come yet. */
  wait() {
    // A screen reader waits for the whole reply instead of reading each piece.
    this.#item.setAttribute("aria-busy", "true");
    this.#reply.replaceChildren(make("span", { class: "thinking", role: "img", "aria-label": "Thinking" }, make("i"), make("i"), make("i")));
  }

  /** More text. It is drawn once per frame at most. */
  add(text) {
    this.#text += text;
    if (this.#drawing) return;
    this.#drawing = true;
    requestAnimationFrame(() => {
      this.#drawing = false;
      this.#draw();
    });
  }

  /** A tool is called. */
  step(id, name) {
    const step = make("span", { class: "step" }, words(name, false));
    this.#calls.set(id, { step, name });
    this.#steps.append(step);
    scrollDown();
  }

  /** A tool has answered. */
  stepDone(id, failed) {
    const call = this.#calls.get(id);
    if (!call) return;
    call.step.classList.add(failed ? "failed" : "done");
    call.step.textContent = failed ? `${words(call.name, false)} failed` : words(call.name, true);
  }

  /** The whole text, whatever came before. */
  complete(text) {
    this.#text = text;
    this.#draw();
    this.#item.removeAttribute("aria-busy");
  }

  /** Stops where it is. */
  end() {
    this.complete(this.#text);
  }

  /** It went wrong. */
  fail(sentence) {
    this.end();
    this.#item.append(make("p", { class: "problem", role: "alert" }, sentence));
    scrollDown(true);
  }

  /** Asks for a yes or a no with two buttons; `answer` gets which. */
  ask(tool, answer) {
    const isDelete = tool === "delete_task" || tool === "delete_tasks";
    const yes = make("button", { type: "button", class: "yes" }, isDelete ? "Yes, delete" : "Yes, do it");
    const no = make("button", { type: "button", class: "no" }, isDelete ? (tool === "delete_task" ? "No, keep it" : "No, keep them") : "No, don’t");
    const question = make("div", { class: "question", role: "group", "aria-label": "Confirm" }, yes, no);
    const decide = (isYes) => {
      question.remove();
      answer(isYes);
    };
    yes.addEventListener("click", () => decide(true));
    no.addEventListener("click", () => decide(false));
    this.#item.append(question);
    scrollDown(true);
    // The safe one, unless the person is writing already.
    if (!at("message").value) no.focus();
  }

  #draw() {
    this.#reply.replaceChildren(...render(this.#text));
    scrollDown();
  }
}

/** Takes questions away that were answered in another way. */
export function dropQuestions() {
  document.querySelectorAll(".question").forEach((question) => question.remove());
}
