// The parts of the element, put together: header, conversation, composer, earlier threads.

import { Composer } from "./composer.js";
import { createButton, createElement } from "./dom.js";
import { Following } from "./following.js";
import { History } from "./history.js";
import { icon } from "./icons.js";
import { render } from "./markdown.js";
import { ThreadView } from "./thread-view.js";

const UNTITLED = "New chat";

/** What the element shows. */
export class Panel {
  element;
  composer;
  history;
  #view;
  #following;
  #options;
  #title = createElement("h2", { id: "title", dir: "auto" });
  #start;
  #progress = createElement("p", { class: "progress", role: "status", hidden: true });
  #closed = createElement("p", { class: "closed", role: "status", hidden: true });
  #earlier;
  #conversation;
  #isDrawing = false;
  /** @type {string | null} */
  #asked = null;

  /**
   * @param {import("./client.js").Client} client
   * @param {ElementOptions} options
   * @param {PanelHandlers} handlers
   * @param {Panel} [before] the one that this one takes the place of: what is being written goes on
   */
  constructor(client, options, handlers, before) {
    this.#options = options;
    const list = createElement("ol", { id: "messages", class: "messages" });
    this.#start = this.#startScreen(handlers);
    this.#earlier = createButton({ class: "quiet earlier", hidden: true }, ["Show earlier messages"], handlers.onEarlier);
    const log = createElement("div", { "role": "log", "aria-label": "Messages" }, list);
    const content = createElement("div", { class: "content" }, this.#start, this.#earlier, log, this.#progress);
    const scroll = createElement("div", { "class": "scroll", "id": "chat-scroll", "role": "region", "aria-label": "Conversation", "tabIndex": 0 }, content);
    const jump = createButton({ class: "jump", id: "jump", hidden: true }, ["Jump to latest"], () => {
      this.#following.jumpToLatest();
      this.composer.focus();
    });
    this.composer = new Composer(client, options, handlers, before?.composer);
    this.history = new History(client, options, handlers);
    this.#view = new ThreadView(list, options, handlers);
    this.#conversation = createElement("div", { class: "conversation" }, scroll, jump, this.#closed, this.composer.element, ...this.#disclaimer());
    const head = options.hasHeader ? [this.#header(handlers)] : [];
    this.element = createElement("section", { "class": "frame", "aria-label": options.title }, ...head, this.#conversation, this.history.element);
    this.#following = new Following(scroll, content, jump);
  }

  /** @param {PanelHandlers} handlers */
  #header(handlers) {
    const { hasTitle, hasHistory, titleText } = this.#options;
    this.#title.textContent = titleText ?? UNTITLED;
    this.#title.classList.toggle("unseen", !hasTitle);
    const buttons = [createButton({ class: "quiet", id: "new-chat" }, ["New chat"], handlers.onNew)];
    if (hasHistory) {
      buttons.unshift(createButton({ "class": "quiet icon-only", "id": "history-open", "aria-label": "Earlier chats", "title": "Earlier chats" }, [icon("history")], handlers.onHistory));
    }
    return createElement("header", { class: "head" }, this.#title, ...buttons);
  }

  /** @param {PanelHandlers} handlers */
  #startScreen({ onPrompt }) {
    const { greeting, prompts } = this.#options;
    const ideas = prompts.map((prompt) => {
      const content = [...(prompt.icon ? [icon(prompt.icon)] : []), prompt.label];
      return createElement("li", {}, createButton({ dir: "auto" }, content, () => onPrompt(prompt.prompt)));
    });
    return createElement("div", { class: "empty", id: "chat-empty" },
      createElement("p", { class: "empty-title", id: "greeting", dir: "auto" }, greeting),
      createElement("ul", { "class": "ideas", "id": "ideas", "aria-label": "Ideas", "hidden": ideas.length === 0 }, ...ideas));
  }

  #disclaimer() {
    const { disclaimer } = this.#options;
    return disclaimer ? [createElement("div", { class: disclaimer.highContrast ? "disclaimer strong" : "disclaimer" }, ...render(disclaimer.text))] : [];
  }

  /**
   * Shows what there is: at once, or where pieces come faster than anybody reads with the next frame.
   * @param {() => SessionState} state
   * @param {boolean} canWait
   */
  draw(state, canWait) {
    if (!canWait) {
      this.#draw(state());
    } else if (!this.#isDrawing) {
      this.#isDrawing = true;
      requestAnimationFrame(() => {
        this.#isDrawing = false;
        this.#draw(state());
      });
    }
  }

  /** @param {SessionState} state */
  #draw(state) {
    const { thread, pending, isBusy, isLoading, arrivingItem, failure } = state;
    const count = thread.items.length + (pending ? 1 : 0);
    this.#start.hidden = count > 0 || isLoading || failure !== null;
    this.#earlier.hidden = thread.earlier === null;
    if (!this.#options.titleText) this.#title.textContent = thread.title ?? UNTITLED;
    this.#view.draw(state);
    this.#showProgress(isLoading ? "Loading …" : (thread.progress?.text ?? ""), thread.progress?.icon ?? null, isLoading || (isBusy && arrivingItem === null));
    this.#close(thread.status);
    this.composer.setBusy(isBusy);
    this.#offer(state);
  }

  /**
   * @param {string} words
   * @param {string | null} name
   * @param {boolean} isShown
   */
  #showProgress(words, name, isShown) {
    this.#progress.hidden = !isShown;
    if (!isShown) this.#progress.replaceChildren();
    else if (words) this.#progress.replaceChildren(...(name ? [icon(name)] : []), createElement("span", { dir: "auto" }, words));
    else if (!this.#progress.querySelector(".thinking")) {
      this.#progress.replaceChildren(createElement("span", { "class": "thinking", "role": "img", "aria-label": "Thinking" }, createElement("i"), createElement("i"), createElement("i")));
    }
  }

  /** @param {ThreadState["status"]} status */
  #close({ type, reason }) {
    const isOpen = type === "active";
    this.composer.element.hidden = !isOpen;
    this.#closed.hidden = isOpen;
    this.#closed.textContent = isOpen ? "" : `This chat is ${type}. ${reason ?? "Start a new one."}`;
  }

  /**
   * A new question: its safe answer gets the focus, if the person is here and is not writing.
   * @param {SessionState} state
   */
  #offer({ thread, isBusy }) {
    const last = thread.items.at(-1);
    if (isBusy || last?.type !== "structured_input" || last.status !== "pending" || last.id === this.#asked) return;
    this.#asked = last.id;
    this.#following.jumpToLatest();
    const root = /** @type {ShadowRoot} */ (this.element.getRootNode());
    const buttons = this.element.querySelectorAll(`[data-item="${CSS.escape(last.id)}"] .choice`);
    const safe = buttons.item(buttons.length - 1);
    if (root.activeElement && this.composer.isEmpty && safe instanceof HTMLElement) safe.focus({ preventScroll: true });
  }

  /** Shows the end of the conversation. */
  jumpToLatest() {
    this.#following.jumpToLatest();
  }

  /** Shows earlier threads in the place of the conversation, or the conversation. */
  async showHistory(isShown = true) {
    this.#conversation.hidden = isShown;
    if (isShown) await this.history.show();
    else this.history.element.hidden = true;
  }
}
