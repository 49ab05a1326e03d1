// People who keep an account with Better Auth's client, and checks of what they see, one line each.

import { createHmac, randomUUID } from "node:crypto";
import { parseArgs } from "node:util";

import { Browser } from "./client_browser.mjs";

const { values } = parseArgs({ options: { url: { type: "string" }, secret: { type: "string" } } });
if (!values.url || !values.secret) {
  console.error("usage: --url http://127.0.0.1:3000 --secret BETTER_AUTH_SECRET");
  process.exit(2);
}
/** Where the app is, and what signs its cookies. */
export const { url, secret } = values;

export const PASSWORD = "correct horse battery";
export const NEXT_PASSWORD = "green tea and a bicycle";
export const address = () => `ann.${randomUUID()}@example.org`;

let passed = 0;
let failed = 0;

/** Prints whether something holds, and what was seen instead. */
export function check(what, holds, detail) {
  if (holds) {
    passed += 1;
    console.log(`ok   ${what}`);
  } else {
    failed += 1;
    console.log(`FAIL ${what}: ${JSON.stringify(detail)}`);
  }
}

/** Runs the parts one after the other; the exit code is 1 when a check fails. */
export async function run(...parts) {
  for (const part of parts) {
    try {
      await part();
    } catch (error) {
      check(`${part.name} runs to its end`, false, String(error.stack ?? error));
    }
  }
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
}

/** Somebody new, signed in in a browser. */
export async function person() {
  const browser = new Browser(url);
  const client = browser.client();
  const email = address();
  const { data } = await client.signUp.email({ name: "Ann", email, password: PASSWORD });
  return { browser, client, email, user: data.user };
}

/** Somebody who signs in in another browser. */
export async function signIn(email, password = PASSWORD, more = {}) {
  const browser = new Browser(url);
  const client = browser.client();
  const answer = await client.signIn.email({ email, password, ...more });
  return { browser, client, answer };
}

/** The link of the latest mail to an address with this in its subject, from the page that a local run has. */
export async function link(recipient, subject) {
  const key = createHmac("sha256", secret).update("page of local mail\0").digest("base64url");
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const page = await (await fetch(`${url}/api/auth/local-mail?key=${key}`)).text();
    const mail = page.split("<article>").find((part) => part.includes(`To ${recipient},`) && part.includes(subject));
    if (mail) return mail.match(/href="([^"]+)"/)[1].replaceAll("&amp;", "&");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`no mail to ${recipient} about ${subject}`);
}

/** Follows a link as a browser does, up to the page it leads to: the URL of that page. */
export async function follow(browser, target) {
  const answer = await browser.fetch(target, { redirect: "manual" });
  await answer.arrayBuffer();
  return new URL(answer.headers.get("location") ?? target);
}
