// A conversation with a server: what is sent, what comes back, and what is to be seen of both.

import { ArrivingAnswer, AnswerError } from "./delivery.js";
import { answering, emptyThread, endingWith, loadedThread, reduce, withEarlier } from "./thread.js";

const BUSY = "The message before this one is still being answered. Wait a moment.";
/** As many items are read at once. */
const PAGE_SIZE = 50;
/** What a message is called until its server has named it. */
const PENDING_ID = "pending";

/** A conversation. `handlers` hear of what changes. */
export class Session {
  /** @type {SessionState} */
  state = { thread: emptyThread(), pending: null, failure: null, heldQuestion: null, arrivingItem: null, isBusy: false, isLoading: false };
  #client;
  #handlers;
  /** @type {ArrivingAnswer | null} */
  #arriving = null;
  /** Answers to questions, each with the key by which it is sent again. */
  #answerKeys = new Map();

  /**
   * @param {import("./client.js").Client} client
   * @param {SessionHandlers} handlers
   */
  constructor(client, handlers) {
    this.#client = client;
    this.#handlers = handlers;
  }

  /**
   * From now on asks by this client.
   * @param {import("./client.js").Client} client
   */
  askBy(client) {
    this.#client = client;
  }

  /** Listens no more; the answer comes to its end without anybody. */
  leave() {
    this.#arriving?.leave();
  }

  /** Has the answer that is on its way end. */
  stop() {
    this.#arriving?.stop();
  }

  /**
   * Shows a thread, or one that is yet to begin.
   * @param {string | null} id
   */
  async open(id) {
    this.leave();
    const thread = { ...emptyThread(), id };
    this.#set({ thread, pending: null, failure: null, heldQuestion: null, arrivingItem: null, isLoading: id !== null });
    this.#handlers.emit("thread.change", { threadId: id });
    if (id === null) return;
    this.#handlers.emit("thread.load.start", { threadId: id });
    try {
      await this.#load(id);
    } catch (error) {
      if (this.state.thread.id !== id) return;
      this.#set({ isLoading: false });
      if (error.status === 404) await this.open(null);
      else this.#fail(null, error.message, error, () => this.open(id));
    }
    this.#handlers.emit("thread.load.end", { threadId: id });
  }

  /** Reads the thread again, for what others have said or changed; hears an answer that is on its way. */
  async refresh() {
    const { id } = this.state.thread;
    if (id !== null && !this.state.isBusy) await this.#load(id);
  }

  /** @param {string} id */
  async #load(id) {
    const [thread, page] = await Promise.all([
      this.#client.request("threads.get_by_id", { thread_id: id }),
      this.#client.request("items.list", { thread_id: id, order: "desc", limit: PAGE_SIZE }),
    ]);
    if (this.state.thread.id !== id || this.state.isBusy) return;
    const loaded = loadedThread(thread, page);
    this.#set({ thread: loaded, isLoading: false });
    const message = answering(thread, loaded.items);
    const last = loaded.items.at(-1);
    if (message !== null) this.#hearAgain(message);
    else if (last?.type === "user_message" && this.state.failure === null) {
      this.#fail(last.id, "Not answered.", null, () => this.#hearAgain(last.id));
    }
  }

  /** Shows what was said before the first message that is shown. */
  async loadEarlier() {
    const { id, earlier } = this.state.thread;
    if (id === null || earlier === null) return;
    const page = await this.#client.request("items.list", { thread_id: id, order: "desc", limit: PAGE_SIZE, after: earlier });
    if (this.state.thread.id === id) this.#set({ thread: withEarlier(this.state.thread, page) });
  }

  /**
   * Says something. What failed is said again by the same key, and is taken once.
   * @param {UserMessageInput} input
   * @param {ChatAttachment[]} attachments
   */
  send(input, attachments) {
    if (this.state.isBusy) throw new Error(BUSY);
    const item = { id: PENDING_ID, thread_id: "", created_at: "", type: /** @type {const} */ ("user_message"), content: input.content, attachments };
    return this.#post({ input, item, threadId: this.state.thread.id, key: crypto.randomUUID() });
  }

  /** @param {PendingMessage} message */
  async #post(message) {
    const { input, threadId, key } = message;
    this.#set({ pending: message, failure: null });
    const error = await this.#receive((signal) => (threadId === null
      ? this.#client.stream("threads.create", { input }, { signal, key })
      : this.#client.stream("threads.add_user_message", { thread_id: threadId, input }, { signal, key })), true);
    if (!error) {
      // Who stopped it before anybody took it still has the words.
      if (this.state.pending === message) this.#fail(PENDING_ID, "Stopped.", null, () => this.#post(message));
      return;
    }
    if (!(error instanceof AnswerError)) {
      this.#fail(PENDING_ID, `Not sent. ${sentence(error)}`, error, () => this.#post(message));
      return;
    }
    // By the same key it is the same message, and takes the place of this one.
    const said = this.state.pending ? null : this.state.thread.items.findLast(({ type }) => type === "user_message");
    const again = () => {
      const items = this.state.thread.items.filter(({ id }) => id !== said?.id);
      this.#set({ thread: { ...this.state.thread, items } });
      return this.#post(message);
    };
    this.#fail(said?.id ?? PENDING_ID, `Not answered. ${error.message}`, error, error.isWorthRetry ? again : null);
  }

  /**
   * Has a message answered once more, or hears the answer that is on its way.
   * @param {string} id
   */
  async retry(id) {
    if (this.state.isBusy) return;
    this.#set({ thread: endingWith(this.state.thread, id) });
    await this.#hearAgain(id);
  }

  /** @param {string} id */
  async #hearAgain(id) {
    const params = { thread_id: this.state.thread.id, item_id: id };
    this.#set({ failure: null });
    const error = await this.#receive((signal) => this.#client.stream("threads.retry_after_item", params, { signal }), false);
    if (error) this.#fail(id, `Not answered. ${error.message}`, error, () => this.retry(id));
  }

  /**
   * Answers a question, or passes it over.
   * @param {StructuredInputItem} item
   * @param {StructuredInputSubmission} submission
   */
  async answer(item, submission) {
    if (this.state.isBusy) return;
    const said = JSON.stringify([item.id, submission]);
    if (!this.#answerKeys.has(said)) this.#answerKeys.set(said, crypto.randomUUID());
    const params = { thread_id: item.thread_id, item_id: item.id, input: submission };
    const key = this.#answerKeys.get(said);
    this.#set({ failure: null, heldQuestion: item.id });
    const error = await this.#receive((signal) => this.#client.stream("threads.add_structured_input", params, { signal, key }), true);
    this.#set({ heldQuestion: null });
    if (!error) return;
    // Somebody was faster: what became of it is in the thread.
    if (error.type === "/problems/nothing-to-confirm") await this.refresh();
    else this.#fail(item.id, `Not sent. ${sentence(error)}`, error, null);
  }

  /**
   * Has the server do what a widget says.
   * @param {WidgetAction} action
   * @param {string | null} itemId
   */
  async act({ type, payload, streaming = true }, itemId) {
    const params = { thread_id: this.state.thread.id, item_id: itemId ?? undefined, action: { type, payload } };
    if (this.state.failure?.itemId === itemId) this.#set({ failure: null });
    if (streaming) {
      if (this.state.isBusy) throw new Error(BUSY);
      const error = await this.#receive((signal) => this.#client.stream("threads.custom_action", params, { signal }), false);
      if (error) throw error;
    } else {
      const { updated_item: item } = await this.#client.request("threads.sync_custom_action", params);
      if (item) this.#set({ thread: reduce(this.state.thread, { type: "thread.item.replaced", item }) });
      this.#handlers.onSent(this.state.thread.id);
    }
    // Other widgets may show the same.
    if (this.state.thread.items.filter((item) => item.type === "widget").length > 1) await this.refresh();
  }

  /**
   * Says what the person thinks of an answer.
   * @param {string} itemId
   * @param {"positive" | "negative"} kind
   */
  rate(itemId, kind) {
    return this.#client.request("items.feedback", { thread_id: this.state.thread.id, item_ids: [itemId], kind });
  }

  /**
   * Shows an answer while it arrives. What went wrong is the answer; whoever leaves is told nothing more.
   * @param {(signal: AbortSignal) => Promise<AnswerStream>} ask
   * @param {boolean} canRepeat
   * @returns {Promise<import("./client.js").ChatKitError | null>}
   */
  async #receive(ask, canRepeat) {
    this.leave();
    const answer = new ArrivingAnswer(this.#client);
    this.#arriving = answer;
    this.#set({ isBusy: true });
    this.#handlers.emit("response.start");
    /** @type {any} */
    let problem = null;
    try {
      await answer.hear(ask, canRepeat, (event) => {
        if (this.#arriving === answer) this.#take(event);
      });
    } catch (error) {
      problem = error.name === "AbortError" ? null : error;
    }
    this.#handlers.emit("response.end");
    if (this.#arriving !== answer) return null;
    this.#arriving = null;
    const hasLeft = answer.listening.signal.aborted;
    this.#set({ isBusy: false, arrivingItem: null, thread: { ...this.state.thread, progress: null } });
    if (hasLeft) return null;
    this.#handlers.onSent(this.state.thread.id);
    if (!problem) await this.#runClientTool();
    return problem;
  }

  /** @param {ThreadStreamEvent} event */
  #take(event) {
    const { thread } = this.state;
    if (event.type === "client_effect") {
      this.#handlers.emit("effect", { name: event.name, data: event.data });
      return;
    }
    const next = reduce(thread, event);
    /** @type {Partial<SessionState>} */
    const changes = { thread: next };
    if (event.type === "thread.item.added") changes.arrivingItem = event.item.id;
    if (event.type === "thread.item.done" && event.item.type === "user_message") {
      changes.pending = null;
      // What was asked before is passed over.
      changes.thread = { ...next, items: next.items.map((item) => (isOpen(item) ? { ...item, status: "skipped" } : item)) };
    }
    if (event.type === "thread.item.done" && event.item.id === this.state.arrivingItem) changes.arrivingItem = null;
    // Pieces of a text come faster than anybody reads.
    this.#set(changes, event.type === "thread.item.updated");
    if (next.id !== thread.id) this.#handlers.emit("thread.change", { threadId: next.id });
    if (event.type === "thread.item.done" && event.item.type === "user_message") this.#handlers.onSent(next.id);
  }

  /** Answers the call of a tool that the page has, if the thread waits for one. */
  async #runClientTool() {
    const call = this.state.thread.items.at(-1);
    if (call?.type !== "client_tool_call" || call.status !== "pending") return;
    const result = await this.#handlers.runTool(call.name, call.arguments);
    const params = { thread_id: call.thread_id, result };
    const error = await this.#receive((signal) => this.#client.stream("threads.add_client_tool_output", params, { signal }), false);
    if (error) this.#fail(call.id, error.message, error, null);
  }

  /**
   * Says at an item what went wrong with it. What a widget showed may be no longer so.
   * @param {string | null} itemId
   * @param {Error} error
   */
  tell(itemId, error) {
    this.#fail(itemId, error.message, error, null);
  }

  /**
   * Takes over the title that a thread was given.
   * @param {ChatKitThread} thread
   */
  rename({ id, title }) {
    if (this.state.thread.id === id) this.#set({ thread: { ...this.state.thread, title: title ?? null } });
  }

  /**
   * @param {string | null} itemId
   * @param {string} said
   * @param {Error | null} error
   * @param {(() => void) | null} again
   */
  #fail(itemId, said, error, again) {
    this.#set({ failure: { itemId, sentence: said, again } });
    if (error) this.#handlers.emit("error", { error });
  }

  /**
   * @param {Partial<SessionState>} changes
   * @param {boolean} [canWait]
   */
  #set(changes, canWait = false) {
    this.state = { ...this.state, ...changes };
    this.#handlers.onChange(canWait);
  }
}

/** @param {import("./client.js").ChatKitError} error */
const sentence = ({ type, message }) => (type === "/problems/conversation-busy" ? BUSY : message);

/**
 * Whether an item is a question that can be answered.
 * @param {ThreadItem} item
 * @returns {item is StructuredInputItem}
 */
const isOpen = (item) => item.type === "structured_input" && item.status === "pending";
