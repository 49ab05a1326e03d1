// As much of a document as the scripts that make elements need.

class Element {
  children = [];
  attributes = {};

  constructor(name) {
    this.name = name;
  }

  setAttribute(name, value) {
    this.attributes[name] = value;
  }

  append(...children) {
    this.children.push(...children);
  }

  replaceChildren(...children) {
    this.children = children;
  }
}

/** Stands in for the browser's, which Node.js has not. */
export function standIn() {
  globalThis.document = { createElement: (name) => new Element(name) };
}

/** Every element in these and below them. */
export const elements = (nodes) =>
  nodes.filter((node) => node instanceof Element).flatMap((element) => [element, ...elements(element.children)]);

/** The text in these and below them. */
export const text = (nodes) => nodes.map((node) => (node instanceof Element ? text(node.children) : node)).join("");

/** These as markup, without properties. */
export const markup = (nodes) =>
  nodes.map((node) => (node instanceof Element ? `<${node.name}>${markup(node.children)}</${node.name}>` : node)).join("");
