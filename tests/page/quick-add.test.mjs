// Where the parts of a line that a person takes back stand, counted in characters.

import assert from "node:assert/strict";
import test from "node:test";

import { rangesOf, spanWords } from "../../components/endpoints/web-ui/static/quick-add.js";

test("places are counted in characters, and every place of a part is named", () => {
  assert.deepEqual(rangesOf("🎂 cake friday", ["friday"]), [{ start: 7, end: 13 }]);
  assert.deepEqual(rangesOf("p1 p1 🎂 p1", ["p1"]), [{ start: 0, end: 2 }, { start: 3, end: 5 }, { start: 8, end: 10 }]);
  assert.deepEqual(rangesOf("milk", ["friday", ""]), []);
  for (const [text, part] of [["a 👨‍👩‍👧 é b", "é"], ["#büro 明日", "明日"], ["x", "x"]]) {
    for (const { start, end } of rangesOf(text, [part])) assert.equal([...text].slice(start, end).join(""), part);
  }
});

test("each kind of part has its words", () => {
  const said = (kind, words) => spanWords({ kind, words, text: "", start: 0, end: 1 });
  assert.equal(said("due", "Tue 8 Dec 09:00"), "due Tue 8 Dec 09:00");
  assert.equal(said("recurrence", "every 2nd Friday"), "every 2nd Friday");
  assert.equal(said("unknown_list", "larder"), "no list “larder”");
});
