// How each kind of item looks.

import { createButton, createElement } from "./dom.js";
import { icon } from "./icons.js";
import { render } from "./markdown.js";
import { renderQuestion } from "./question.js";
import { renderWidget } from "./widget.js";

/** Kinds that people are not shown. */
const HIDDEN = new Set(["client_tool_call", "end_of_turn", "hidden_context_item", "sdk_hidden_context"]);

/**
 * Whether people are shown an item.
 * @param {ThreadItem} item
 */
export const isShown = (item) => !HIDDEN.has(item.type) && !(item.type === "assistant_message" && textOf(item) === "");

/**
 * An item of a thread as an item of a list, and who says it.
 * @param {ThreadItem} item
 * @param {ItemLook} look
 * @param {ItemHandlers} handlers
 * @returns {{ kind: string, by: string, content: HTMLElement[] }}
 */
export function renderItem(item, look, handlers) {
  switch (item.type) {
    case "user_message":
      return { kind: "user", by: "You: ", content: said(item) };
    case "assistant_message":
      return { kind: "assistant", by: "Assistant: ", content: [...answered(item), ...(look.isArriving ? [] : [tools(item, look, handlers)])] };
    case "structured_input":
      return { kind: "asking", by: "Question: ", content: renderQuestion(item, look.isHeld, (submission) => handlers.onAnswer(item, submission)) };
    case "widget":
      return { kind: "widget", by: "Shown: ", content: [renderWidget(item, handlers.onAction)] };
    case "workflow":
      return { kind: "assistant", by: "Steps: ", content: [steps(item.workflow.tasks)] };
    case "task":
      return { kind: "assistant", by: "Step: ", content: [steps([item.task])] };
    case "generated_image":
      return { kind: "assistant", by: "Image: ", content: item.image ? [createElement("img", { src: item.image.url, alt: "Generated image" })] : [] };
    default:
      return { kind: "assistant", by: "", content: [] };
  }
}

/**
 * The words of an answer.
 * @param {AssistantMessageItem} item
 */
export const textOf = ({ content }) => content.map((part) => part?.text ?? "").join("\n\n");

/**
 * @param {UserMessageItem} item
 * @returns {HTMLElement[]}
 */
function said({ content, attachments = [], quoted_text: quoted }) {
  const words = content.map(({ text }) => text).join("");
  const files = attachments.map(({ name }) => createElement("li", { class: "file" }, icon("document"), createElement("span", { dir: "auto" }, name)));
  /** @type {HTMLElement[]} */
  const parts = quoted ? [createElement("blockquote", { dir: "auto" }, quoted)] : [];
  if (words) parts.push(createElement("div", { class: "words", dir: "auto" }, words));
  return files.length > 0 ? [...parts, createElement("ul", { class: "files" }, ...files)] : parts;
}

/**
 * @param {AssistantMessageItem} item
 * @returns {HTMLElement[]}
 */
function answered(item) {
  const links = item.content.flatMap((part) => part?.annotations ?? []).flatMap(({ source }) => (source?.type === "url" ? [source] : []));
  const sources = links.map(({ title, url }) => createElement("li", {}, ...render(`[${title.replaceAll(/[[\]\\]/g, "\\$&")}](${url})`)));
  const reply = createElement("div", { class: "reply", dir: "auto" }, ...render(textOf(item)));
  return sources.length > 0 ? [reply, createElement("ul", { "class": "sources", "aria-label": "Sources" }, ...sources)] : [reply];
}

/**
 * What can be done with an answer.
 * @param {AssistantMessageItem} item
 * @param {ItemLook} look
 * @param {ItemHandlers} handlers
 */
function tools(item, { rating, hasFeedback, canRetry }, handlers) {
  const tool = (/** @type {string} */ name, /** @type {string} */ label, /** @type {() => void} */ act, more = {}) =>
    createButton({ "class": `tool ${name}`, "aria-label": label, "title": label, ...more }, [icon(name)], act);
  const buttons = [tool("copy", "Copy this answer", () => handlers.onCopy(textOf(item)))];
  if (hasFeedback) {
    buttons.push(
      tool("thumb-up", "Good answer", () => handlers.onRate(item, "positive"), { "aria-pressed": String(rating === "positive") }),
      tool("thumb-down", "Bad answer", () => handlers.onRate(item, "negative"), { "aria-pressed": String(rating === "negative") }),
    );
  }
  if (canRetry) buttons.push(tool("reload", "Answer again", () => handlers.onRetry(item)));
  return createElement("div", { "class": "tools", "role": "group", "aria-label": "This answer" }, ...buttons);
}

/** @param {WorkflowTask[]} tasks */
function steps(tasks) {
  const rows = tasks.map(({ title, content, status_indicator: status }) => createElement(
    "li",
    { class: `step ${status ?? "none"}`, dir: "auto" },
    [title, content].filter(Boolean).join(": "),
  ));
  return createElement("ul", { class: "steps" }, ...rows);
}
