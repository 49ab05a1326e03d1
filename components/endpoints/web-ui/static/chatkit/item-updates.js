// What an update makes of an item.

/**
 * The item after an update. One that fits no item of its kind changes nothing.
 * @param {ThreadItem} item
 * @param {ThreadItemUpdate} update
 * @returns {ThreadItem}
 */
export function updateItem(item, update) {
  if (item.type === "assistant_message") return updateMessage(item, update);
  if (item.type === "widget") return updateWidget(item, update);
  if (item.type === "workflow") return updateWorkflow(item, update);
  if (item.type === "generated_image" && update.type === "generated_image.updated") return { ...item, image: update.image };
  return item;
}

/**
 * @param {AssistantMessageItem} item
 * @param {ThreadItemUpdate} update
 * @returns {ThreadItem}
 */
function updateMessage(item, update) {
  /** @type {(index: number, part: OutputText) => ThreadItem} */
  const withPart = (index, part) => {
    const content = [...item.content];
    content[index] = part;
    return { ...item, content };
  };
  /** @param {number} index */
  const part = (index) => item.content[index] ?? { type: "output_text", text: "", annotations: [] };
  switch (update.type) {
    case "assistant_message.content_part.added":
    case "assistant_message.content_part.done":
      return withPart(update.content_index, update.content);
    case "assistant_message.content_part.text_delta": {
      const before = part(update.content_index);
      return withPart(update.content_index, { ...before, text: before.text + update.delta });
    }
    case "assistant_message.content_part.annotation_added": {
      const before = part(update.content_index);
      const annotations = [...before.annotations];
      annotations[update.annotation_index] = update.annotation;
      return withPart(update.content_index, { ...before, annotations });
    }
    default:
      return item;
  }
}

/**
 * @param {WidgetThreadItem} item
 * @param {ThreadItemUpdate} update
 * @returns {ThreadItem}
 */
function updateWidget(item, update) {
  switch (update.type) {
    case "widget.root.updated":
      return { ...item, widget: update.widget };
    case "widget.component.updated":
      return { ...item, widget: changeNode(item.widget, update.component_id, () => update.component) };
    case "widget.streaming_text.value_delta":
      return { ...item, widget: changeNode(item.widget, update.component_id, (node) => ({ ...node, value: (node.value ?? "") + update.delta })) };
    default:
      return item;
  }
}

/**
 * @param {WorkflowItem} item
 * @param {ThreadItemUpdate} update
 * @returns {ThreadItem}
 */
function updateWorkflow(item, update) {
  if (update.type !== "workflow.task.added" && update.type !== "workflow.task.updated") return item;
  const tasks = [...item.workflow.tasks];
  tasks[update.task_index] = update.task;
  return { ...item, workflow: { ...item.workflow, tasks } };
}

/**
 * The tree with another component of this id.
 * @param {WidgetNode} node
 * @param {string} id
 * @param {(node: WidgetNode) => WidgetNode} changed
 * @returns {WidgetNode}
 */
function changeNode(node, id, changed) {
  if (node.id === id) return changed(node);
  const { children } = node;
  if (Array.isArray(children)) return { ...node, children: children.map((child) => changeNode(child, id, changed)) };
  return children ? { ...node, children: changeNode(children, id, changed) } : node;
}
