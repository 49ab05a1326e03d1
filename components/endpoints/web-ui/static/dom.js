// Making and finding elements. Text only ever becomes text: nothing here takes markup.

/**
 * The element with this id.
 * @template {keyof PageElements} Id
 * @param {Id} id
 * @returns {PageElements[Id]}
 */
export const byId = (id) => /** @type {any} */ (document.getElementById(id));

/**
 * A new element with properties, a class among them, and children: elements or text.
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Record<string, string>} [properties]
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function createElement(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key.startsWith("aria-") || key === "role" || key === "for") element.setAttribute(key, value);
    else if (key === "class") element.className = value;
    else Object.assign(element, { [key]: value });
  }
  element.append(...children);
  return element;
}

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
