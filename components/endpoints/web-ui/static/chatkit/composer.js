// Where a message is written.

import { Attachments } from "./attachments.js";
import { createButton, createElement } from "./dom.js";
import { icon } from "./icons.js";
import { isComposing } from "./keys.js";

/** The field, its files and the button, which sends or stops. */
export class Composer {
  element;
  /** @type {Attachments} */
  attachments;
  #field;
  #button;
  #problem;
  #handlers;
  #isBusy = false;
  /** @type {string | null} */
  #quoted = null;

  /**
   * @param {import("./client.js").Client} client
   * @param {ElementOptions} options
   * @param {ComposerHandlers} handlers
   * @param {Composer} [before] the one that this one takes the place of, with what is written in it
   */
  constructor(client, options, handlers, before) {
    this.#handlers = handlers;
    this.#field = createElement("textarea", { id: "message", rows: 1, dir: "auto", placeholder: options.placeholder, autocomplete: "off", enterKeyHint: "send" });
    this.#button = createElement("button", { "type": "submit", "class": "send", "id": "send", "aria-label": "Send" }, icon("send"), icon("stop"));
    this.#problem = createElement("p", { class: "unsent", role: "alert", hidden: true });
    const tell = (/** @type {string | null} */ problem) => this.#tell(problem);
    this.attachments = before?.attachments ?? new Attachments(client, options, tell);
    this.attachments.configure(client, options, tell);
    const label = createElement("label", { class: "unseen", for: "message" }, "Message");
    const row = createElement("div", { class: "write" }, ...this.#chooser(options), label, this.#field, this.#button);
    this.element = createElement("form", { class: "composer", id: "composer" }, this.attachments.element, this.#problem, row);
    this.#listen();
    if (before) this.#takeOver(before);
  }

  #listen() {
    this.element.addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.#isBusy) this.#handlers.onStop();
      else this.submit();
    });
    // Stop takes the place of Send: the second half of a double click is not meant for it.
    this.#button.addEventListener("click", (event) => {
      if (event.detail > 1) event.preventDefault();
    });
    this.#field.addEventListener("keydown", (event) => {
      if (isComposing(event)) return;
      if (event.key === "Enter" && !event.shiftKey) {
        event.preventDefault();
        this.submit();
      }
      if (event.key === "Escape" && this.#isBusy) this.#handlers.onStop();
    });
  }

  /** @param {ElementOptions} options */
  #chooser({ attachments: limits }) {
    if (!limits) return [];
    const accept = limits.accept ? Object.entries(limits.accept).flatMap(([type, endings]) => [type, ...endings]).join(",") : "";
    const input = createElement("input", { "type": "file", "id": "files", "class": "unseen", "tabIndex": -1, "multiple": limits.maxCount > 1, accept, "aria-label": "Files to attach" });
    input.addEventListener("change", () => {
      this.attachments.add([...(input.files ?? [])]);
      input.value = "";
    });
    return [input, createButton({ "class": "tool attach", "aria-label": "Attach a file", "title": "Attach a file" }, [icon("clip")], () => input.click())];
  }

  /** Whether nothing is written. */
  get isEmpty() {
    return this.#field.value === "";
  }

  focus() {
    this.#field.focus();
  }

  /** @param {Composer} before */
  #takeOver(before) {
    const field = before.#field;
    this.#field.value = field.value;
    this.#field.setSelectionRange(field.selectionStart, field.selectionEnd);
    this.#quoted = before.#quoted;
    this.#tell(before.#problem.hidden ? null : before.#problem.textContent);
  }

  /** Sends what is written, unless an answer or a file is on its way: then it stays. */
  submit() {
    const text = this.#field.value.trim();
    const files = this.attachments.ready;
    if (this.#isBusy || !this.attachments.isReady || (text === "" && files.length === 0)) return;
    const quoted = this.#quoted;
    this.#field.value = "";
    this.#quoted = null;
    this.attachments.clear();
    this.#tell(null);
    this.#handlers.onSend(text, files, quoted);
  }

  /**
   * Puts something into the field without sending it.
   * @param {{ text?: string, quoted?: string, attachments?: ChatAttachment[], files?: File[] }} value
   */
  async fill({ text, quoted, attachments, files }) {
    if (text !== undefined) this.#field.value = text;
    if (quoted !== undefined) this.#quoted = quoted;
    if (attachments) this.attachments.put(attachments);
    if (files) await this.attachments.add(files);
  }

  /** @param {boolean} isBusy */
  setBusy(isBusy) {
    this.#isBusy = isBusy;
    this.#button.classList.toggle("busy", isBusy);
    this.#button.setAttribute("aria-label", isBusy ? "Stop" : "Send");
  }

  /** @param {string | null} problem */
  #tell(problem) {
    this.#problem.textContent = problem ?? "";
    this.#problem.hidden = problem === null;
  }
}
