// The official JavaScript client of Better Auth (npm `better-auth`) works with the server unchanged, and its own code and
// `jose` agree with the server about cookies and tokens.
//
//     node official_client.mjs --url http://127.0.0.1:3000 --secret BETTER_AUTH_SECRET
//
// One line per check; the exit code is 1 when one fails.

import { createHash, randomUUID } from "node:crypto";
import { parseArgs } from "node:util";

import { getSessionCookie } from "better-auth/cookies";
import { serializeSignedCookie } from "better-call";
import { SignJWT, UnsecuredJWT, decodeProtectedHeader, jwtVerify } from "jose";

import { Browser as AnyBrowser } from "./client_browser.mjs";

const { values } = parseArgs({ options: { url: { type: "string" }, secret: { type: "string" } } });
if (!values.url || !values.secret) {
  console.error("usage: node official_client.mjs --url URL --secret SECRET");
  process.exit(2);
}
const { url, secret } = values;
class Browser extends AnyBrowser {
  constructor() {
    super(url);
  }
}
const key = new TextEncoder().encode(secret);

let passed = 0;
let failed = 0;

function check(what, holds, detail) {
  if (holds) {
    passed += 1;
    console.log(`ok   ${what}`);
  } else {
    failed += 1;
    console.log(`FAIL ${what}: ${JSON.stringify(detail)}`);
  }
}

const email = `Ann.${randomUUID()}@Example.org`;
const password = "correct horse battery";

async function accounts() {
  const browser = new Browser();
  const client = browser.client();
  check("nobody is signed in at first", (await client.getSession()).data === null);

  const up = await client.signUp.email({ name: "Ann", email, password, timeZone: "Europe/Berlin" });
  check("signUp.email signs up", up.data?.user.email === email.toLowerCase() && up.data.token.length > 30, up);
  check("the user is Better Auth's", up.data?.user.emailVerified === false && up.data.user.image === null, up.data);
  const session = (await client.getSession()).data;
  check("getSession tells the session and the user", session?.user.id === up.data.user.id && session.session.userId === session.user.id, session);
  check("dates are dates", session.session.expiresAt instanceof Date && session.user.createdAt instanceof Date, session);
  const days = (session.session.expiresAt - Date.now()) / 86_400_000;
  check("a session lasts seven days", days > 6.99 && days < 7.01, days);

  const taken = await browser.client().signUp.email({ name: "Eve", email: email.toUpperCase(), password });
  check("an address is taken in any letter case", taken.error?.status === 422 && taken.error.code === "USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL", taken);

  const out = await client.signOut();
  check("signOut ends the session", out.data?.success === true && (await client.getSession()).data === null, out);
  check("signOut clears the cookie", browser.cookies.size === 0, [...browser.cookies.keys()]);

  const wrong = await client.signIn.email({ email, password: "wrong password" });
  check("a wrong password is refused", wrong.error?.status === 401 && wrong.error.code === "INVALID_EMAIL_OR_PASSWORD", wrong);
  check("and the sentence is there for people too", typeof wrong.error?.detail === "string", wrong.error);
  const unknown = await client.signIn.email({ email: `nobody.${randomUUID()}@example.org`, password });
  check("an unknown address gets the same answer", unknown.error?.code === wrong.error?.code && unknown.error?.message === wrong.error?.message, unknown);
  const short = await client.signUp.email({ name: "Bob", email: "bob@example.org", password: "short" });
  check("a short password is named", short.error?.status === 400 && short.error.code === "PASSWORD_TOO_SHORT", short);

  const signedIn = await client.signIn.email({ email, password });
  check("signIn.email signs in", signedIn.data?.redirect === false && signedIn.data.user.id === up.data.user.id, signedIn);
  check("to another session", signedIn.data.token !== up.data.token);
  await cookies(browser, signedIn.data.token);
  await tokens(browser, client, signedIn.data);
  return client;
}

async function cookies(browser, token) {
  const line = browser.last.headers.getSetCookie().find((cookie) => cookie.startsWith("better-auth.session_token="));
  const signed = await serializeSignedCookie("better-auth.session_token", token, secret, {
    path: "/", httpOnly: true, sameSite: "lax", maxAge: 604_800,
  });
  check("the cookie is the one better-call would set", line === signed, { line, signed });
  const request = new Request(url, { headers: { cookie: browser.header() } });
  check("Better Auth's own code finds it", getSessionCookie(request)?.startsWith(`${token}.`), browser.header());

  const header = browser.last.headers.get("set-auth-token");
  const ask = (authorization) => fetch(`${url}/api/auth/get-session`, { headers: { authorization } }).then((answer) => answer.json());
  check("the bearer plugin's header signs in, signed", (await ask(`Bearer ${header}`))?.session.token === token);
  check("and unsigned", (await ask(`Bearer ${token}`))?.session.token === token);
  const at = token.length + 1;
  const forgedHeader = `${header.slice(0, at)}${header[at] === "A" ? "B" : "A"}${header.slice(at + 1)}`;
  check("a forged one is nobody", (await ask(`Bearer ${forgedHeader}`)) === null);
  const hash = createHash("sha256").update(token).digest("hex");
  check("the hash of a token is no token", (await ask(`Bearer ${hash}`)) === null);

  const forged = browser.header().replace(token.slice(0, 8), "AAAAAAAA");
  const stranger = await fetch(`${url}/api/auth/get-session`, { headers: { cookie: forged } });
  check("a changed cookie is nobody", (await stranger.json()) === null);
}

async function tokens(browser, client, { user }) {
  await client.getSession();
  const jwt = browser.last.headers.get("set-auth-jwt");
  const options = { issuer: url, audience: url, algorithms: ["HS256"], typ: "at+jwt" };
  const { payload } = await jwtVerify(jwt, key, options);
  check("jose accepts the header's token", payload.sub === user.id && payload.email === email.toLowerCase(), payload);
  const { data } = await client.token();
  const fresh = await jwtVerify(data.token, key, options);
  check("jose accepts the token of client.token()", fresh.payload.zoneinfo === "Europe/Berlin" && fresh.payload.exp - fresh.payload.iat === 900, fresh.payload);
  check("each token has its own id", fresh.payload.jti !== payload.jti);
  check("it is an access token", decodeProtectedHeader(data.token).typ === "at+jwt");
  check("it opens the API", (await tasks(data.token)) === 200);
  await forgeries(user.id);

  const strange = await fetch(`${url}/api/auth/token`);
  check("nobody gets no token", strange.status === 401 && (await strange.json()).code === "UNAUTHORIZED");
}

/** The status with which the API answers a token. */
async function tasks(token) {
  const answer = await fetch(`${url}/api/v1/tasks`, { headers: { authorization: `Bearer ${token}` } });
  await answer.arrayBuffer();
  return answer.status;
}

async function forgeries(sub) {
  const claims = { sub, scope: "tasks:read" };
  const sign = (alg = "HS256", signer = key, changes = {}) => {
    const jwt = new SignJWT(claims).setProtectedHeader({ alg }).setIssuer(changes.iss ?? url).setAudience(changes.aud ?? url);
    return jwt.setExpirationTime(changes.exp ?? "5m").sign(signer);
  };
  check("a token that jose signed is accepted", (await tasks(await sign())) === 200);
  const other = new TextEncoder().encode("another secret of thirty-two bytes or more");
  const { privateKey } = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, ["sign", "verify"]);
  const unsecured = new UnsecuredJWT(claims).setIssuer(url).setAudience(url).setExpirationTime("5m").encode();
  for (const [what, token] of [
    ["signed with another secret", await sign("HS256", other)],
    ["signed with HS512", await sign("HS512")],
    ["signed with ES256", await sign("ES256", privateKey)],
    ["without a signature", unsecured],
    ["expired", await sign("HS256", key, { exp: Math.floor(Date.now() / 1000) - 60 })],
    ["of another issuer", await sign("HS256", key, { iss: "https://evil.example" })],
    ["for another audience", await sign("HS256", key, { aud: `${url}.evil.example` })],
  ]) {
    check(`a token ${what} is refused`, (await tasks(token)) === 401);
  }
}

async function choices() {
  const browser = new Browser();
  const client = browser.client();
  await client.signIn.email({ email, password, rememberMe: false });
  const lines = browser.last.headers.getSetCookie();
  check("a session that is not remembered ends with the browser", lines.every((line) => !/max-age|expires/i.test(line)), lines);
  check("and a cookie says so", lines.some((line) => line.startsWith("better-auth.dont_remember=true.")), lines);
  const { data } = await client.getSession();
  check("and after a day at the latest", data.session.expiresAt - Date.now() < 86_400_001, data);
  const sent = await client.signIn.email({ email, password, callbackURL: "/tasks" });
  check("a callbackURL is handed back", sent.data?.redirect === true && sent.data.url === "/tasks", sent);
  const elsewhere = await client.signIn.email({ email, password, callbackURL: "https://evil.example/" });
  check("but not one of another site", elsewhere.error?.status === 403 && elsewhere.error.code === "INVALID_CALLBACK_URL", elsewhere);

  const fromElsewhere = await fetch(`${url}/api/auth/sign-out`, {
    method: "POST",
    headers: { cookie: browser.header(), origin: "https://evil.example", "content-type": "application/json" },
    body: "{}",
  });
  check("another site can't sign anybody out", fromElsewhere.status === 403 && (await client.getSession()).data !== null);
}

async function guessing() {
  const client = new Browser().client();
  const target = `target.${randomUUID()}@example.org`;
  await client.signUp.email({ name: "Target", email: target, password });
  const guesses = [];
  for (let guess = 0; guess < 6; guess += 1) {
    guesses.push((await client.signIn.email({ email: target, password: `guess ${guess}` })).error?.status);
  }
  check("the sixth guess has to wait", guesses.join() === "401,401,401,401,401,429", guesses);
  const browser = new Browser();
  const right = await browser.client().signIn.email({ email: target, password });
  const wait = Number(browser.last.headers.get("retry-after"));
  check("and says how long", right.error?.status === 429 && wait >= 1 && wait <= 2, right);
  await new Promise((resolve) => setTimeout(resolve, wait * 1000 + 100));
  check("then the right password works", (await browser.client().signIn.email({ email: target, password })).error === null);
  check("and failures are forgotten", (await client.signIn.email({ email: target, password: "wrong" })).error?.status === 401);
}

await accounts();
await choices();
await guessing();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
