// What the page reads in the link of a mail, and how it calls what somebody signed in with.

import assert from "node:assert/strict";
import test from "node:test";

import { arrivalOf } from "../../components/endpoints/web-ui/static/arrival.js";
import { stateOf } from "../../components/endpoints/web-ui/static/calendar-feed.js";
import { wordsOf } from "../../components/endpoints/web-ui/static/event-list.js";
import { deviceOf } from "../../components/endpoints/web-ui/static/session-list.js";
import { factsOf } from "../../components/endpoints/web-ui/static/token-list.js";

test("a link to set a password brings its token, and one that is over a way to another", () => {
  assert.deepEqual(arrivalOf("?set-password&token=t-1"), { kind: "set-password", token: "t-1" });
  for (const query of ["?set-password&error=INVALID_TOKEN", "?set-password", "?set-password&token=t&error=INVALID_TOKEN"]) {
    const arrival = arrivalOf(query);
    assert.equal(arrival.kind, "problem", query);
    assert.equal(arrival.mode, "forgotten", query);
  }
});

test("other links tell what they came to in the page's own words", () => {
  assert.equal(arrivalOf("?email-confirmed").kind, "notice");
  assert.equal(arrivalOf("?account-deleted").kind, "notice");
  assert.equal(arrivalOf("?email-confirmed&error=INVALID_TOKEN").kind, "problem");
  assert.match(arrivalOf("?email-confirmed&error=INVALID_USER").words, /another account/);
  // What a stranger writes into the address is never shown.
  assert.ok(!arrivalOf("?error=Call%20this%20number").words.includes("number"));
  assert.equal(arrivalOf(""), null);
  assert.equal(arrivalOf("?q=1"), null);
});

test("a session is called by browser and system, or as the program calls itself", () => {
  for (const [userAgent, device] of [
    ["Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"],
    ["Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0", "Edge on Windows"],
    ["Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15", "Safari on macOS"],
    ["Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36", "Chrome on Android"],
    ["curl/8.5.0", "curl"],
    ["node", "node"],
    ["", "A program"],
    [null, "A program"],
  ]) {
    assert.equal(deviceOf(userAgent), device);
  }
});

test("what happened is said in words, and what was refused as such", () => {
  assert.equal(wordsOf({ action: "session.started", outcome: "success" }), "Signed in");
  assert.equal(wordsOf({ action: "session.started", outcome: "refused" }), "Signing in failed");
  assert.equal(wordsOf({ action: "a.later_one", outcome: "refused" }), "a.later_one was refused");
});

test("a person sees whether a calendar reads their tasks", () => {
  assert.match(stateOf({ created_at: null, read_at: null }), /nobody else knows/);
  assert.match(stateOf({ created_at: "2026-11-30T08:00:00Z", read_at: null }), /since .*2026.* has read it yet/);
  assert.match(stateOf({ created_at: "2026-11-30T08:00:00Z", read_at: "2026-12-01T12:00:00Z" }), /last read it on .*2026/);
});

test("a token is told by what it may do, when it ends and when it was used", () => {
  const token = { scopes: ["tasks:read", "chat"], expiresAt: "2026-12-24T12:00:00.000Z", lastRequest: null };
  const before = factsOf(token, Date.parse("2026-11-30T12:00:00Z"));
  assert.match(before, /^sees tasks, talks to the assistant; ends .*24.*; never used$/);
  const after = factsOf({ ...token, lastRequest: "2026-12-01T12:00:00.000Z" }, Date.parse("2026-12-25T12:00:00Z"));
  assert.match(after, /; ended .*24.*; last used /);
});
