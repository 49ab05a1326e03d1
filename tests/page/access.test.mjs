// Who is signed in: what is asked of the server while a session ends.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

const token = `e30.${Buffer.from(JSON.stringify({ exp: Date.now() / 1000 + 900 })).toString("base64url")}.x`;
const answers = { "/api/auth/token": () => Response.json({ token }) };
let asked = [];
let access;

/** Answers the sign-out that is on its way. */
let answerSignOut;

beforeEach(async () => {
  asked = [];
  const signOut = new Promise((resolve) => {
    answerSignOut = resolve;
  });
  globalThis.fetch = async (path) => {
    asked.push(path);
    return path.endsWith("/sign-out") ? signOut : answers[path]();
  };
  // A module of its own for each test: it remembers who is signed in.
  access = await import(`../../components/endpoints/web-ui/static/access.js?${Math.random()}`);
});

const turn = () => new Promise((resolve) => setTimeout(resolve));

test("nobody asks for a token while the session ends, nor after it", async () => {
  const leaving = access.signOut();
  const waiting = assert.rejects(access.accessToken(), { status: 401 });
  await turn();
  answerSignOut(Response.json({ success: true }));
  await Promise.all([leaving, waiting]);
  assert.deepEqual(asked, ["/api/auth/sign-out"]);
});

test("where the sign-out fails, those who waited get their token", async () => {
  const leaving = assert.rejects(access.signOut(), { status: 503 });
  const waiting = access.accessToken();
  await turn();
  answerSignOut(Response.json({ detail: "Busy." }, { status: 503 }));
  await leaving;
  assert.equal(await waiting, token);
  assert.deepEqual(asked, ["/api/auth/sign-out", "/api/auth/token"]);
});

test("a question for a token that is on its way is waited for", async () => {
  const question = access.accessToken();
  const leaving = access.signOut();
  assert.equal(await question, token);
  await turn();
  answerSignOut(Response.json({ success: true }));
  await leaving;
  assert.deepEqual(asked, ["/api/auth/token", "/api/auth/sign-out"]);
});
