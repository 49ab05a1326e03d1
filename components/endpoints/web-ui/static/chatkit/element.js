// <openai-chatkit>: a conversation with a server of ChatKit's protocol, with the options, methods and events of OpenAI's element of
// that name. Nothing of it is loaded from another origin than this file.

import { Client } from "./client.js";
import { readOptions } from "./options.js";
import { Panel } from "./panel.js";
import { Session } from "./session.js";
import { styleSheet } from "./style.js";
import { applyTheme } from "./theme.js";

/** The element. */
export class ChatKitElement extends HTMLElement {
  #root = this.attachShadow({ mode: "open" });
  /** @type {ElementOptions | null} */
  #options = null;
  /** @type {Session | null} */
  #session = null;
  /** @type {Panel | null} */
  #panel = null;
  /** @type {BroadcastChannel | null} */
  #windows = null;
  #setUp = Promise.withResolvers();
  #isHistoryOpen = false;
  /** The server that windows tell each other about, while the element is in a page. */
  #server = "";

  connectedCallback() {
    if (this.#root.adoptedStyleSheets.length === 0) this.#root.adoptedStyleSheets = [styleSheet()];
    if (this.#options) this.#begin(this.#options);
  }

  disconnectedCallback() {
    this.#session?.leave();
    this.#windows?.close();
    this.#windows = null;
    this.#server = "";
  }

  /**
   * Other options change how it looks and what it offers: what was said, what is on its way and what is being written stay.
   * @param {ChatKitOptions} options
   */
  setOptions(options) {
    const read = readOptions(options);
    this.#options = read;
    applyTheme(this, read.theme);
    if (read.leftOut.length > 0) this.#emit("log", { name: "options.left_out", data: { options: read.leftOut } });
    if (this.isConnected) this.#begin(read);
  }

  /** @param {ElementOptions} options */
  #begin(options) {
    const client = new Client(options.url, options.fetch);
    const thread = this.#session ? this.#session.state.thread.id : options.initialThread;
    const session = this.#session ?? this.#newSession(client);
    session.askBy(client);
    this.#session = session;
    const server = new URL(options.url, document.baseURI).href;
    const isElsewhere = server !== this.#server;
    if (isElsewhere) this.disconnectedCallback();
    this.#show(new Panel(client, options, this.#handlers(session, options), this.#panel ?? undefined), session);
    if (!isElsewhere) return;
    this.#server = server;
    this.#listen(session);
    this.#emit("ready");
    if (thread !== null) session.open(thread);
  }

  /** @param {Client} client */
  #newSession(client) {
    const session = new Session(client, {
      emit: (name, detail) => this.#emit(name, detail),
      onChange: (canWait) => this.#panel?.draw(() => session.state, canWait),
      onSent: (threadId) => this.#windows?.postMessage(threadId),
      runTool: async (name, params) => {
        const { runTool } = /** @type {ElementOptions} */ (this.#options);
        if (!runTool) throw new Error(`onClientTool is not set: nobody runs ${name}.`);
        return runTool({ name, params });
      },
    });
    return session;
  }

  /**
   * Puts a panel in the place of the one before.
   * @param {Panel} panel
   * @param {Session} session
   */
  #show(panel, session) {
    const wasWriting = this.#root.activeElement?.id === "message";
    this.#panel = panel;
    this.#root.replaceChildren(panel.element);
    panel.draw(() => session.state, false);
    if (this.#isHistoryOpen) panel.showHistory(true);
    if (wasWriting) panel.composer.focus();
    this.#setUp.resolve({ session, panel });
  }

  /**
   * Windows that show the same thread see what is said in each other.
   * @param {Session} session
   */
  #listen(session) {
    this.#windows = new BroadcastChannel(`chatkit ${this.#server}`);
    this.#windows.addEventListener("message", ({ data }) => {
      if (data === session.state.thread.id) session.refresh().catch((error) => this.#emit("error", { error }));
    });
  }

  /**
   * @param {Session} session
   * @param {ElementOptions} options
   * @returns {PanelHandlers}
   */
  #handlers(session, options) {
    return {
      onSend: (text, attachments, quoted) => this.#say(session, text === "" ? [] : [{ type: "input_text", text }], attachments, { quoted }),
      onPrompt: (prompt) => this.#say(session, typeof prompt === "string" ? [{ type: "input_text", text: prompt }] : prompt, [], {}),
      onStop: () => session.stop(),
      onAnswer: (item, submission) => {
        this.#panel?.composer.focus();
        session.answer(item, submission);
      },
      onAction: async (item, action) => {
        try {
          if (action.handler === "client") await options.onAction?.({ type: action.type, payload: action.payload }, { id: item.id, widget: /** @type {any} */ (item.widget) });
          else await session.act(action, item.id);
        } catch (error) {
          session.tell(item.id, error);
        }
      },
      onCopy: (text) => navigator.clipboard?.writeText(text),
      onRate: (item, kind) => {
        this.#panel?.draw(() => session.state, false);
        session.rate(item.id, kind).catch((error) => session.tell(item.id, error));
      },
      onRetry: (item) => {
        const { items } = session.state.thread;
        const said = items.slice(0, items.indexOf(item)).findLast(({ type }) => type === "user_message");
        if (said) session.retry(said.id);
      },
      onEarlier: () => session.loadEarlier().catch((error) => session.tell(null, error)),
      onNew: () => this.#open(session, null),
      onHistory: () => this.#toggleHistory(true),
      onClose: () => this.#toggleHistory(false),
      onOpen: (id) => this.#open(session, id),
      onRenamed: (thread) => session.rename(thread),
      onDeleted: (id) => {
        if (session.state.thread.id === id) session.open(null);
      },
    };
  }

  /**
   * @param {Session} session
   * @param {UserMessageContent[]} content
   * @param {ChatAttachment[]} attachments
   * @param {{ quoted?: string | null, toolChoice?: { id: string }, model?: string }} more
   */
  async #say(session, content, attachments, { quoted, toolChoice, model }) {
    this.#panel?.jumpToLatest();
    await session.send({
      content,
      attachments: attachments.map(({ id }) => id),
      inference_options: { ...(toolChoice ? { tool_choice: toolChoice } : {}), ...(model ? { model } : {}) },
      ...(quoted ? { quoted_text: quoted } : {}),
    }, attachments);
  }

  /**
   * @param {Session} session
   * @param {string | null} id
   */
  async #open(session, id) {
    await this.#toggleHistory(false);
    this.#panel?.composer.focus();
    this.#panel?.jumpToLatest();
    await session.open(id);
  }

  /** @param {boolean} isOpen */
  async #toggleHistory(isOpen) {
    if (isOpen === this.#isHistoryOpen) return;
    this.#isHistoryOpen = isOpen;
    this.#emit(isOpen ? "history.open" : "history.close");
    await this.#panel?.showHistory(isOpen);
    if (!isOpen) this.#root.getElementById("history-open")?.focus();
  }

  async focusComposer() {
    const { panel } = await this.#ready();
    panel.composer.focus();
  }

  /** @param {string | null} threadId */
  async setThreadId(threadId) {
    const { session } = await this.#ready();
    await session.open(threadId);
  }

  /**
   * @param {{ type: string, payload?: Record<string, unknown> }} action
   * @param {string} [itemId]
   */
  async sendCustomAction(action, itemId) {
    const { session } = await this.#ready();
    await session.act(action, itemId ?? null);
  }

  /** @param {SendUserMessageParams} params */
  async sendUserMessage({ text, content, reply, attachments = [], newThread, toolChoice, model }) {
    const { session } = await this.#ready();
    if (newThread) await session.open(null);
    await this.#say(session, content ?? [{ type: "input_text", text: text ?? "" }], attachments, { quoted: reply, toolChoice, model });
  }

  /** @param {SetComposerValueParams} params */
  async setComposerValue({ text, content, reply, attachments, files }) {
    const { panel } = await this.#ready();
    const words = text ?? content?.map((part) => part.text).join("");
    await panel.composer.fill({ text: words, quoted: reply, attachments, files });
  }

  async showHistory() {
    await this.#ready();
    await this.#toggleHistory(true);
  }

  async hideHistory() {
    await this.#ready();
    await this.#toggleHistory(false);
  }

  async fetchUpdates() {
    const { session } = await this.#ready();
    await session.refresh();
  }

  /** @returns {Promise<{ session: Session, panel: Panel }>} */
  async #ready() {
    await this.#setUp.promise;
    // The latest options count.
    return { session: /** @type {Session} */ (this.#session), panel: /** @type {Panel} */ (this.#panel) };
  }

  /**
   * @param {string} name
   * @param {object} [detail]
   */
  #emit(name, detail) {
    this.dispatchEvent(new CustomEvent(`chatkit.${name}`, { detail }));
  }
}

if (!customElements.get("openai-chatkit")) customElements.define("openai-chatkit", ChatKitElement);
