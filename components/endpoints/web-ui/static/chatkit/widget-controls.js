// The controls of widgets: what a person presses, ticks, chooses and fills in.

import { createElement } from "./dom.js";
import { icon } from "./icons.js";

/**
 * What the controls of a form hold, by their names: a box whether it is ticked, anything else its text.
 * @param {HTMLFormElement} form
 */
export function valuesOf(form) {
  /** @type {Record<string, string | boolean>} */
  const values = {};
  for (const control of form.elements) {
    const isControl = control instanceof HTMLInputElement || control instanceof HTMLSelectElement || control instanceof HTMLTextAreaElement;
    if (!isControl || control.name === "") continue;
    if (control.type === "checkbox" && control instanceof HTMLInputElement) values[control.name] = control.checked;
    else if (control.type !== "radio" || (control instanceof HTMLInputElement && control.checked)) values[control.name] = control.value;
  }
  return values;
}

/**
 * A control with what all have alike: its name, what it is called, and what a change does.
 * @template {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Control
 * @param {Control} control
 * @param {WidgetNode} node
 * @param {WidgetContext} context
 * @returns {Control}
 */
function named(control, { name = "", placeholder, required, disabled, onChangeAction: action }, { id, labelled, act }) {
  control.name = name;
  control.required = required ?? false;
  control.disabled = disabled ?? false;
  // A label finds its control by the name, which is the widget's own.
  if (labelled.has(name)) control.id = fieldId(id, name);
  else control.setAttribute("aria-label", placeholder ?? name);
  if (action) control.addEventListener("change", () => act(action, { [name]: held(control) }, control));
  return control;
}

/** @param {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} control */
const held = (control) => (control instanceof HTMLInputElement && control.type === "checkbox" ? control.checked : control.value);

/**
 * What deletes looks like it, also where it is what a form is sent by.
 * @param {string | undefined} color
 * @param {boolean} isPrimary
 */
const buttonClass = (color, isPrimary) => (color === "danger" ? "choice removing" : isPrimary ? "choice primary" : "choice");

/**
 * @param {string} widget
 * @param {string} name
 */
const fieldId = (widget, name) => `field-${widget}-${name}`;

/** @type {Record<string, (node: WidgetNode, context: WidgetContext) => HTMLElement>} */
export const CONTROLS = {
  Button: (node, { act }) => {
    const { label = "", submit, style, color, iconStart, iconEnd, disabled, onClickAction: action } = node;
    const content = [...(iconStart ? [icon(iconStart)] : []), label, ...(iconEnd ? [icon(iconEnd)] : [])];
    const button = createElement("button", { type: submit ? "submit" : "button", class: buttonClass(color, style === "primary" || submit === true) }, ...content);
    if (!label) button.setAttribute("aria-label", iconStart ?? iconEnd ?? "Button");
    button.disabled = disabled ?? false;
    if (action) button.addEventListener("click", () => act(action, {}, button));
    return button;
  },
  Checkbox: (node, context) => {
    const { name = "", label, defaultChecked, required, disabled, onChangeAction: action } = node;
    const box = createElement("input", { type: "checkbox", name, checked: defaultChecked ?? false, required: required ?? false, disabled: disabled ?? false });
    if (action) box.addEventListener("change", () => context.act(action, { [name]: box.checked }, box));
    const words = createElement("span", { dir: "auto", class: defaultChecked ? "ticked" : "" }, label ?? name);
    return createElement("label", { class: "option" }, box, words);
  },
  Input: (node, context) => {
    const { inputType = "text", defaultValue = "", placeholder = "", pattern } = node;
    const input = createElement("input", { type: inputType, value: defaultValue, placeholder, dir: "auto", autocomplete: "off" });
    if (pattern) input.pattern = pattern;
    return named(input, node, context);
  },
  Textarea: (node, context) => {
    const { defaultValue = "", placeholder = "", rows = 3 } = node;
    return named(createElement("textarea", { value: defaultValue, placeholder, rows, dir: "auto" }), node, context);
  },
  DatePicker: (node, context) => {
    const day = (/** @type {string | undefined} */ at) => at?.slice(0, 10) ?? "";
    return named(createElement("input", { type: "date", value: day(node.defaultValue), min: day(node.min), max: day(node.max) }), node, context);
  },
  Select: (node, context) => {
    const { options = [], placeholder, defaultValue, clearable } = node;
    const rows = options.map(({ value, label, disabled }) => createElement("option", { value, disabled: disabled ?? false }, label));
    if (placeholder || clearable || defaultValue === undefined) rows.unshift(createElement("option", { value: "" }, placeholder ?? ""));
    const select = createElement("select", {}, ...rows);
    select.value = defaultValue ?? "";
    return named(select, node, context);
  },
  RadioGroup: (node, { act }) => {
    const { name = "", options = [], ariaLabel, defaultValue, onChangeAction: action, direction } = node;
    const rows = options.map(({ value, label, disabled }) => {
      const radio = createElement("input", { type: "radio", name, value, checked: value === defaultValue, disabled: disabled ?? false });
      if (action) radio.addEventListener("change", () => act(action, { [name]: value }, radio));
      return createElement("label", { class: "option", dir: "auto" }, radio, label);
    });
    return createElement("fieldset", { class: direction === "row" ? "row" : "col" }, createElement("legend", { class: "unseen" }, ariaLabel ?? name), ...rows);
  },
  Label: ({ value = "", fieldName = "" }, { id }) => createElement("label", { for: fieldId(id, fieldName), dir: "auto" }, value),
};
