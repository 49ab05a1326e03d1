// The element has what OpenAI's has, and says by name what it leaves out.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import test from "node:test";

const FOLDER = new URL("../../components/endpoints/web-ui/static/chatkit/", import.meta.url);
const TYPES = readFileSync(new URL("node_modules/@openai/chatkit/types/index.d.ts", import.meta.url), "utf8");
const scripts = readdirSync(FOLDER).map((name) => readFileSync(new URL(name, FOLDER), "utf8")).join("\n");

const { readOptions } = await import(new URL("options.js", FOLDER));
const api = { url: "/chatkit", domainKey: "local-dev" };

/** Events that nothing here causes: there are no deep links, and no tools in the composer. */
const WITHOUT_CAUSE = ["deeplink", "tool.change"];

test("every event of theirs is told, or has no cause here", () => {
  const [, declared] = TYPES.match(/export type ChatKitEvents = {(.*?)\n};/s);
  const named = [...declared.matchAll(/'chatkit\.([a-z.]+)'/g)].map(([, name]) => name);
  assert.equal(named.length, 13);
  const told = new Set([...scripts.matchAll(/emit\((?:[a-zA-Z]+ \? )?"([a-z.]+)"(?: : "([a-z.]+)")?/g)].flatMap(([, ...names]) => names.filter(Boolean)));
  assert.deepEqual([...told, ...WITHOUT_CAUSE].toSorted(), named.toSorted());
});

test("every option of theirs is read, or is named where it is left out", () => {
  const [, declared] = TYPES.match(/export type ChatKitOptions = {(.*?)\n};/s);
  const named = [...declared.matchAll(/^ {2}(\w+)\??:/gm)].map(([, name]) => name);
  assert.equal(named.length, 16);
  const source = readFileSync(new URL("options.js", FOLDER), "utf8");
  // Whether the end is followed is not asked: it is, unless the person has scrolled up.
  for (const name of named.filter((name) => name !== "thread")) assert.match(source, new RegExp(`\\b${name}\\b`), name);
});

test("what has no meaning here is named, and what would be misunderstood is refused", () => {
  const { leftOut } = readOptions({ api, entities: {}, commands: { enabled: true }, composer: { tools: [], models: [], dictation: { enabled: true } } });
  assert.deepEqual(leftOut, ["entities", "commands", "composer.tools", "composer.models", "composer.dictation"]);
  assert.deepEqual(readOptions({ api }).leftOut, []);
  assert.throws(() => readOptions({ api: { getClientSecret: async () => "x" } }), /getClientSecret/);
  assert.throws(() => readOptions({ api: { domainKey: "x" } }), /api\.url/);
  assert.throws(() => readOptions({}), /api/);
});

test("what is not said is as they have it", () => {
  const read = readOptions({ api });
  assert.deepEqual(
    [read.greeting, read.placeholder, read.hasHeader, read.hasFeedback, read.hasRetry, read.attachments, read.theme, read.initialThread],
    ["What can I help with today?", "Message the AI", true, false, false, null, { colorScheme: "light" }, null],
  );
});
