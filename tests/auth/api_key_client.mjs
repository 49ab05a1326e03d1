// Better Auth's client with its plugin for API keys (npm `@better-auth/api-key`) makes, lists, renames and revokes the tokens that a person
// gives their programs.
//
//     node api_key_client.mjs --url http://127.0.0.1:3000

import { randomUUID } from "node:crypto";
import { parseArgs } from "node:util";

import { apiKeyClient } from "@better-auth/api-key/client";
import { createAuthClient } from "better-auth/client";

const { values } = parseArgs({ options: { url: { type: "string" } } });
if (!values.url) {
  console.error("usage: node api_key_client.mjs --url URL");
  process.exit(2);
}
const { url } = values;
let failed = 0;

function check(what, holds, detail) {
  if (!holds) failed += 1;
  console.log(holds ? `ok   ${what}` : `FAIL ${what}: ${JSON.stringify(detail)}`);
}

let session;
const client = createAuthClient({
  baseURL: `${url}/api/auth`,
  plugins: [apiKeyClient()],
  fetchOptions: {
    auth: { type: "Bearer", token: () => session },
    onSuccess: ({ response }) => { session = response.headers.get("set-auth-token") ?? session; },
  },
});
const tasks = async (key) => (await fetch(`${url}/api/v1/tasks`, { headers: { authorization: `Bearer ${key}` } })).status;

const nobody = await client.apiKey.list();
check("nobody has tokens", nobody.error?.status === 401, nobody);
await client.signUp.email({ name: "Ann", email: `${randomUUID()}@example.org`, password: "correct horse battery" });

const made = await client.apiKey.create({ name: "Laptop", expiresIn: 60 * 60 * 24 * 7 });
const { key, id } = made.data ?? {};
check("create tells the token", /^todo_pat_[0-9A-Za-z]{38}$/.test(key), made);
check("with its start, its prefix and its end", key?.startsWith(made.data.start) && made.data.prefix === "todo_pat_", made.data);
const days = (new Date(made.data?.expiresAt) - Date.now()) / 86_400_000;
check("which is in a week", days > 6.99 && days < 7.01, days);
check("REST takes it", (await tasks(key)) === 200, await tasks(key));

const listed = await client.apiKey.list();
check("list has it, without itself", listed.data?.apiKeys.length === 1 && listed.data.total === 1 && !listed.data.apiKeys[0].key, listed);
const read = await client.apiKey.get({ query: { id } });
check("get reads it", read.data?.name === "Laptop" && read.data.permissions.tasks[0] === "read", read);
const renamed = await client.apiKey.update({ keyId: id, name: "Desk" });
check("update gives it another name", renamed.data?.name === "Desk", renamed);
const unknown = await client.apiKey.get({ query: { id: randomUUID() } });
check("another id is none", unknown.error?.status === 404 && unknown.error.code === "KEY_NOT_FOUND", unknown);
const long = await client.apiKey.create({ name: "x", expiresIn: 60 * 60 * 24 * 366 });
check("a year is the longest", long.error?.code === "EXPIRES_IN_IS_TOO_LARGE", long);

const deleted = await client.apiKey.delete({ keyId: id });
check("delete revokes it", deleted.data?.success === true && (await client.apiKey.list()).data.total === 0, deleted);
const start = Date.now();
while ((await tasks(key)) === 200 && Date.now() - start < 15_000) await new Promise((resolve) => setTimeout(resolve, 500));
check("and REST takes it no more", (await tasks(key)) === 401, await tasks(key));

process.exit(failed ? 1 : 0);
