// Tools: what is listed of them, and what each does.

import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";

import { Ajv2020 } from "ajv/dist/2020.js";

import { codeOf } from "./session.mjs";

// All that there are, as the catalog names them: tests/clients/script.rs.
export const TOOLS = process.env.TODO_TOOLS.split(" ");

export const newWord = () => `w${randomUUID().replaceAll("-", "").slice(0, 12)}`;

export async function listsTheTools(session) {
  const { tools } = await session.client.listTools();
  const names = tools.map((tool) => tool.name);
  session.check("every tool is listed", isDeepStrictEqual([...names].sort(), [...TOOLS].sort()), names);
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true });
  for (const tool of tools) {
    const input = ajv.compile(tool.inputSchema);
    session.schemas.set(tool.name, ajv.compile(tool.outputSchema));
    const examples = tool.inputSchema.examples ?? [];
    session.check(`the examples of ${tool.name} fit its schema`, examples.every((example) => input(example)), input.errors);
  }
}

/** Each of the tools does its work; the person agrees to all of it. */
export async function doesTheMainJob(session) {
  const { person } = session;
  const word = newWord();
  person.will("accept", { confirm: true });
  const task = await session.call("add_task", { title: `Buy ${word}`, due: "2031-03-05", priority: "high", labels: ["Shop"] });
  const one = { id: task.id };
  session.check("the caller's time zone is used", task.time_zone === "Europe/Berlin", task);
  session.check("get_task reads it", isDeepStrictEqual(await session.call("get_task", one), task));
  session.check("list_tasks lists it", isDeepStrictEqual((await session.call("list_tasks", { text: word })).items, [task]));
  session.check("search_tasks finds it", isDeepStrictEqual((await session.call("search_tasks", { query: word })).items, [task]));
  const changed = await session.call("update_task", { ...one, title: `Get ${word}`, version: task.version });
  session.check("update_task changes it", changed.title === `Get ${word}` && changed.version > task.version, changed);
  session.check("complete_task completes it", (await session.call("complete_task", one)).completed_at !== null);
  session.check("reopen_task reopens it", (await session.call("reopen_task", one)).completed_at === null);
  session.check("overview counts it", (await session.call("overview", {})).open_count >= 1);
  const document = await session.call("export_tasks", { format: "markdown", filter: { text: word } });
  session.check("export_tasks writes it down", document.count === 1 && document.text.includes(word), document);
  const these = { filter: { ids: [task.id] } };
  session.check("a dry run of delete_tasks says what would go", (await session.call("delete_tasks", { ...these, dry_run: true })).count === 1);
  session.check("nobody is asked before there is anything to agree to", person.questions.length === 0, person.questions);
  session.check("complete_tasks completes it", (await session.call("complete_tasks", these)).count === 1);
  session.check("delete_tasks wants a filter", (await session.problem("delete_tasks", { filter: {} })).errors[0].pointer === "/filter");
  await session.call("delete_task", one);
  session.check("the person was asked twice", person.questions.length === 2, person.questions);
  const gone = await session.problem("get_task", one);
  session.check("delete_task deletes it", gone.type === "/problems/task-not-found", gone);
}

export async function saysWhatIsWrong(session) {
  const wrong = await session.problem("add_task", { title: "", colour: "red" });
  session.check("an unknown member is named", wrong.errors.some((error) => error.pointer === "/colour"), wrong);
  const code = await codeOf(session.client.callTool({ name: "no_such_tool", arguments: {} }));
  session.check("an unknown tool is refused", code === -32602, code);
}
