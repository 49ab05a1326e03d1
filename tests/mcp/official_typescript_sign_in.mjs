// The official TypeScript SDKs (npm `@modelcontextprotocol/client` 2.x and `@modelcontextprotocol/sdk` 1.x) sign a person in with nothing
// but the address of the server, and go on when their access token is over.
//
//     node official_typescript_sign_in.mjs --url http://127.0.0.1:3000/mcp
//
// One line per check; the exit code is 1 when one fails.

import { parseArgs } from "node:util";

import * as two from "@modelcontextprotocol/client";
import { Client as ClientOne } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport as TransportOne } from "@modelcontextprotocol/sdk/client/streamableHttp.js";

import { Browser, Program } from "./typescript_checks/browser.mjs";
import { check, end } from "./typescript_checks/report.mjs";

const LINES = {
  "client 2.x": {
    client: () => new two.Client({ name: "signs-in", version: "1.0.0" }, { versionNegotiation: { mode: "auto" } }),
    transport: (url, authProvider) => new two.StreamableHTTPClientTransport(url, { authProvider }),
    finish: (transport, answer) => transport.finishAuth(answer),
  },
  "sdk 1.x": {
    client: () => new ClientOne({ name: "signs-in", version: "1.0.0" }),
    transport: (url, authProvider) => new TransportOne(url, { authProvider }),
    finish: (transport, answer) => transport.finishAuth(answer.get("code")),
  },
};

async function signsIn(name, line, url) {
  const browser = new Browser(url.origin);
  await browser.signUp();
  const program = new Program(browser);
  const refused = line.transport(url, program);
  const error = await line.client().connect(refused).catch((error) => error);
  check(`${name}: it asks the person`, browser.pages.length === 1, String(error));
  await line.finish(refused, program.answer);

  const client = line.client();
  await client.connect(line.transport(url, program));
  const added = await client.callTool({ name: "add_task", arguments: { title: "Buy milk" } });
  check(`${name}: a tool is called`, !added.isError, added.content);
  const first = program.kept;
  check(`${name}: it can go on when its token is over`, Boolean(first.refresh_token), Object.keys(first));

  // As after fifteen minutes: the server refuses the token.
  program.kept = { ...first, access_token: `${first.access_token}x` };
  const listed = await client.callTool({ name: "list_tasks", arguments: {} });
  check(`${name}: it goes on`, !listed.isError, listed.content);
  check(`${name}: with the next refresh token`, program.kept.refresh_token !== first.refresh_token);
  check(`${name}: and the person was asked once`, browser.pages.length === 1, browser.pages.length);
  await client.close();
}

const { values } = parseArgs({ options: { url: { type: "string" } } });
for (const [name, line] of Object.entries(LINES)) {
  await signsIn(name, line, new URL(values.url));
}
end();
