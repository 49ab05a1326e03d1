// A real Better Auth server as the issuer of tokens: people sign in there, and the app takes its tokens.
//
//     node issuer_client.mjs --url http://127.0.0.1:3000 --port 4000 --secret SHARED_SECRET
//
// The app has been started with `auth_issuer` and `auth_issuer_origin` http://127.0.0.1:4000, `auth_issuer_keys_path` /api/auth/jwks and
// `auth_issuer_secret` SHARED_SECRET. One line per check; the exit code is 1 when one fails.

import { createServer } from "node:http";
import { parseArgs } from "node:util";

import { betterAuth } from "better-auth";
import { memoryAdapter } from "better-auth/adapters/memory";
import { createAuthClient } from "better-auth/client";
import { jwtClient } from "better-auth/client/plugins";
import { toNodeHandler } from "better-auth/node";
import { jwt } from "better-auth/plugins";
import { SignJWT, decodeJwt, decodeProtectedHeader } from "jose";

const { values } = parseArgs({ options: { url: { type: "string" }, port: { type: "string" }, secret: { type: "string" } } });
if (!values.url || !values.port || !values.secret) {
  console.error("usage: node issuer_client.mjs --url URL --port PORT --secret SECRET");
  process.exit(2);
}
const { url, port, secret } = values;
const issuer = `http://127.0.0.1:${port}`;

let failed = 0;

function check(what, holds, detail) {
  if (!holds) failed += 1;
  console.log(holds ? `ok   ${what}` : `FAIL ${what}: ${JSON.stringify(detail)}`);
}

/** What a token says beside who issued it, for whom and about whom. */
const definePayload = ({ user }) => ({
  name: user.name,
  email: user.email,
  zoneinfo: "Europe/Berlin",
  scope: "tasks:read tasks:write tasks:delete chat",
});
const claims = { issuer, audience: url, expirationTime: "15m", definePayload };

/** One server after the other, at the same place: people stay, keys come from where the plugin takes them. */
const people = { user: [], session: [], account: [], verification: [], jwks: [] };

async function withServer(options, work) {
  const auth = betterAuth({
    baseURL: issuer,
    secret: "the server's own secret, which the app has not",
    database: memoryAdapter(people),
    emailAndPassword: { enabled: true },
    plugins: [jwt(options)],
    rateLimit: { enabled: false },
    logger: { level: "error" },
  });
  const handle = toNodeHandler(auth);
  const server = createServer((request, response) => {
    // No connection of one server is taken for one of the next.
    response.setHeader("connection", "close");
    handle(request, response);
  });
  await new Promise((resolve) => server.listen(Number(port), "127.0.0.1", resolve));
  try {
    await work();
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

/** A person's client, by the official code, and the token that it gets. */
async function tokenOf(email, method) {
  let session;
  const client = createAuthClient({
    baseURL: issuer,
    plugins: [jwtClient()],
    fetchOptions: {
      headers: { origin: issuer },
      onSuccess: ({ response }) => {
        session = response.headers.getSetCookie().map((cookie) => cookie.split(";")[0]).join("; ") || session;
      },
      onRequest: (context) => {
        if (session) context.headers.set("cookie", session);
      },
    },
  });
  const account = { email, password: "correct horse battery" };
  const { error } = method === "up" ? await client.signUp.email({ ...account, name: "Ann" }) : await client.signIn.email(account);
  check(`${email} signs ${method} at the issuer`, !error, error);
  return (await client.token()).data.token;
}

const call = (path, token, options = {}) =>
  fetch(url + path, { ...options, headers: { authorization: `Bearer ${token}`, "content-type": "application/json", ...options.headers } });

async function titles(token) {
  const response = await call("/api/v1/tasks", token);
  return response.ok ? (await response.json()).items.map((task) => task.title) : response.status;
}

const ownSignIn = await fetch(`${url}/api/auth/sign-in/email`, { method: "POST", headers: { "content-type": "application/json" }, body: "{}" });
check("the app signs nobody in", ownSignIn.status === 404 && (await ownSignIn.json()).detail.includes(issuer), ownSignIn.status);

let first;
await withServer({ jwt: claims }, async () => {
  first = await tokenOf("ann@example.org", "up");
  check("its tokens are signed by EdDSA", decodeProtectedHeader(first).alg === "EdDSA", decodeProtectedHeader(first));
  const added = await call("/api/v1/tasks", first, { method: "POST", body: JSON.stringify({ title: "by Better Auth" }) });
  check("a token of it adds a task", added.status === 201, await added.text());
  const due = await call("/api/v1/tasks/quick", first, { method: "POST", body: JSON.stringify({ text: "call tomorrow 9:00", preview: true }) });
  check("and says in which time zone days are meant", (await due.text()).includes("Europe/Berlin"), due.status);
  const bob = await tokenOf("bob@example.org", "up");
  check("another person sees nothing of it", JSON.stringify(await titles(bob)) === "[]", await titles(bob));
  const tools = await call("/mcp", first, {
    method: "POST",
    headers: { accept: "application/json, text/event-stream", "mcp-protocol-version": "2025-11-25" },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/list" }),
  });
  check("MCP takes it", tools.status === 200 && (await tools.text()).includes("add_task"), tools.status);
});
check("the server may go away", (await titles(first))[0] === "by Better Auth", await titles(first));

for (const alg of ["ES256", "RS256"]) {
  people.jwks.length = 0;
  await withServer({ jwt: claims, jwks: { keyPairConfig: alg === "RS256" ? { alg, modulusLength: 2048 } : { alg } } }, async () => {
    const token = await tokenOf("ann@example.org", "in");
    check(`it changes its key to ${alg}`, decodeProtectedHeader(token).alg === alg, decodeProtectedHeader(token));
    check("the subject is the same", decodeJwt(token).sub === decodeJwt(first).sub, decodeJwt(token));
    // All processes ask it once in half a minute.
    const start = Date.now();
    while ((await titles(token)) === 401 && Date.now() - start < 60_000) await new Promise((resolve) => setTimeout(resolve, 1_000));
    check("the person finds their task", (await titles(token))[0] === "by Better Auth", await titles(token));
  });
}

const key = new TextEncoder().encode(secret);
const sign = (payload) => new SignJWT({ ...payload }).setProtectedHeader({ alg: "HS256", typ: "JWT" }).sign(key);
await withServer({ jwt: { ...claims, sign }, jwks: { remoteUrl: `${issuer}/nothing`, keyPairConfig: { alg: "EdDSA" } } }, async () => {
  const token = await tokenOf("ann@example.org", "in");
  check("it signs with a shared secret", decodeProtectedHeader(token).alg === "HS256", decodeProtectedHeader(token));
  check("the person finds their task by it", (await titles(token))[0] === "by Better Auth", await titles(token));
});

process.exit(failed ? 1 : 0);
