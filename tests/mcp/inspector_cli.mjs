// The Inspector's command line (npm `@modelcontextprotocol/inspector`) works with the server, in both ways of speaking.
//
//     node inspector_cli.mjs --url http://127.0.0.1:3000/mcp --token TOKEN
//
// One line per check; the exit code is 1 when one fails. Each call of the command line is a connection of its own. It can't
// ask its user, so the server tells it how to confirm; nor can it complete an argument or listen for changes. On 2026-07-28
// it declares io.modelcontextprotocol/tasks: exports and changes of many tasks run as tasks, which it waits for.

import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual, parseArgs } from "node:util";

import { check, end } from "./typescript_checks/report.mjs";
import { newWord, TOOLS } from "./typescript_checks/tools.mjs";

const PROGRAM = join(import.meta.dirname, "node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js");

const { values } = parseArgs({ options: { url: { type: "string" }, token: { type: "string" } } });
if (!values.url || !values.token) {
  console.error("usage: node inspector_cli.mjs --url URL --token TOKEN");
  process.exit(2);
}
// So that no settings of whoever runs this count.
const home = await mkdtemp(join(tmpdir(), "inspector-"));

/** Runs the command line: its exit code and each line of JSON that it prints. */
function inspector(era, method, ...more) {
  const header = `Authorization: Bearer ${values.token}`;
  const args = [PROGRAM, "--cli", values.url, "--transport", "http", "--protocol-era", era, "--header", header];
  args.push("--format", "json", "--quiet", "--method", method, ...more);
  const options = { env: { ...process.env, HOME: home }, maxBuffer: 1 << 24, timeout: 60_000 };
  return new Promise((resolve) => {
    execFile(process.execPath, args, options, (error, output, complaint) => {
      const lines = output.split("\n").filter(Boolean).map((line) => JSON.parse(line));
      resolve({ code: error?.code ?? 0, lines, result: lines[0]?.result, complaint });
    });
  });
}

async function run(era, revision) {
  const here = (what, holds, detail) => check(`${era}: ${what}`, holds, detail);
  const get = async (method, ...more) => {
    const answer = await inspector(era, method, ...more);
    here(`${method} ${more.join(" ")}`, answer.code === 0 && answer.result, answer);
    return answer.result ?? {};
  };
  const calls = (name, args) => ["tools/call", "--tool-name", name, "--tool-args-json", JSON.stringify(args)];
  const call = async (name, args) => (await get(...calls(name, args))).structuredContent ?? {};

  const hello = await get("initialize");
  here("the revision is agreed on", hello.protocolVersion === revision, hello);
  const listing = await inspector(era, "tools/list", "--strict");
  const names = (listing.result?.tools ?? []).map((tool) => tool.name).sort();
  here("every tool is listed", isDeepStrictEqual(names, [...TOOLS].sort()), names);
  const findings = listing.lines[0]?.schemaFindings;
  here("no schema is less portable than it could be", listing.code === 0 && findings === undefined, findings);

  const word = newWord();
  const { id } = await call("add_task", { title: `Buy ${word}`, due: "2020-01-01", labels: [word] });
  here("get_task", (await call("get_task", { id })).id === id);
  here("list_tasks", (await call("list_tasks", { text: word })).items?.[0]?.id === id);
  here("search_tasks", (await call("search_tasks", { query: word })).items?.[0]?.id === id);
  here("update_task", (await call("update_task", { id, title: `Get ${word}` })).title === `Get ${word}`);
  here("complete_task", (await call("complete_task", { id })).completed_at !== null);
  here("reopen_task", (await call("reopen_task", { id })).completed_at === null);
  here("overview", (await call("overview", {})).overdue_count >= 1);
  here("export_tasks", (await call("export_tasks", { format: "csv", filter: { text: word } })).count === 1);

  const listed = (await get("resources/list")).resources.map((resource) => resource.uri);
  here("the agenda, tasks and skills are listed", ["todo://agenda/today", `todo://tasks/${id}`, "skill://add-task/SKILL.md"].every((uri) => listed.includes(uri)));
  here("the templates are listed", (await get("resources/templates/list")).resourceTemplates.length === 2);
  here("the agenda is read", (await get("resources/read", "--uri", "todo://agenda/today")).contents[0].text.includes(word));
  here("a task is read", JSON.parse((await get("resources/read", "--uri", `todo://tasks/${id}`)).contents[0].text).id === id);
  here("the prompts are listed", (await get("prompts/list")).prompts.length === 4);
  const prompt = await get("prompts/get", "--prompt-name", "break_down_task", "--prompt-args", `task=${word}`);
  here("a prompt is got", JSON.stringify(prompt).includes(id), prompt);

  const verified = await inspector(era, "skills/list", "--verify", "--require-digests");
  here("every skill conforms, and its files are what their digests say", verified.code === 0 && verified.lines.length === TOOLS.length, verified);
  here("a skill is got", (await get("skills/get", "--uri", "skill://add-task/SKILL.md")).skill.frontmatter.name === "add-task");
  here("a skill's folder is read", (await get("resources/directory/read", "--uri", "skill://add-task")).resources.length === 2);

  const these = { filter: { ids: [id] } };
  for (const [name, args] of [["complete_tasks", these], ["delete_tasks", { ...these, dry_run: true }], ["delete_task", { id }]]) {
    if (!args.dry_run) {
      const refused = await inspector(era, ...calls(name, args));
      here(`${name} says how to confirm`, refused.code === 5 && refused.result.content[0].text.includes('"confirm": true'), refused);
    }
    const done = await call(name, { ...args, confirm: true });
    here(`${name} does it once it is confirmed`, (done.count ?? 1) === 1, done);
  }
  here("the task is gone", (await inspector(era, ...calls("get_task", { id }))).code === 5);
}

try {
  await Promise.all([run("legacy", "2025-11-25"), run("modern", "2026-07-28")]);
} finally {
  await rm(home, { recursive: true });
}
end();
