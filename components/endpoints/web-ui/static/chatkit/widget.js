// Widgets: trees of components as elements. A component of a kind that is not known shows its children.

import { chart } from "./chart.js";
import { createButton, createElement } from "./dom.js";
import { icon } from "./icons.js";
import { render } from "./markdown.js";
import { CONTROLS, valuesOf } from "./widget-controls.js";
import { lay } from "./widget-layout.js";

/**
 * A widget. What a person does with it is told to `onAction`, which answers once that is done.
 * @param {WidgetThreadItem} item
 * @param {WidgetActionHandler} onAction
 */
export function renderWidget(item, onAction) {
  /** Controls whose action is on its way. They are not disabled: that would take the focus away from them. */
  const busy = new Set();
  /** @type {WidgetContext} */
  const context = {
    id: item.id,
    labelled: new Set(labels(item.widget)),
    act: async (action, values, control) => {
      if (busy.has(control)) return;
      busy.add(control);
      // With `none` nothing shows that something happens.
      if (action.loadingBehavior !== "none") root.setAttribute("aria-busy", "true");
      await onAction(item, { ...action, payload: { ...action.payload, ...values } });
      busy.delete(control);
      if (busy.size === 0) root.removeAttribute("aria-busy");
    },
    render: (node) => renderNode(node, context),
  };
  const root = renderNode(item.widget, context);
  root.classList.add("widget-root");
  return root;
}

/**
 * The names of controls that a label stands for.
 * @param {WidgetNode} node
 * @returns {string[]}
 */
const labels = (node) => [...(node.type === "Label" && node.fieldName ? [node.fieldName] : []), ...childrenOf(node).flatMap(labels)];

/**
 * @param {WidgetNode} node
 * @returns {WidgetNode[]}
 */
const childrenOf = ({ children }) => (Array.isArray(children) ? children : children ? [children] : []);

/**
 * @param {WidgetNode} node
 * @param {WidgetContext} context
 * @returns {HTMLElement}
 */
function renderNode(node, context) {
  const kind = KINDS[node.type] ?? CONTROLS[node.type];
  if (kind) return lay(kind(node, context), node);
  return lay(createElement("div", { class: "col" }, ...childrenOf(node).map(context.render)), node);
}

/** @type {Record<string, (node: WidgetNode, context: WidgetContext) => HTMLElement>} */
const KINDS = {
  Card: card,
  ListView: listView,
  ListViewItem: (node, { render: child, act }) => {
    const content = childrenOf(node).map(child);
    const { onClickAction: action } = node;
    if (!action) return createElement("li", { class: "list-item" }, ...content);
    const button = createButton({ class: "item-action" }, content, () => act(action, {}, button));
    return createElement("li", { class: "list-item" }, button);
  },
  Form: form,
  Row: (node, { render: child }) => createElement("div", { class: "row" }, ...childrenOf(node).map(child)),
  Box: (node, { render: child }) => createElement("div", { class: node.direction === "row" ? "row" : "col" }, ...childrenOf(node).map(child)),
  Basic: (node, { render: child }) => createElement("div", { class: node.direction === "row" ? "row" : "col" }, ...childrenOf(node).map(child)),
  Title: ({ value = "" }) => createElement("h3", { class: "title", dir: "auto" }, value),
  Text: ({ value = "", lineThrough, italic, weight }) => createElement(
    "p",
    { class: ["text", lineThrough && "through", italic && "italic", weight && `weight-${weight}`].filter(Boolean).join(" "), dir: "auto" },
    value,
  ),
  Caption: ({ value = "" }) => createElement("p", { class: "caption", dir: "auto" }, value),
  Markdown: ({ value = "" }) => createElement("div", { class: "reply", dir: "auto" }, ...render(value)),
  Badge: ({ label = "", color = "secondary" }) => createElement("span", { class: `badge ${color}` }, label),
  Divider: () => createElement("hr"),
  Spacer: () => createElement("div", { class: "spacer" }),
  Icon: ({ name = "" }) => createElement("span", { class: "drawn" }, icon(name)),
  Image: ({ src = "", alt = "" }) => createElement("img", { src, alt, loading: "lazy" }),
  Chart: chart,
  Table: (node, { render: child }) => createElement("table", {}, createElement("tbody", {}, ...childrenOf(node).map(child))),
  "Table.Row": (node, context) => createElement("tr", {}, ...childrenOf(node).map((cell) => tableCell(cell, node.header === true, context))),
};

/**
 * @param {WidgetNode} node
 * @param {boolean} isHeader
 * @param {WidgetContext} context
 */
function tableCell(node, isHeader, { render: child }) {
  const cell = createElement(isHeader ? "th" : "td", {}, ...childrenOf(node).map(child));
  if (node.colSpan) cell.colSpan = node.colSpan;
  if (node.rowSpan) cell.rowSpan = node.rowSpan;
  return cell;
}

/**
 * @param {WidgetNode} node
 * @param {WidgetContext} context
 */
function listView(node, { render: child }) {
  const rows = childrenOf(node).map(child);
  const list = createElement("ul", { class: "card list" }, ...rows);
  const { limit } = node;
  const rest = typeof limit === "number" ? rows.slice(limit) : [];
  if (rest.length === 0) return list;
  for (const row of rest) row.hidden = true;
  const more = createButton({ class: "quiet" }, [`Show ${rest.length} more`], () => {
    for (const row of rest) row.hidden = false;
    more.remove();
  });
  return createElement("div", { class: "col" }, list, more);
}

/**
 * @param {WidgetNode} node
 * @param {WidgetContext} context
 */
function card(node, context) {
  const { confirm, cancel, status, asForm } = node;
  const content = childrenOf(node).map(context.render);
  if (status?.text) content.unshift(createElement("p", { class: "caption" }, status.text));
  const buttons = [];
  if (confirm) {
    const kind = asForm ? "submit" : "button";
    const button = createElement("button", { type: kind, class: "choice primary" }, confirm.label);
    if (!asForm) button.addEventListener("click", () => context.act(confirm.action, {}, button));
    buttons.push(button);
  }
  if (cancel) {
    const button = createButton({ class: "choice" }, [cancel.label], () => context.act(cancel.action, {}, button));
    buttons.push(button);
  }
  if (buttons.length > 0) content.push(createElement("div", { class: "row" }, ...buttons));
  if (!asForm) return createElement("div", { class: "card col" }, ...content);
  return submitting(createElement("form", { class: "card col" }, ...content), confirm?.action, context);
}

/**
 * @param {WidgetNode} node
 * @param {WidgetContext} context
 */
function form(node, context) {
  const content = childrenOf(node).map(context.render);
  return submitting(createElement("form", { class: node.direction === "row" ? "row" : "col" }, ...content), node.onSubmitAction, context);
}

/**
 * A form whose values go with the action.
 * @param {HTMLFormElement} element
 * @param {WidgetAction | undefined} action
 * @param {WidgetContext} context
 */
function submitting(element, action, context) {
  element.addEventListener("submit", (event) => {
    event.preventDefault();
    const button = event.submitter instanceof HTMLButtonElement ? event.submitter : createElement("button");
    if (action) context.act(action, valuesOf(element), button);
  });
  return element;
}
