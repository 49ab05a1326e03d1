// The official TypeScript SDK (npm `@modelcontextprotocol/client`) works with the server unchanged, in both ways of speaking.
//
//     node official_typescript_client.mjs --url http://127.0.0.1:3000/mcp --token TOKEN
//
// One line per check; the exit code is 1 when one fails. The SDK itself holds every answer to its tool's output schema; the
// checks here do so once more, strictly. It has no part for tasks (io.modelcontextprotocol/tasks), so none runs here.

import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";

import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";

import { Heard, hearsOfChanges } from "./typescript_checks/changes.mjs";
import { asksThePerson, refusesUntilTheModelConfirms } from "./typescript_checks/confirmation.mjs";
import { completesWhatIsTyped, getsPrompts, readsResources, readsSkills } from "./typescript_checks/reading.mjs";
import { end } from "./typescript_checks/report.mjs";
import { Person, Session } from "./typescript_checks/session.mjs";
import { doesTheMainJob, listsTheTools, saysWhatIsWrong } from "./typescript_checks/tools.mjs";

const MODES = [
  { mode: "legacy", negotiation: "legacy", revision: "2025-11-25" },
  { mode: "pinned", negotiation: { pin: "2026-07-28" }, revision: "2026-07-28" },
  { mode: "auto", negotiation: "auto", revision: "2026-07-28" },
];

/** Takes any result: for methods that the SDK has no schema for. */
const ANYTHING = { "~standard": { version: 1, vendor: "none", validate: (value) => ({ value }) } };

async function connect({ negotiation }, { url, token }, person) {
  const capabilities = person ? { elicitation: { form: {} } } : {};
  const options = { versionNegotiation: { mode: negotiation }, capabilities };
  const client = new Client({ name: "official-typescript-client", version: "1.0.0" }, options);
  if (person) {
    client.setRequestHandler("elicitation/create", person.asked);
  }
  const headers = { Authorization: `Bearer ${token}`, "Time-Zone": "Europe/Berlin" };
  await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } }));
  return client;
}

async function listensOrSubscribes(client, uris) {
  if (client.getNegotiatedProtocolVersion() === "2026-07-28") {
    await client.listen({ resourcesListChanged: true, resourceSubscriptions: uris });
    return;
  }
  for (const uri of uris) {
    await client.subscribeResource({ uri });
  }
  await pause(500); // The SDK opens its stream in its own time, and says nothing of it.
}

async function run(way, place) {
  const person = new Person();
  const client = await connect(way, place, person);
  const session = new Session(client, way.mode, person);
  const agreed = client.getNegotiatedProtocolVersion();
  session.check("the revision is agreed on", agreed === way.revision, agreed);
  await listsTheTools(session);
  await doesTheMainJob(session);
  await saysWhatIsWrong(session);
  await asksThePerson(session);
  const task = await readsResources(session);
  await getsPrompts(session, task);
  await completesWhatIsTyped(session, task);
  await readsSkills(session, (method, params) => client.request({ method, params }, ANYTHING));

  const heard = new Heard();
  client.setNotificationHandler("notifications/resources/updated", ({ params }) => heard.updated.add(params.uri));
  client.setNotificationHandler("notifications/resources/list_changed", () => (heard.listChanges += 1));
  const other = await connect(way, place);
  await hearsOfChanges(client, heard, other, listensOrSubscribes, { mode: way.mode, ...place });
  await refusesUntilTheModelConfirms(new Session(other, `${way.mode}, nobody to ask`));
  await other.close();
  await client.close();
}

const { values } = parseArgs({ options: { url: { type: "string" }, token: { type: "string" } } });
if (!values.url || !values.token) {
  console.error("usage: node official_typescript_client.mjs --url URL --token TOKEN");
  process.exit(2);
}
for (const way of MODES) {
  await run(way, values);
}
end();
