// Making elements. Text only ever becomes text: nothing here takes markup.

const SVG = "http://www.w3.org/2000/svg";

/**
 * A new element with properties, a class among them, and children: elements or text.
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Record<string, any>} [properties]
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function createElement(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key.includes("-") || key === "role" || key === "for") element.setAttribute(key, value);
    else if (key === "class") element.className = value;
    else Object.assign(element, { [key]: value });
  }
  element.append(...children);
  return element;
}

/**
 * A button that calls back, unless something else happens to it.
 * @param {Record<string, any>} properties
 * @param {(Node | string)[]} content
 * @param {() => void} onClick
 */
export function createButton(properties, content, onClick) {
  const button = createElement("button", { type: "button", ...properties }, ...content);
  button.addEventListener("click", onClick);
  return button;
}

/**
 * A new element of a drawing, with attributes.
 * @param {string} name
 * @param {Record<string, string | number>} attributes
 * @param {Node[]} children
 */
export function createSvg(name, attributes, ...children) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.append(...children);
  return element;
}
