// What a client reads: resources, prompts, completions, skills.

import { createHash, randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";

import { codeOf } from "./session.mjs";
import { newWord, TOOLS } from "./tools.mjs";

const PROMPTS = ["break_down_task", "plan_my_day", "triage_overdue", "weekly_review"];

async function read(session, uri, mediaType) {
  const { contents } = await session.client.readResource({ uri });
  session.check(`${uri} is ${mediaType}`, contents.length === 1 && contents[0].mimeType === mediaType && contents[0].uri === uri, contents);
  return contents[0].text;
}

export async function readsResources(session) {
  const word = newWord();
  const task = await session.call("add_task", { title: word, due: "2020-01-01", labels: [word] });
  const uri = `todo://tasks/${task.id}`;
  const listed = new Set();
  let cursor;
  do {
    // Without a cursor the newer SDK walks the pages by itself.
    const page = await session.client.listResources(cursor === undefined ? undefined : { cursor });
    page.resources.forEach((resource) => listed.add(resource.uri));
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  const expected = ["todo://agenda/today", uri, "skill://add-task/SKILL.md"];
  session.check("the agenda, tasks and skills are listed", expected.every((one) => listed.has(one)), [...listed]);
  const { resourceTemplates } = await session.client.listResourceTemplates();
  const uris = resourceTemplates.map((template) => template.uriTemplate).sort();
  session.check("the templates are listed", isDeepStrictEqual(uris, ["todo://labels/{label}", "todo://tasks/{id}"]), uris);
  const agenda = await read(session, "todo://agenda/today", "text/markdown");
  session.check("the agenda names what is overdue", agenda.includes(word), agenda);
  session.check("a task reads as get_task gives it", isDeepStrictEqual(JSON.parse(await read(session, uri, "application/json")), task));
  const labelled = JSON.parse(await read(session, `todo://labels/${word}`, "application/json"));
  session.check("a label reads as its open tasks", isDeepStrictEqual(labelled, [task]), labelled);
  const code = await codeOf(session.client.readResource({ uri: `todo://tasks/${randomUUID()}` }));
  session.check("an unknown resource is refused", [-32002, -32602].includes(code), code);
  return task;
}

export async function getsPrompts(session, task) {
  const { prompts } = await session.client.listPrompts();
  const names = prompts.map((prompt) => prompt.name).sort();
  session.check("the prompts are listed", isDeepStrictEqual(names, PROMPTS), names);
  const args = { break_down_task: { task: task.title }, triage_overdue: { label: task.labels[0] } };
  for (const name of names) {
    const got = await session.client.getPrompt({ name, arguments: args[name] });
    session.check(`the prompt ${name} holds the person's tasks`, JSON.stringify(got).includes(task.title), got);
  }
  const code = await codeOf(session.client.getPrompt({ name: "break_down_task" }));
  session.check("a missing argument is refused", code === -32602, code);
}

export async function completesWhatIsTyped(session, task) {
  const prompt = (name) => ({ type: "ref/prompt", name });
  const template = (uri) => ({ type: "ref/resource", uri });
  for (const [what, ref, name, typed, wanted] of [
    ["a label in a prompt", prompt("triage_overdue"), "label", task.labels[0].slice(0, 7), task.labels[0]],
    ["a title in a prompt", prompt("break_down_task"), "task", task.title.slice(0, 7), task.title],
    ["a label in a URI", template("todo://labels/{label}"), "label", task.labels[0].slice(0, 7), task.labels[0]],
    ["an id in a URI", template("todo://tasks/{id}"), "id", task.title, task.id],
  ]) {
    const { values } = (await session.client.complete({ ref, argument: { name, value: typed } })).completion;
    session.check(`${what} is completed`, values.includes(wanted), values);
  }
}

/** Neither SDK has methods for skills, so `raw` sends requests of our own. */
export async function readsSkills(session, raw) {
  const { skills } = await raw("skills/list", {});
  const names = skills.map((skill) => skill.frontmatter.name.replaceAll("-", "_")).sort();
  session.check("each tool has a skill", isDeepStrictEqual(names, [...TOOLS].sort()), names);
  const uri = "skill://delete-tasks/SKILL.md";
  const { skill } = await raw("skills/get", { uri });
  session.check("a skill is got by its URI", skills.some((one) => isDeepStrictEqual(one, skill)), skill);
  for (const file of skill.resources) {
    const bytes = Buffer.from((await session.client.readResource({ uri: file.uri })).contents[0].text);
    const digest = `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
    session.check(`${file.uri} is what its digest says`, digest === file.digest && bytes.length === file.size, digest);
  }
  const folder = (await raw("resources/directory/read", { uri: "skill://delete-tasks" })).resources.map((entry) => entry.uri).sort();
  session.check("a skill's folder is listed", isDeepStrictEqual(folder, [uri, "skill://delete-tasks/references"].sort()), folder);
}
