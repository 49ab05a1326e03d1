// Due dates, in zones where days have 23, 24 and 25 hours.

import assert from "node:assert/strict";
import test from "node:test";

import { dueFields, dueOf, dueWords, groupOf } from "../../components/endpoints/web-ui/static/due.js";
import { numbers } from "./generated.mjs";

const ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Kiritimati", "Asia/Kathmandu"];

/** The full-date so many days after 2026-01-01. */
const day = (days) => new Date(Date.UTC(2026, 0, 1 + days)).toISOString().slice(0, 10);

/** Noon of that day, where the person is. */
const noon = (days) => new Date(2026, 0, 1 + days, 12);

/** Runs something in each zone. */
function everywhere(run) {
  const before = process.env.TZ;
  for (const zone of ZONES) {
    process.env.TZ = zone;
    run(zone);
  }
  if (before === undefined) delete process.env.TZ;
  else process.env.TZ = before;
}

test("a whole day is in the group that the calendar says, on every day of two years, everywhere", () => {
  const groups = [[-30, "overdue"], [-1, "overdue"], [0, "today"], [1, "tomorrow"], [2, "week"], [6, "week"], [7, "later"], [200, "later"]];
  everywhere((zone) => {
    for (let today = 0; today < 730; today += 1) {
      for (const [distance, group] of groups) {
        assert.equal(groupOf({ due: day(today + distance) }, noon(today)), group, `${zone}: ${day(today)} and ${distance} days`);
      }
    }
  });
});

test("an instant is overdue once it has passed, and today until then", () => {
  everywhere((zone) => {
    const now = noon(100);
    const at = (minutes) => groupOf({ due: new Date(now.getTime() + minutes * 60_000).toISOString() }, now);
    assert.deepEqual([at(-1), at(1)], ["overdue", "today"], zone);
  });
});

test("a task without a date is for someday", () => {
  assert.deepEqual([groupOf({ due: null }), groupOf({})], ["someday", "someday"]);
});

test("two fields stand for the due date that they were filled with", () => {
  const number = numbers(2);
  everywhere((zone) => {
    for (let made = 0; made < 500; made += 1) {
      const whole = day(number(3_650));
      assert.equal(dueOf(dueFields(whole)), whole);
      const moment = new Date(Date.UTC(2026, 0, 1, 0, number(3_650 * 1_440)));
      const again = dueOf(dueFields(moment.toISOString()));
      // When clocks are put back, an hour's local times come twice; a field can't say which.
      const hours = Math.abs(new Date(again).getTime() - moment.getTime()) / 3_600_000;
      assert.ok(hours === 0 || (hours <= 1 && zone !== "UTC"), `${zone}: ${moment.toISOString()} has become ${again}`);
      assert.deepEqual(dueFields(again), dueFields(moment.toISOString()));
    }
  });
});

test("no day is no due date", () => {
  assert.deepEqual(dueFields(null), { date: "", time: "" });
  assert.equal(dueOf({ date: "", time: "" }), null);
});

test("near days have words, others a date", () => {
  const words = [[-1, "yesterday"], [0, "today"], [1, "tomorrow"], [3, "Sunday"], [-4, "Sun 28 Dec 2025"], [20, "Wed 21 Jan"]];
  for (const [distance, said] of words) assert.equal(dueWords(day(distance), noon(0)).replace(",", ""), said);
});
