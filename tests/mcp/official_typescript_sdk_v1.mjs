// The official TypeScript SDK of the line before (npm `@modelcontextprotocol/sdk` 1.x) works with the server unchanged.
//
//     node official_typescript_sdk_v1.mjs --url http://127.0.0.1:3000/mcp --token TOKEN
//
// It begins with `initialize`. One line per check; the exit code is 1 when one fails.

import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";

import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import {
  ElicitRequestSchema,
  ResourceListChangedNotificationSchema,
  ResourceUpdatedNotificationSchema,
  ResultSchema,
} from "@modelcontextprotocol/sdk/types.js";

import { Heard, hearsOfChanges } from "./typescript_checks/changes.mjs";
import { asksThePerson, refusesUntilTheModelConfirms } from "./typescript_checks/confirmation.mjs";
import { completesWhatIsTyped, getsPrompts, readsResources, readsSkills } from "./typescript_checks/reading.mjs";
import { check, end } from "./typescript_checks/report.mjs";
import { Person, Session } from "./typescript_checks/session.mjs";
import { doesTheMainJob, listsTheTools, saysWhatIsWrong } from "./typescript_checks/tools.mjs";

async function connect({ url, token }, person) {
  const capabilities = person ? { elicitation: { form: {} } } : {};
  const client = new Client({ name: "official-typescript-sdk-v1", version: "1.0.0" }, { capabilities });
  if (person) {
    client.setRequestHandler(ElicitRequestSchema, person.asked);
  }
  const headers = { Authorization: `Bearer ${token}`, "Time-Zone": "Europe/Berlin" };
  const transport = new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } });
  await client.connect(transport);
  return { client, transport };
}

async function subscribes(client, uris) {
  for (const uri of uris) {
    await client.subscribeResource({ uri });
  }
  await pause(500); // The SDK opens its stream in its own time, and says nothing of it.
}

async function run(place) {
  const mode = "1.x";
  const person = new Person();
  const { client, transport } = await connect(place, person);
  const session = new Session(client, mode, person);
  check(`${mode}: the revision is agreed on`, transport.protocolVersion === "2025-11-25", transport.protocolVersion);
  check(`${mode}: a session is given out`, Boolean(transport.sessionId));
  await listsTheTools(session);
  await doesTheMainJob(session);
  await saysWhatIsWrong(session);
  await asksThePerson(session);
  const task = await readsResources(session);
  await getsPrompts(session, task);
  await completesWhatIsTyped(session, task);
  await readsSkills(session, (method, params) => client.request({ method, params }, ResultSchema.passthrough()));

  const heard = new Heard();
  client.setNotificationHandler(ResourceUpdatedNotificationSchema, ({ params }) => heard.updated.add(params.uri));
  client.setNotificationHandler(ResourceListChangedNotificationSchema, () => (heard.listChanges += 1));
  const { client: other } = await connect(place);
  await hearsOfChanges(client, heard, other, subscribes, { mode, ...place });
  await refusesUntilTheModelConfirms(new Session(other, `${mode}, nobody to ask`));
  await other.close();
  await client.close();
}

const { values } = parseArgs({ options: { url: { type: "string" }, token: { type: "string" } } });
if (!values.url || !values.token) {
  console.error("usage: node official_typescript_sdk_v1.mjs --url URL --token TOKEN");
  process.exit(2);
}
await run(values);
end();
