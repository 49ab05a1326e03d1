// Making and finding elements. Text only ever becomes text: nothing here takes markup.

/** The element with this id. */
export const at = (id) => document.getElementById(id);

/** A new element with properties, a class among them, and children: elements or text. */
export function make(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key.startsWith("aria-") || key === "role" || key === "for") element.setAttribute(key, value);
    else if (key === "class") element.className = value;
    else element[key] = value;
  }
  element.append(...children);
  return element;
}

/** Shows a sentence in an element that is hidden while there is none. */
export function say(element, sentence) {
  element.textContent = sentence ?? "";
  element.hidden = !sentence;
}

/** Tells a screen reader what happened. */
export function announce(sentence) {
  at("announcer").textContent = sentence;
}
