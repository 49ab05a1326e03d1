// Earlier threads: to search, to open, to rename, to delete.

import { createButton, createElement } from "./dom.js";
import { icon } from "./icons.js";

const PAGE_SIZE = 30;
/** How long somebody who types has paused before it is looked for, in milliseconds. */
const SEARCH_DELAY = 250;
/** The most characters to look for. */
const MAX_SEARCH_LENGTH = 200;

/** The list of threads, in the place of the conversation while it is open. */
export class History {
  element;
  #list = createElement("ul", { class: "threads" });
  #problem = createElement("p", { class: "unsent", role: "alert", hidden: true });
  #search = createElement("input", { "type": "search", "id": "history-search", "maxLength": MAX_SEARCH_LENGTH, "dir": "auto", "autocomplete": "off", "placeholder": "Search", "aria-label": "Search earlier chats" });
  #found = createElement("p", { class: "unseen", role: "status" });
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #searching;
  /** Counts what was asked for: an answer to an earlier search is not shown. */
  #asked = 0;
  #more;
  #close;
  #client;
  #options;
  #handlers;
  /** @type {string | undefined} */
  #after;

  /**
   * @param {import("./client.js").Client} client
   * @param {ElementOptions} options
   * @param {HistoryHandlers} handlers
   */
  constructor(client, options, handlers) {
    this.#client = client;
    this.#options = options;
    this.#handlers = handlers;
    this.#close = createButton({ class: "quiet", id: "history-close" }, ["Close"], () => handlers.onClose());
    this.#more = createButton({ class: "quiet", hidden: true }, ["Show more"], () => this.#load(this.#after));
    const head = createElement("div", { class: "head" }, createElement("h2", { id: "history-title" }, "Earlier chats"), this.#close);
    this.element = createElement("section", { "class": "history", "id": "history", "aria-labelledby": "history-title", "hidden": true }, head, this.#search, this.#found, this.#problem, this.#list, this.#more);
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.defaultPrevented) handlers.onClose();
    });
    this.#listen();
  }

  #listen() {
    this.#search.addEventListener("input", () => {
      clearTimeout(this.#searching);
      this.#searching = setTimeout(() => this.#load(), SEARCH_DELAY);
    });
    this.#search.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || this.#search.value === "") return;
      event.preventDefault();
      this.#search.value = "";
      this.#load();
    });
  }

  /** Reads the threads and shows them. */
  async show() {
    this.element.hidden = false;
    this.#close.focus();
    this.#list.replaceChildren();
    this.#search.value = "";
    await this.#load();
  }

  /**
   * Shows a page of what is looked for. The protocol has no search: the words go beside the request.
   * @param {string} [after] the last thread of the page before
   */
  async #load(after) {
    clearTimeout(this.#searching);
    const text = this.#search.value.trim();
    this.#asked += 1;
    const asked = this.#asked;
    this.#tell(null);
    try {
      const page = await this.#client.request("threads.list", { limit: PAGE_SIZE, order: "desc", after }, text === "" ? undefined : { text });
      if (asked !== this.#asked) return;
      this.#after = page.after ?? page.data.at(-1)?.id;
      if (after === undefined) this.#list.replaceChildren();
      this.#list.append(...page.data.map((/** @type {ChatKitThread} */ thread) => this.#row(thread)));
      this.#more.hidden = !page.has_more;
      this.#tellFound(text, page.has_more);
    } catch (error) {
      if (asked === this.#asked) this.#tell(error.message);
    }
  }

  /**
   * @param {string} text
   * @param {boolean} hasMore
   */
  #tellFound(text, hasMore) {
    const count = this.#list.childElementCount;
    if (count === 0) this.#list.append(createElement("li", { class: "nothing" }, text === "" ? "Nothing was said yet." : "No chat has these words."));
    const number = `${hasMore ? "More than " : ""}${count === 0 ? "No" : count}`;
    this.#found.textContent = text === "" ? "" : `${number} ${count === 1 ? "chat" : "chats"} found.`;
  }

  /** @param {ChatKitThread} thread */
  #row(thread) {
    const row = createElement("li", { class: "thread" });
    this.#draw(row, thread);
    return row;
  }

  /**
   * @param {HTMLLIElement} row
   * @param {ChatKitThread} thread
   */
  #draw(row, thread) {
    const title = thread.title || "Untitled";
    const when = new Date(thread.created_at).toLocaleDateString(this.#options.locale, { day: "numeric", month: "short" });
    const day = createElement("time", { dateTime: thread.created_at }, when);
    const buttons = [createButton({ class: "open", dir: "auto" }, [createElement("span", {}, title), day], () => this.#handlers.onOpen(thread.id))];
    const tool = (/** @type {string} */ name, /** @type {string} */ label, /** @type {() => void} */ act) =>
      createButton({ "class": `tool ${name}`, "aria-label": `${label} “${title}”`, "title": label }, [icon(name)], act);
    if (this.#options.canRename) buttons.push(tool("write", "Rename", () => this.#rename(row, thread)));
    if (this.#options.canDelete) buttons.push(tool("trash", "Delete", () => this.#ask(row, thread)));
    row.replaceChildren(...buttons);
  }

  /**
   * @param {HTMLLIElement} row
   * @param {ChatKitThread} thread
   */
  #rename(row, thread) {
    const input = createElement("input", { "value": thread.title ?? "", "maxLength": 200, "dir": "auto", "aria-label": "New title", "required": true });
    const form = createElement("form", { class: "rename" }, input, createElement("button", { type: "submit", class: "choice primary" }, "Rename"));
    const back = (/** @type {ChatKitThread} */ shown) => {
      this.#draw(row, shown);
      row.querySelector("button")?.focus();
    };
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const renamed = await this.#try(() => this.#client.request("threads.update", { thread_id: thread.id, title: input.value.trim() }));
      if (!renamed) return;
      this.#handlers.onRenamed(renamed);
      back(renamed);
    });
    form.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      back(thread);
    });
    row.replaceChildren(form);
    input.select();
  }

  /**
   * @param {HTMLLIElement} row
   * @param {ChatKitThread} thread
   */
  #ask(row, thread) {
    const keep = createButton({ class: "choice" }, ["Keep it"], () => {
      this.#draw(row, thread);
      row.querySelector("button")?.focus();
    });
    const remove = createButton({ class: "choice removing" }, ["Delete"], async () => {
      if (!(await this.#try(() => this.#client.request("threads.delete", { thread_id: thread.id })))) return;
      row.remove();
      this.#close.focus();
      this.#handlers.onDeleted(thread.id);
    });
    const words = createElement("span", { dir: "auto" }, `Delete “${thread.title || "Untitled"}” with all that was said?`);
    row.replaceChildren(createElement("div", { "class": "question", "role": "group", "aria-label": "Confirm" }, words, remove, keep));
    keep.focus();
  }

  /**
   * What a request answers; null where it failed, which is told.
   * @param {() => Promise<any>} request
   */
  async #try(request) {
    this.#tell(null);
    try {
      return await request();
    } catch (error) {
      this.#tell(error.message);
      return null;
    }
  }

  /** @param {string | null} problem */
  #tell(problem) {
    this.#problem.textContent = problem ?? "";
    this.#problem.hidden = problem === null;
  }
}
