// How components are laid out. Lengths are pixels, and gaps and paddings steps of four, as the protocol's reference has them.

const STEP = 4;
/** Members that are lengths, and the properties they stand for. */
const LENGTHS = { width: "width", height: "height", minWidth: "min-width", minHeight: "min-height", maxWidth: "max-width", maxHeight: "max-height" };
/** @type {Record<string, string>} */
const POSITIONS = { start: "flex-start", end: "flex-end", between: "space-between", around: "space-around", evenly: "space-evenly" };

/**
 * Puts a component's layout on its element.
 * @template {HTMLElement} Laid
 * @param {Laid} element
 * @param {WidgetNode} node
 * @returns {Laid}
 */
export function lay(element, node) {
  const { style } = element;
  for (const [member, property] of Object.entries(LENGTHS)) set(style, property, pixels(node[member] ?? node.size, 1));
  set(style, "gap", pixels(node.gap, STEP));
  set(style, "flex", node.flex === undefined ? "" : String(node.flex));
  set(style, "flex-wrap", node.wrap ?? "");
  set(style, "align-items", position(node.align));
  set(style, "justify-content", position(node.justify));
  set(style, "text-align", node.textAlign ?? "");
  set(style, "background", color(node.background));
  pad(style, node.padding);
  return element;
}

/**
 * @param {CSSStyleDeclaration} style
 * @param {any} padding
 */
function pad(style, padding) {
  if (typeof padding !== "object" || padding === null) {
    set(style, "padding", pixels(padding, STEP));
    return;
  }
  const { x, y, top = y, bottom = y, left = x, right = x } = padding;
  for (const [side, value] of Object.entries({ top, right, bottom, left })) set(style, `padding-${side}`, pixels(value, STEP));
}

/**
 * @param {CSSStyleDeclaration} style
 * @param {string} property
 * @param {string} value
 */
function set(style, property, value) {
  if (value !== "") style.setProperty(property, value);
}

/**
 * A length; named ones such as `md` are the style sheet's.
 * @param {any} length
 * @param {number} step
 */
function pixels(length, step) {
  if (typeof length === "number") return `${length * step}px`;
  return typeof length === "string" && /\d/.test(length) ? length : "";
}

/** @param {any} value */
const position = (value) => (typeof value === "string" ? (POSITIONS[value] ?? value) : "");

/** @param {any} value */
function color(value) {
  if (typeof value === "string") return value;
  return value?.light && value.dark ? `light-dark(${value.light}, ${value.dark})` : "";
}
