// The field for a new subtask, below the row of its parent.

import { addTask } from "./api.js";
import { announce, createElement, showMessage } from "./dom.js";
import { isComposing } from "./chatkit/keys.js";

/** The only one: another row that is asked for a subtask takes it over. */
const field = createElement("input", { id: "subtask-title", maxLength: "200", dir: "auto", autocomplete: "off", enterKeyHint: "done" });
const label = createElement("label", { class: "unseen", for: "subtask-title" });
const button = createElement("button", { type: "submit", "aria-label": "Add the subtask" }, "Add");
const problem = createElement("p", { class: "problem", role: "alert" });
const form = createElement("form", { class: "quick-add subtask-form" }, label, field, button, problem);

/** @type {Task | null} */
let parent = null;
/** @type {HTMLElement | null} */
let opener = null;
/** A line that is sent once more has the same key. */
let key = "";
/** @type {(task: Task) => Promise<void>} */
let onAdded = async () => {};

field.placeholder = "New subtask";
field.addEventListener("input", () => { key = ""; });
form.addEventListener("submit", (event) => {
  event.preventDefault();
  add();
});
form.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || isComposing(event)) return;
  event.stopPropagation();
  closeSubtaskForm();
});

/**
 * What happens to a task that was added.
 * @param {(task: Task) => Promise<void>} callback
 */
export function startSubtaskForm(callback) {
  onAdded = callback;
}

/**
 * Opens the field in a row, or closes it where it is open there.
 * @param {Task} task
 * @param {HTMLElement} row
 * @param {HTMLElement} from
 */
export function toggleSubtaskForm(task, row, from) {
  if (form.parentElement === row) return closeSubtaskForm();
  opener?.setAttribute("aria-expanded", "false");
  [parent, opener, key] = [task, from, ""];
  field.value = "";
  label.textContent = `New subtask of ${task.title}`;
  showMessage(problem, null);
  from.setAttribute("aria-expanded", "true");
  row.append(form);
  field.focus();
}

/** Closes the field; the focus goes back to the button that opened it, if it was there. */
export function closeSubtaskForm() {
  const isFocused = form.contains(document.activeElement);
  opener?.setAttribute("aria-expanded", "false");
  form.remove();
  if (isFocused) opener?.focus();
  [parent, opener, key] = [null, null, ""];
  field.value = "";
}

async function add() {
  const title = field.value.trim();
  const below = parent;
  if (!title || !below) return field.focus();
  key ||= crypto.randomUUID();
  try {
    const task = await addTask({ title, parent_id: below.id }, key);
    showMessage(problem, null);
    // The next one is typed at once.
    if (parent === below && field.value.trim() === title) [field.value, key] = ["", ""];
    announce(`Added ${task.title} below ${below.title}.`);
    await onAdded(task);
  } catch (error) {
    if (error.status !== 401) showMessage(problem, error.message);
  }
}
