// Icons: strokes on a field of 24 by 24. Beside words they say nothing of their own.

import { createSvg } from "./dom.js";

/**
 * Each icon by the protocol's name for it. A name without a drawing is shown as a dot.
 * @type {Record<string, string>}
 */
const STROKES = {
  "analytics": "M5 20V10M12 20V4M19 20v-7",
  "calendar": "M4 7h16v13H4zM4 11h16M8 4v4M16 4v4",
  "check": "M5 13l4.5 4.5L19 7",
  "check-circle": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M8 12.5l3 3 5.5-6",
  "clip": "M8 12.5l6-6a3.2 3.2 0 0 1 4.5 4.5l-8 8a5 5 0 0 1-7-7l7.5-7.5",
  "close": "M6 6l12 12M18 6L6 18",
  "copy": "M9 9h11v11H9zM5 15H4V4h11v1",
  "document": "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6",
  "history": "M4 12a8 8 0 1 0 2.5-5.8M4 4v4h4M12 8v4l3 2",
  "plus": "M12 5v14M5 12h14",
  "reload": "M19 12a7 7 0 1 1-2-5M17 3v4h-4",
  "search": "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14M16 16l4.5 4.5",
  "send": "M12 19V5M5.5 11.5 12 5l6.5 6.5",
  "sparkle": "M12 3l2 7 7 2-7 2-2 7-2-7-7-2 7-2z",
  "stop": "M7 7h10v10H7z",
  "thumb-down": "M8 4v10M8 14l3 6c1.5 0 2-1 2-2v-4h5c1.5 0 2-1 2-2l-1.5-6c0-1-1-2-2-2H8M4 4v10",
  "thumb-up": "M8 20V10M8 10l3-6c1.5 0 2 1 2 2v4h5c1.5 0 2 1 2 2l-1.5 6c0 1-1 2-2 2H8M4 20V10",
  "trash": "M4 7h16M9 7V4h6v3M6 7l1 14h10l1-14",
  "write": "M4 20h4L20 8l-4-4L4 16zM14 6l4 4",
};

const DOT = "M12 10.5a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3";

/**
 * A drawing of this name.
 * @param {string} name
 */
export function icon(name) {
  const attributes = { "viewBox": "0 0 24 24", "width": 20, "height": 20, "aria-hidden": "true", "focusable": "false", "class": "icon" };
  return createSvg("svg", attributes, createSvg("path", { d: STROKES[name] ?? DOT }));
}
