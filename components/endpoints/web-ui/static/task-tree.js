// Subtasks among the rows of the list: where each is shown, and what is below what.

/** Tasks are nested five levels deep at most; what is read while a tree changes has no end for a moment. */
const MAX_LEVELS = 5;

/**
 * The tasks with their places: a subtask stands below its parent where that is shown too, and elsewhere as any other task does. One
 * that is due in another group than its parent stays there, so that what is overdue is seen.
 * @param {Task[]} tasks
 * @param {(task: Task) => TaskGroup} groupOf
 * @returns {TaskPlace[]}
 */
export function placesOf(tasks, groupOf) {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  /** @type {Map<string, TaskGroup>} */
  const shownIn = new Map();
  /**
   * @param {Task} task
   * @param {number} level
   * @returns {TaskGroup}
   */
  const groupShown = (task, level = 1) => {
    const known = shownIn.get(task.id);
    if (known) return known;
    const own = groupOf(task);
    const parent = level < MAX_LEVELS && task.parent_id ? byId.get(task.parent_id) : undefined;
    const above = parent && groupShown(parent, level + 1);
    const group = above && (!task.due || above === own) ? above : own;
    shownIn.set(task.id, group);
    return group;
  };
  /** @type {Map<string | null, Task[]>} */
  const below = new Map();
  for (const task of tasks) {
    const parent = task.parent_id ? byId.get(task.parent_id) : undefined;
    const above = parent && groupShown(task) === groupShown(parent) ? parent.id : null;
    below.set(above, [...(below.get(above) ?? []), task]);
  }
  /** @type {Map<string, TaskPlace>} */
  const places = new Map();
  const place = (/** @type {Task} */ task, /** @type {number} */ level) => {
    if (places.has(task.id)) return;
    places.set(task.id, { task, level, group: groupShown(task), parent: byId.get(task.parent_id ?? "") ?? null });
    for (const subtask of below.get(task.id) ?? []) place(subtask, level + 1);
  };
  for (const task of below.get(null) ?? []) place(task, 1);
  // Two that are below each other are below nothing that is shown.
  for (const task of tasks) place(task, 1);
  return [...places.values()];
}

/**
 * All that is below a task, at any depth.
 * @param {Task[]} tasks
 * @param {string} id
 * @returns {Task[]}
 */
export function allBelow(tasks, id) {
  /** @type {Task[]} */
  const found = [];
  let above = new Set([id]);
  for (let level = 1; level < MAX_LEVELS && above.size > 0; level += 1) {
    const children = tasks.filter(({ parent_id: parent }) => parent && above.has(parent));
    found.push(...children);
    above = new Set(children.map((child) => child.id));
  }
  return found;
}
