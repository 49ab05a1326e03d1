// The conversation as a list: each item is drawn again when it has changed, and only then.

import { createButton, createElement } from "./dom.js";
import { icon } from "./icons.js";
import { isShown, renderItem } from "./items.js";
import { render } from "./markdown.js";

/** What stands in the list for an item. */
class Row {
  element = createElement("li");
  /** @type {any[]} */
  #drawn = [];

  /**
   * Draws it unless it is drawn like this already; the control that has the focus keeps it.
   * @param {any[]} look
   * @param {() => { kind: string, by: string, content: HTMLElement[] }} draw
   */
  draw(look, draw) {
    if (look.length === this.#drawn.length && look.every((value, at) => value === this.#drawn[at])) return;
    this.#drawn = look;
    const root = /** @type {ShadowRoot} */ (this.element.getRootNode());
    const focused = this.#controls().indexOf(/** @type {HTMLElement} */ (root.activeElement));
    const { kind, by, content } = draw();
    this.element.className = `message ${kind}`;
    this.element.replaceChildren(createElement("span", { class: "unseen" }, by), ...content);
    if (focused >= 0) this.#controls()[focused]?.focus({ preventScroll: true });
  }

  /** @returns {HTMLElement[]} */
  #controls() {
    return [...this.element.querySelectorAll(/** @type {any} */ ("button, input, select, textarea, a"))];
  }
}

/** The list of items, with what is on its way. */
export class ThreadView {
  #list;
  #handlers;
  #options;
  /** @type {Map<string, Row>} */
  #rows = new Map();
  /** @type {Map<string, "positive" | "negative">} */
  #ratings = new Map();

  /**
   * @param {HTMLOListElement} list
   * @param {ElementOptions} options
   * @param {ThreadHandlers} handlers
   */
  constructor(list, options, handlers) {
    this.#list = list;
    this.#options = options;
    this.#handlers = handlers;
  }

  /**
   * @param {SessionState} state
   */
  draw(state) {
    const { thread, pending, failure, arrivingItem, heldQuestion } = state;
    const items = [...thread.items.filter(isShown), ...(pending ? [pending.item] : [])];
    const lastAnswer = items.findLast(({ type }) => type === "assistant_message")?.id;
    const isAtAnItem = items.some(({ id }) => id === failure?.itemId);
    const shown = items.map((item) => {
      const row = this.#row(item.id);
      const isArriving = item.id === arrivingItem;
      const failed = failure?.itemId === item.id ? failure : null;
      /** @type {ItemLook} */
      const look = {
        isArriving,
        isHeld: heldQuestion === item.id,
        rating: this.#ratings.get(item.id) ?? null,
        hasFeedback: this.#options.hasFeedback,
        canRetry: this.#options.hasRetry && item.id === lastAnswer && !state.isBusy,
      };
      row.draw([item, failed, ...Object.values(look)], () => {
        const drawn = renderItem(item, look, this.#itemHandlers());
        return { ...drawn, content: failed ? [...drawn.content, failureNote(failed)] : drawn.content };
      });
      if (isArriving) row.element.setAttribute("aria-busy", "true");
      else row.element.removeAttribute("aria-busy");
      return row.element;
    });
    shown.push(...thread.notices.map((notice, place) => this.#notice(notice, `notice-${place}`)));
    if (failure && !isAtAnItem) shown.push(this.#failed(failure));
    this.#place(shown);
    const known = new Set(items.map(({ id }) => id));
    for (const id of this.#rows.keys()) if (!known.has(id) && !id.startsWith("notice-") && id !== "failure") this.#rows.delete(id);
  }

  /**
   * Puts the rows into the list in their order. Those that stand right already are not touched: they keep focus and selection.
   * @param {HTMLElement[]} rows
   */
  #place(rows) {
    const stay = new Set(rows);
    for (const child of [...this.#list.children]) if (!stay.has(/** @type {HTMLElement} */ (child))) child.remove();
    rows.forEach((row, place) => {
      const there = this.#list.children[place];
      if (there !== row) this.#list.insertBefore(row, there ?? null);
    });
  }

  /** @param {string} id */
  #row(id) {
    const known = this.#rows.get(id);
    if (known) return known;
    const row = new Row();
    row.element.dataset.item = id;
    this.#rows.set(id, row);
    return row;
  }

  /** @returns {ItemHandlers} */
  #itemHandlers() {
    return {
      ...this.#handlers,
      onRate: (item, kind) => {
        this.#ratings.set(item.id, kind);
        this.#handlers.onRate(item, kind);
      },
    };
  }

  /**
   * @param {Notice} notice
   * @param {string} id
   */
  #notice(notice, id) {
    const row = this.#row(id);
    const { level, title, message } = notice;
    const heading = title ? [createElement("strong", {}, title)] : [];
    const box = () => createElement("div", { class: `notice ${level}`, role: level === "info" ? "status" : "alert" }, ...heading, ...render(message));
    row.draw([notice], () => ({ kind: "told", by: "", content: [box()] }));
    return row.element;
  }

  /** @param {Failure} failure */
  #failed(failure) {
    const row = this.#row("failure");
    row.draw([failure], () => ({ kind: "told", by: "", content: [failureNote(failure)] }));
    return row.element;
  }
}

/**
 * What went wrong, below what it went wrong with.
 * @param {Failure} failure
 */
function failureNote({ sentence, again }) {
  const retry = again ? [createButton({ class: "retry" }, [icon("reload"), "Retry"], again)] : [];
  return createElement("div", { class: "unsent" }, createElement("p", { role: "alert" }, sentence), ...retry);
}
