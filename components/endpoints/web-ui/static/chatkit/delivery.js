// One answer on its way: reading goes on where the network breaks, if the message can be sent again.

import { ChatKitError } from "./client.js";

/** Before each further try to hear the rest, in milliseconds. */
const PAUSES = [300, 1_000, 3_000];
const BROKE_OFF = "The answer broke off.";

/** The server took a message and has no answer. */
export class AnswerError extends ChatKitError {
  /**
   * The sentence says what happened.
   * @param {string} sentence
   * @param {boolean} isWorthRetry
   */
  constructor(sentence, isWorthRetry) {
    super(sentence);
    this.name = "AnswerError";
    this.isWorthRetry = isWorthRetry;
  }
}

/** An answer that is arriving: who listens, by which request it is stopped, and whether the person has stopped it. */
export class ArrivingAnswer {
  listening = new AbortController();
  isStopped = false;
  /** @type {string | null} */
  #cancelUrl = null;
  #hasBegun = false;
  #client;

  /** @param {import("./client.js").Client} client */
  constructor(client) {
    this.#client = client;
  }

  /** Listens no more. */
  leave() {
    this.listening.abort();
  }

  /** Has it end. What was done until then is how it ends; stopped once more, nobody waits for that. */
  stop() {
    if (this.isStopped) this.leave();
    this.isStopped = true;
    // Until its server has answered, nobody knows by what it is stopped.
    if (this.#hasBegun) this.#cancel();
  }

  #cancel() {
    if (this.#cancelUrl === null) this.leave();
    else this.#client.cancel(this.#cancelUrl).catch(() => this.leave());
  }

  /**
   * Tells each event of the answer to `take`, in their order. Where it breaks off, `ask` is asked again if that does nothing twice: the
   * answer is then told from its beginning.
   * @param {(signal: AbortSignal) => Promise<AnswerStream>} ask
   * @param {boolean} canRepeat
   * @param {(event: ThreadStreamEvent) => void} take
   */
  async hear(ask, canRepeat, take) {
    for (const pause of canRepeat ? [...PAUSES, null] : [null]) {
      try {
        if (await this.#read(ask, take)) return;
      } catch (error) {
        const isBroken = error instanceof ChatKitError && error.status === 0 && !(error instanceof AnswerError);
        if (!isBroken || !this.#hasBegun) throw error;
      }
      if (pause !== null) await new Promise((resolve) => { setTimeout(resolve, pause); });
      this.listening.signal.throwIfAborted();
    }
    throw new AnswerError(BROKE_OFF, true);
  }

  /**
   * Whether it came to its end.
   * @param {(signal: AbortSignal) => Promise<AnswerStream>} ask
   * @param {(event: ThreadStreamEvent) => void} take
   */
  async #read(ask, take) {
    const { events, cancelUrl } = await ask(this.listening.signal);
    this.#hasBegun = true;
    this.#cancelUrl = cancelUrl;
    if (this.isStopped) this.#cancel();
    let hasAnswer = false;
    try {
      for await (const event of events) {
        if (event.type === "error") throw new AnswerError(event.message ?? "Something went wrong.", event.allow_retry ?? false);
        hasAnswer ||= isAnswer(event);
        take(event);
      }
    } catch (error) {
      if (error.name === "AbortError" || error instanceof AnswerError) throw error;
      // A network that breaks is told as an answer that broke off.
      return false;
    }
    return hasAnswer;
  }
}

/**
 * Whether an event holds something that the server has made. A stream has no last event: one that has nothing of the kind was cut.
 * @param {ThreadStreamEvent} event
 */
function isAnswer(event) {
  if (event.type === "thread.item.done") return event.item.type !== "user_message";
  return event.type === "thread.item.replaced" && event.item.type === "widget";
}
