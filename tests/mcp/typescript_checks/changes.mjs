// Hearing of changes, made by another client or over REST.

import { setTimeout as pause } from "node:timers/promises";

import { Session } from "./session.mjs";

const AGENDA = "todo://agenda/today";

/** What a client was told, and waiting for it. */
export class Heard {
  updated = new Set();
  listChanges = 0;

  async waitFor(condition) {
    const end = Date.now() + 10_000;
    while (!condition(this) && Date.now() < end) {
      await pause(50);
    }
    return condition(this);
  }
}

/** `follow` begins to listen for these URIs on `client`, in the way of the revision. */
export async function hearsOfChanges(client, heard, other, follow, { mode, url, token }) {
  const session = new Session(other, mode);
  const task = await session.call("add_task", { title: "Watched" });
  const uri = `todo://tasks/${task.id}`;
  await follow(client, [uri, AGENDA]);
  await session.call("update_task", { id: task.id, title: "Watched, changed" });
  session.check("another client's change is heard", await heard.waitFor(() => heard.updated.has(uri) && heard.updated.has(AGENDA)), [...heard.updated]);
  const before = heard.listChanges;
  const answer = await fetch(url.replace("/mcp", "/api/v1/tasks"), {
    method: "POST",
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
    body: JSON.stringify({ title: "By REST" }),
  });
  session.check("REST adds a task", answer.status === 201, answer.status);
  session.check("a task added over REST is heard", await heard.waitFor(() => heard.listChanges > before), heard.listChanges);
}
