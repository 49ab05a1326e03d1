// What is said of reminders, which are told, and which rule a task repeats by.

import assert from "node:assert/strict";
import test from "node:test";

import { keyOf, missed } from "../../components/endpoints/web-ui/static/due-reminders.js";
import { OTHER, ruleOf } from "../../components/endpoints/web-ui/static/repeat-field.js";
import { beforeWords, reminderWords } from "../../components/endpoints/web-ui/static/task-reminders.js";

test("how long before is said in the largest unit that fits", () => {
  const words = [0, 1, 10, 60, 90, 120, 24 * 60, 48 * 60, 7 * 24 * 60].map(beforeWords);
  assert.deepEqual(words, ["when it is due", "1 minute before", "10 minutes before", "1 hour before", "90 minutes before", "2 hours before",
    "1 day before", "2 days before", "1 week before"]);
});

test("a reminder tells when it is and what became of it", () => {
  const now = new Date(2027, 2, 3, 12);
  const at = new Date(2027, 2, 3, 18, 0, 30).toISOString();
  const words = (more) => reminderWords({ id: "r", task_id: "t", title: "Milk", at, state: "waiting", ...more }, now);
  assert.match(words({}), /^today /);
  assert.match(words({ before_due_minutes: 60 }), /^1 hour before: today /);
  assert.match(words({ state: "sent" }), /\(reminded\)$/);
  assert.match(words({ state: "failed", failure: "The webhook is gone (410)." }), /not sent: The webhook is gone/);
  assert.match(words({ state: "skipped" }), /\(passed over\)$/);
  assert.equal(words({ at: null, before_due_minutes: 10 }), "10 minutes before: once it is due at a time");
});

test("what was due in the last day and was not seen is told", () => {
  const now = Date.parse("2027-03-03T12:00:00Z");
  const reminder = (id, at) => ({ id, task_id: "t", title: id, at, state: "sent" });
  const old = reminder("old", "2027-03-02T11:59:00Z");
  const seen = reminder("seen", "2027-03-03T10:00:00Z");
  const again = reminder("seen", "2027-03-03T11:00:00Z");
  const fresh = reminder("fresh", "2027-03-03T11:59:00Z");
  assert.deepEqual(missed([old, seen, again, fresh, reminder("none", null)], [keyOf(seen)], now), [again, fresh]);
});

test("a rule that is none of the choices is kept as it is", () => {
  const rule = (text, more = {}) => ruleOf({ rule: text, from: "due", exceptions: [], words: text, ...more });
  assert.equal(ruleOf(null), "");
  assert.equal(rule("FREQ=DAILY"), "FREQ=DAILY");
  assert.equal(rule("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"), "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR");
  assert.equal(rule("FREQ=DAILY;COUNT=3"), OTHER);
  assert.equal(rule("FREQ=DAILY", { from: "completion" }), OTHER);
  assert.equal(rule("FREQ=DAILY", { exceptions: ["2027-03-04"] }), OTHER);
});
