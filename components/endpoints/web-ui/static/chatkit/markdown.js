// The part of Markdown that replies use: paragraphs, headings, lists, code, bold, italics and links. It makes elements
// and text nodes and never markup, so whatever a reply holds, it can't become a script.

import { createElement } from "./dom.js";

const BULLET = /^\s*[-*•]\s+(.*)$/;
const NUMBER = /^\s*\d+[.)]\s+(.*)$/;
const HEADING = /^#{1,6}\s+(.*)$/;
const FENCE = /^\s*```/;

/**
 * The blocks of a text as elements.
 * @param {string} text
 */
export function render(text) {
  const lines = text.replaceAll("\r\n", "\n").split("\n");
  const blocks = [];
  for (let at = 0; at < lines.length;) {
    const line = lines[at];
    if (line.trim() === "") {
      at += 1;
    } else if (FENCE.test(line)) {
      const end = lines.findIndex((other, index) => index > at && FENCE.test(other));
      const last = end < 0 ? lines.length : end;
      blocks.push(createElement("pre", {}, createElement("code", {}, lines.slice(at + 1, last).join("\n"))));
      at = last + 1;
    } else if (HEADING.test(line)) {
      blocks.push(createElement("h3", {}, ...inline(marked(line, HEADING))));
      at += 1;
    } else {
      const kind = [BULLET, NUMBER].find((pattern) => pattern.test(line));
      const isMore = (/** @type {string} */ other) => (kind
        ? kind.test(other)
        : ![BULLET, NUMBER, HEADING, FENCE].some((pattern) => pattern.test(other)) && other.trim() !== "");
      const end = lines.findIndex((other, index) => index > at && !isMore(other));
      const chunk = lines.slice(at, end < 0 ? lines.length : end);
      blocks.push(kind ? listOf(chunk, kind) : paragraph(chunk));
      at += chunk.length;
    }
  }
  return blocks;
}

/**
 * What follows the mark at the beginning of a line.
 * @param {string} line
 * @param {RegExp} kind
 */
const marked = (line, kind) => line.match(kind)?.[1] ?? "";

/**
 * @param {string[]} lines
 * @param {RegExp} kind
 */
function listOf(lines, kind) {
  const items = lines.map((line) => createElement("li", {}, ...inline(marked(line, kind))));
  return createElement(kind === BULLET ? "ul" : "ol", {}, ...items);
}

/** @param {string[]} lines */
function paragraph(lines) {
  const parts = lines.flatMap((line, index) => (index === 0 ? inline(line) : [createElement("br"), ...inline(line)]));
  return createElement("p", {}, ...parts);
}

// A backslash before a punctuation mark makes it a plain character (CommonMark 0.31, section 2.4), so it marks nothing.
const ESCAPED = /\\([!-\/:-@[-`{-~])/;
const CODE = /`([^`]+)`/;
const BOLD = /\*\*((?:\\.|[^*\\])+(?:\*(?:\\.|[^*\\])+)*)\*\*/;
const ITALIC = /(?<![\w*])\*((?:\\.|[^*\s\\])(?:\\.|[^*\\])*)\*(?![\w*])/;
const LINK = /\[((?:\\.|[^\]\\])+)\]\((https?:\/\/[^\s)]+)\)/;
const INLINE = new RegExp([ESCAPED, CODE, BOLD, ITALIC, LINK].map(({ source }) => source).join("|"), "g");

/**
 * A line's text, with the parts that are marked as elements.
 * @param {string} text
 * @returns {(Node | string)[]}
 */
function inline(text) {
  const parts = [];
  let from = 0;
  for (const match of text.matchAll(INLINE)) {
    const [whole, escaped, code, bold, italic, label, link] = match;
    if (match.index > from) parts.push(text.slice(from, match.index));
    if (escaped !== undefined) parts.push(escaped);
    else if (code !== undefined) parts.push(createElement("code", {}, code));
    else if (bold !== undefined) parts.push(createElement("strong", {}, ...inline(bold)));
    else if (italic !== undefined) parts.push(createElement("em", {}, ...inline(italic)));
    else parts.push(createElement("a", { href: link, target: "_blank", rel: "noopener noreferrer nofollow" }, ...inline(label)));
    from = match.index + whole.length;
  }
  if (from < text.length) parts.push(text.slice(from));
  return parts;
}
