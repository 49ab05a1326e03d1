// Making and finding elements. Text only ever becomes text: nothing here takes markup.

/**
 * The element with this id.
 * @template {keyof PageElements} Id
 * @param {Id} id
 * @returns {PageElements[Id]}
 */
export const byId = (id) => /** @type {any} */ (document.getElementById(id));

export { createElement, createSvg } from "./chatkit/dom.js";

/**
 * Shows a sentence in an element that is hidden while there is none.
 * @param {HTMLElement} element
 * @param {string | null | undefined} sentence
 */
export function showMessage(element, sentence) {
  element.textContent = sentence ?? "";
  element.hidden = !sentence;
}

/**
 * Tells a screen reader what happened.
 * @param {string} sentence
 */
export function announce(sentence) {
  byId("announcer").textContent = sentence;
}
