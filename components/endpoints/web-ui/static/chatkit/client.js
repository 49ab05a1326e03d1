// The protocol's requests: one POST each, answered by one object or by a stream.

import { events } from "./stream.js";

const UNREACHABLE = "The server can’t be reached. Check your connection and try again.";

/** Why a request has no answer, as a sentence for a person. */
export class ChatKitError extends Error {
  /**
   * @param {string} sentence
   * @param {number} [status] of HTTP; 0 where there was no answer at all
   * @param {string | null} [type] of the problem (RFC 9457)
   */
  constructor(sentence, status = 0, type = null) {
    super(sentence);
    this.name = "ChatKitError";
    this.status = status;
    this.type = type;
  }

  /**
   * The problem in an answer, or words of our own where there is none.
   * @param {Response} response
   */
  static async fromResponse(response) {
    const body = await response.json().catch(() => ({}));
    const sentence = body.detail ?? body.title ?? body.message ?? `The server answered ${response.status}.`;
    // Sentences mark names as code; here they are read as plain text.
    return new ChatKitError(String(sentence).replaceAll("`", ""), response.status, body.type ?? null);
  }
}

/** The server of the protocol at an address. */
export class Client {
  #url;
  #fetch;

  /**
   * The server at this address, asked by this function.
   * @param {string} url
   * @param {typeof fetch} [fetchAs]
   */
  constructor(url, fetchAs) {
    this.#url = url;
    this.#fetch = fetchAs ?? ((input, options) => fetch(input, options));
  }

  /**
   * The object that answers a request.
   * @param {string} type
   * @param {object} params
   * @param {object} [metadata] what is said beside it
   * @returns {Promise<any>}
   */
  async request(type, params, metadata) {
    return (await this.#post({ type, params, metadata })).json();
  }

  /**
   * The stream that answers a request. By its key the server knows a message that is sent again.
   * @param {string} type
   * @param {object} params
   * @param {{ signal: AbortSignal, key?: string }} options
   * @returns {Promise<AnswerStream>}
   */
  async stream(type, params, { signal, key }) {
    const response = await this.#post({ type, params }, { signal, key });
    return { events: events(response), cancelUrl: this.#cancelUrl(response) };
  }

  /**
   * Has an answer end that says by which request that is done.
   * @param {string} url
   */
  async cancel(url) {
    await this.#send(url, { method: "POST" });
  }

  /**
   * Uploads a file to the place that its server has named.
   * @param {UploadDescriptor} place
   * @param {File} file
   * @param {string} mediaType
   */
  async upload({ url, method, headers = {} }, file, mediaType) {
    await this.#send(url, { method, body: file, headers: { "content-type": mediaType, ...headers } });
  }

  /**
   * Uploads a file to an address that answers the attachment.
   * @param {string} url
   * @param {File} file
   * @returns {Promise<ChatAttachment>}
   */
  async uploadDirectly(url, file) {
    const body = new FormData();
    body.append("file", file);
    return (await this.#send(url, { method: "POST", body })).json();
  }

  /**
   * @param {object} body
   * @param {{ signal?: AbortSignal, key?: string }} [options]
   */
  #post(body, { signal, key } = {}) {
    /** @type {Record<string, string>} */
    const headers = { "content-type": "application/json" };
    if (key) headers["idempotency-key"] = key;
    return this.#send(this.#url, { method: "POST", headers, body: JSON.stringify(body), signal });
  }

  /**
   * @param {string} url
   * @param {RequestInit} options
   */
  async #send(url, options) {
    let response;
    try {
      response = await this.#fetch(url, options);
    } catch (error) {
      if (error.name === "AbortError") throw error;
      // Of what a browser says of its network nobody learns anything; a function of the page may have better words.
      throw new ChatKitError(error instanceof TypeError ? UNREACHABLE : error.message, error.status ?? 0);
    }
    if (!response.ok) throw await ChatKitError.fromResponse(response);
    return response;
  }

  /**
   * The request that stops an answer, where its server names one (RFC 8288): closing the stream of a message that can be sent again
   * does not.
   * @param {Response} response
   */
  #cancelUrl(response) {
    const [, target] = /<([^>]*)>\s*;\s*rel="?cancel"?/.exec(response.headers.get("link") ?? "") ?? [];
    const base = new URL(this.#url, globalThis.document?.baseURI ?? response.url);
    return target === undefined ? null : new URL(target, base).href;
  }
}
