// Which files can be sent.

import assert from "node:assert/strict";
import test from "node:test";

import { mediaType, refusal } from "../../components/endpoints/web-ui/static/chatkit/attachments.js";

const LISTS = { "text/plain": [".txt"], "text/csv": [".csv"], "text/*": [".md"] };
const file = (name, type = "", size = 10) => ({ name, type, size });

test("a file that its system does not know is known by the end of its name", () => {
  assert.equal(mediaType(file("a.CSV")), "text/csv");
  assert.equal(mediaType(file("list.md")), "text/markdown");
  assert.equal(mediaType(file("list.md", "text/plain")), "text/plain");
  assert.equal(mediaType(file("x")), "application/octet-stream");
});

test("what is too large, too much or of another kind is refused in a sentence", () => {
  const limits = { maxCount: 2, maxSize: 65_536, accept: LISTS };
  assert.equal(refusal(file("a.txt"), limits, 0), null);
  assert.match(refusal(file("a.txt"), limits, 2), /2 files at most/);
  assert.match(refusal(file("a.txt", "text/plain", 65_537), limits, 0), /64 KB/);
  assert.match(refusal(file("a.png", "image/png"), limits, 0), /not of a kind/);
  assert.equal(refusal(file("a.png", "image/png"), { ...limits, accept: null }, 0), null);
});

test("a limit may be one for each kind of file", () => {
  const limits = { maxCount: 9, maxSize: { "image/*": 5, "text/csv": 20, "*": 10 }, accept: null };
  for (const [given, is] of [[file("a", "image/png", 6), false], [file("a", "image/png", 5), true], [file("a", "text/csv", 20), true], [file("a", "text/plain", 11), false]]) {
    assert.equal(refusal(given, limits, 0) === null, is, given.type);
  }
});
