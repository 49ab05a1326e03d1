// The tasks that are loaded: the first pages of a list, and those that the person has just touched, wherever they sort.

import { listTasks, readOverview, readTask } from "./api.js";

/** Rows that are loaded at a time. */
const PAGE_SIZE = 50;
/** The most that the server gives at once. */
const MAX_PAGE_SIZE = 100;
/** Touched tasks that are kept in sight at most; each costs a request per refresh. */
const MAX_KEPT = 10;

/** A list that is read page by page. */
export class TaskList {
  /**
   * Which tasks: `open` or `done`.
   * @type {TaskStatus}
   */
  status = "open";
  /** The list that they are in: its id, `inbox`, or nothing for any. */
  list = "";
  /** What must hold of them (docs/queries.md), or nothing for any. */
  query = "";
  /**
   * Tasks that are seen for the first time, to be marked for a moment.
   * @type {Set<string>}
   */
  fresh = new Set();
  /** @type {Task[]} */
  #rows = [];
  /** @type {Task[]} */
  #kept = [];
  /** @type {string | null} */
  #cursor = null;
  /** @type {Totals | null} */
  #totals = null;
  /** @type {Set<string> | null} */
  #known = null;
  /** The latest question counts: an older answer that comes late is dropped. */
  #turn = 0;

  /** What is loaded, each task once. */
  get tasks() {
    const loaded = new Set(this.#rows.map(({ id }) => id));
    return [...this.#rows, ...this.#kept.filter(({ id }) => !loaded.has(id))];
  }

  /** Whether there are more to load. */
  get hasMore() {
    return this.#cursor !== null;
  }

  /**
   * Empties the list; `isForgotten`: for somebody else.
   * @param {TaskStatus} status
   */
  clear(status = "open", isForgotten = false) {
    this.status = status;
    this.#turn += 1;
    this.#rows = [];
    this.#kept = [];
    this.#cursor = null;
    this.#totals = null;
    if (isForgotten) this.#known = null;
  }

  /** Reads as many rows again as are loaded; answers whether this is the latest reading. */
  async reload() {
    const turn = ++this.#turn;
    const wanted = Math.max(PAGE_SIZE, this.#rows.length);
    const read = new Map();
    let cursor = null;
    do {
      const limit = Math.min(MAX_PAGE_SIZE, Math.max(PAGE_SIZE, wanted - read.size));
      const page = await listTasks(this.#query(limit, cursor));
      if (turn !== this.#turn) return false;
      for (const task of page.items) read.set(task.id, task);
      cursor = page.next_cursor ?? null;
    } while (cursor !== null && read.size < wanted);
    const rows = [...read.values()];
    // Where all are loaded they are counted here; the overview's numbers are of all lists.
    const isWhole = cursor === null || this.status !== "open" || this.list !== "" || this.query !== "";
    const kept = cursor === null ? [] : this.#kept.filter(({ id }) => !read.has(id));
    const [totals, keptNow] = await Promise.all([isWhole ? null : readTotals(), readAgain(kept)]);
    if (turn !== this.#turn) return false;
    const known = this.#known;
    const found = [...rows, ...keptNow].map(({ id }) => id);
    this.fresh = new Set(known ? found.filter((id) => !known.has(id)) : []);
    this.#know(found);
    [this.#rows, this.#kept, this.#cursor, this.#totals] = [rows, keptNow, cursor, totals];
    return true;
  }

  /** Reads the next page; answers whether nothing newer was asked meanwhile. */
  async loadMore() {
    const turn = ++this.#turn;
    const page = await listTasks(this.#query(PAGE_SIZE, this.#cursor));
    if (turn !== this.#turn) return false;
    this.#rows = [...new Map([...this.#rows, ...page.items].map((task) => [task.id, task])).values()];
    this.#cursor = page.next_cursor ?? null;
    if (this.#cursor === null) this.#totals = null;
    this.#know(page.items.map(({ id }) => id));
    return true;
  }

  /**
   * Puts a task in place of what was known of it.
   * @param {Task} task
   */
  replace(task) {
    const put = (/** @type {Task} */ other) => (other.id === task.id ? task : other);
    this.#rows = this.#rows.map(put);
    this.#kept = this.#kept.map(put);
  }

  /**
   * Keeps a task in the list, even if it comes after the rows that are loaded.
   * @param {Task} task
   */
  keep(task) {
    this.replace(task);
    this.#kept = [...this.#kept.filter(({ id }) => id !== task.id), task].slice(-MAX_KEPT);
  }

  /** How many are open: those that were ticked since stay in the list, but no longer count. */
  openCount() {
    return (this.#totals ? this.#totals.open : this.tasks.length) - this.tasks.filter(isDone).length;
  }

  /** How many are not loaded yet; 0 where that is not known. */
  leftCount() {
    return this.#totals ? Math.max(this.#totals.open - this.tasks.length, 0) : 0;
  }

  /**
   * How many are open in a group of which these are loaded: `12`, or `12+` where only that is known.
   * @param {TaskGroup} key
   * @param {Task[]} members
   */
  groupCount(key, members) {
    const loaded = members.filter((task) => !isDone(task)).length;
    if (!this.#totals) return this.hasMore ? `${loaded}+` : String(loaded);
    const total = this.#totals[key] ?? this.#lastTotal(this.#totals.open, key, members);
    return total === null ? `${loaded}+` : String(Math.max(total - members.filter(isDone).length, loaded));
  }

  /**
   * The overview has no numbers for what is due after a week: what is not due comes last, so then all of that is loaded.
   * @param {number} open
   * @param {TaskGroup} key
   * @param {Task[]} members
   */
  #lastTotal(open, key, members) {
    const undated = this.#rows.filter(({ due }) => !due).length;
    if (undated === 0) return null;
    if (key === "later") return members.length;
    return open - (this.#rows.length - undated);
  }

  /** @param {string[]} ids */
  #know(ids) {
    this.#known = new Set([...(this.#known ?? []), ...ids]);
  }

  /**
   * @param {number} limit
   * @param {string | null} cursor
   */
  #query(limit, cursor) {
    const which = { list: this.list || null, query: this.query || null, limit, cursor };
    return this.status === "open"
      ? { status: "open", sort: "due", ...which }
      : { status: "done", sort: "updated", direction: "descending", ...which };
  }
}

/** @param {Task} task */
const isDone = (task) => Boolean(task.completed_at);

/**
 * The true numbers, by the person's own calendar day.
 * @returns {Promise<Totals>}
 */
async function readTotals() {
  const [toTomorrow, toWeek] = await Promise.all([readOverview(1), readOverview(6)]);
  return {
    open: toWeek.open_count,
    overdue: toWeek.overdue_count,
    today: toWeek.due_today_count,
    tomorrow: toTomorrow.upcoming_count,
    week: toWeek.upcoming_count - toTomorrow.upcoming_count,
  };
}

/**
 * These tasks as they are now, without those that are done or gone.
 * @param {Task[]} tasks
 */
async function readAgain(tasks) {
  const now = await Promise.all(tasks.map(async (task) => {
    try {
      return await readTask(task.id);
    } catch (problem) {
      if (problem.status === 404) return null;
      throw problem;
    }
  }));
  return now.flatMap((task) => (task && !isDone(task) ? [task] : []));
}
