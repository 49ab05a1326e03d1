// The official TypeScript SDK (npm `@modelcontextprotocol/client`) works with the server unchanged, in both ways of speaking.
//
//     node official_typescript_client.mjs --url http://127.0.0.1:3000/mcp --token TOKEN
//
// One line per check; the exit code is 1 when one fails. The SDK itself holds every answer to its tool's output schema; the
// checks here do so once more, strictly.

import { randomUUID } from "node:crypto";
import { isDeepStrictEqual, parseArgs } from "node:util";

import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { Ajv2020 } from "ajv/dist/2020.js";

const TOOLS = [
  "add_task", "list_tasks", "get_task", "update_task", "complete_task",
  "reopen_task", "delete_task", "search_tasks", "overview", "export_tasks", "complete_tasks", "delete_tasks",
];
const MODES = [
  { name: "legacy", mode: "legacy", revision: "2025-11-25" },
  { name: "pinned", mode: { pin: "2026-07-28" }, revision: "2026-07-28" },
  { name: "auto", mode: "auto", revision: "2026-07-28" },
];

let passed = 0;
let failed = 0;

function check(what, holds, detail) {
  if (holds) {
    passed += 1;
    console.log(`ok   ${what}`);
  } else {
    failed += 1;
    console.log(`FAIL ${what}: ${JSON.stringify(detail)}`);
  }
}

async function connect(url, token, mode) {
  const client = new Client({ name: "official-typescript-client", version: "1.0.0" }, { versionNegotiation: { mode } });
  const headers = { Authorization: `Bearer ${token}`, "Time-Zone": "Europe/Berlin" };
  await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } }));
  return client;
}

async function run({ name: mode, mode: negotiation, revision }, url, token) {
  const client = await connect(url, token, negotiation);
  const here = (what, holds, detail) => check(`${mode}: ${what}`, holds, detail);
  const agreed = client.getNegotiatedProtocolVersion();
  here("the revision is agreed on", agreed === revision, agreed);

  const { tools } = await client.listTools();
  here("every tool is listed", isDeepStrictEqual(tools.map((tool) => tool.name).sort(), [...TOOLS].sort()), tools.map((tool) => tool.name));
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true });
  const output = new Map();
  for (const tool of tools) {
    const input = ajv.compile(tool.inputSchema);
    output.set(tool.name, ajv.compile(tool.outputSchema));
    const examples = tool.inputSchema.examples ?? [];
    here(`the examples of ${tool.name} fit its schema`, examples.every((example) => input(example)), input.errors);
  }

  const call = async (name, args) => {
    const result = await client.callTool({ name, arguments: args });
    here(`${name} answers`, result.isError !== true, result.content);
    const valid = output.get(name);
    here(`${name} answers what its output schema says`, valid(result.structuredContent), valid.errors);
    here(`${name} answers the same as text`, isDeepStrictEqual(JSON.parse(result.content[0].text), result.structuredContent), result.content);
    return result.structuredContent;
  };
  const problem = async (name, args) => {
    const result = await client.callTool({ name, arguments: args });
    here(`${name} refuses ${JSON.stringify(args)}`, result.isError === true, result);
    return JSON.parse(result.content[0].text);
  };

  const word = `w${randomUUID().replaceAll("-", "").slice(0, 12)}`;
  const task = await call("add_task", { title: `Buy ${word}`, due: "2031-03-05", priority: "high", labels: ["Shop"] });
  const one = { id: task.id };
  here("the caller's time zone is used", task.time_zone === "Europe/Berlin", task);
  here("get_task reads it", isDeepStrictEqual(await call("get_task", one), task));
  here("list_tasks lists it", isDeepStrictEqual((await call("list_tasks", { text: word })).items, [task]));
  here("search_tasks finds it", isDeepStrictEqual((await call("search_tasks", { query: word })).items, [task]));
  const changed = await call("update_task", { ...one, title: `Get ${word}`, version: task.version });
  here("update_task changes it", changed.title === `Get ${word}` && changed.version > task.version, changed);
  here("complete_task completes it", (await call("complete_task", one)).completed_at !== null);
  here("reopen_task reopens it", (await call("reopen_task", one)).completed_at === null);
  here("overview counts it", (await call("overview", {})).open_count >= 1);
  const document = await call("export_tasks", { format: "markdown", filter: { text: word } });
  here("export_tasks writes it down", document.count === 1 && document.text.includes(word), document);
  const these = { filter: { ids: [task.id] } };
  here("a dry run of delete_tasks says what would go", (await call("delete_tasks", { ...these, dry_run: true })).count === 1);
  here("complete_tasks completes it", (await call("complete_tasks", these)).count === 1);
  here("delete_tasks wants a filter", (await problem("delete_tasks", { filter: {} })).errors[0].pointer === "/filter");
  await call("delete_task", one);
  const gone = await problem("get_task", one);
  here("delete_task deletes it", gone.type === "/problems/task-not-found", gone);
  const wrong = await problem("add_task", { title: "", colour: "red" });
  here("an unknown member is named", wrong.errors.some((error) => error.pointer === "/colour"), wrong);
  const code = await client.callTool({ name: "no_such_tool", arguments: {} }).then(() => 0, (error) => error.code);
  here("an unknown tool is refused", code === -32602, code);
  await client.close();
}

const { values } = parseArgs({ options: { url: { type: "string" }, token: { type: "string" } } });
if (!values.url || !values.token) {
  console.error("usage: node official_typescript_client.mjs --url URL --token TOKEN");
  process.exit(2);
}
for (const mode of MODES) {
  await run(mode, values.url, values.token);
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
