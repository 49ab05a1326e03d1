// Due dates in words.

const DAY_MS = 86_400_000;

/**
 * The start of a day in the person's own time zone.
 * @param {Date} date
 */
const startOf = (date) => new Date(date.getFullYear(), date.getMonth(), date.getDate());

/**
 * Whether a task is due on a whole day.
 * @param {Due} due
 */
const isWholeDay = (due) => due.length === 10;

/**
 * The instant or day of `due` as a date here.
 * @param {Due} due
 */
function dateOf(due) {
  if (!isWholeDay(due)) return new Date(due);
  const [year, month, day] = due.split("-").map(Number);
  return new Date(year, month - 1, day);
}

/**
 * Days from today to another day; a day of 23 or 25 hours is one too.
 * @param {Date} now
 * @param {Date} date
 */
const daysFrom = (now, date) => Math.round((startOf(date).getTime() - startOf(now).getTime()) / DAY_MS);

/**
 * Which part of the list a task belongs to.
 * @param {Pick<Task, "due">} task
 * @returns {TaskGroup}
 */
export function groupOf(task, now = new Date()) {
  if (!task.due) return "someday";
  const date = dateOf(task.due);
  const days = daysFrom(now, date);
  if (days < 0 || (!isWholeDay(task.due) && date < now)) return "overdue";
  if (days === 0) return "today";
  if (days === 1) return "tomorrow";
  return days < 7 ? "week" : "later";
}

/**
 * When a task is due: `today 18:00`, `Friday`, `3 March`.
 * @param {Due} due
 */
export function dueWords(due, now = new Date()) {
  const date = dateOf(due);
  const day = dayWords(date, daysFrom(now, date), now);
  if (isWholeDay(due)) return day;
  return `${day} ${date.toLocaleTimeString([], { timeStyle: "short" })}`;
}

/**
 * @param {Date} date
 * @param {number} days
 * @param {Date} now
 */
function dayWords(date, days, now) {
  if (Math.abs(days) <= 1) return new Intl.RelativeTimeFormat("en", { numeric: "auto" }).format(days, "day");
  if (days > 1 && days < 7) return date.toLocaleDateString("en", { weekday: "long" });
  const year = date.getFullYear() === now.getFullYear() ? undefined : "numeric";
  return date.toLocaleDateString("en-GB", { weekday: "short", day: "numeric", month: "short", year });
}

/** @param {number} number */
const twoDigits = (number) => String(number).padStart(2, "0");

/**
 * A due date as the values of a field for a date and one for a time; both are empty where there is none.
 * @param {Due | null | undefined} due
 * @returns {DateAndTime}
 */
export function dueFields(due) {
  if (!due) return { date: "", time: "" };
  if (isWholeDay(due)) return { date: due, time: "" };
  const at = new Date(due);
  return {
    date: `${at.getFullYear()}-${twoDigits(at.getMonth() + 1)}-${twoDigits(at.getDate())}`,
    time: `${twoDigits(at.getHours())}:${twoDigits(at.getMinutes())}`,
  };
}

/**
 * The due date that two fields stand for: a day, or an instant in UTC; null without a day.
 * @param {DateAndTime} fields
 */
export function dueOf({ date, time }) {
  if (!date) return null;
  return time ? new Date(`${date}T${time}`).toISOString().replace(".000Z", "Z") : date;
}
