// Better Auth's client keeps an account: every method of its core, of jwt and of bearer, with cookies as in a browser and with bearer tokens
// as in a program. What needs mail is in link_client.mjs.
//
//     node account_client.mjs --url http://127.0.0.1:3000 --secret BETTER_AUTH_SECRET

import { randomUUID } from "node:crypto";

import { createAuthClient } from "better-auth/client";
import { jwtClient } from "better-auth/client/plugins";
import { createRemoteJWKSet } from "jose";

import { Browser } from "./client_browser.mjs";
import { NEXT_PASSWORD, PASSWORD, address, check, person, run, signIn, url } from "./client_people.mjs";

async function service() {
  const { client } = await person();
  const ok = await client.$fetch("/ok");
  check("ok", ok.data?.ok === true, ok);
  const keys = await client.jwks();
  check("jwks is a key set", keys.data?.keys?.length > 0 && keys.data.keys.every((key) => key.kid && key.use === "sig" && !key.d), keys);
  check("jose reads it", typeof createRemoteJWKSet(new URL(`${url}/api/auth/jwks`)) === "function");
  const error = await fetch(`${url}/api/auth/error?error=INVALID_TOKEN`, { redirect: "manual" });
  check("error leads to the page", error.status === 302 && error.headers.get("location") === `${url}/?error=INVALID%5FTOKEN`, error.headers.get("location"));
  const strange = await fetch(`${url}/api/auth/error?error=<script>`, { redirect: "manual" });
  check("with codes alone", strange.headers.get("location") === `${url}/?error=UNKNOWN`, strange.headers.get("location"));
  const posted = await client.getSession({ fetchOptions: { method: "POST" } });
  check("getSession by POST", posted.data?.user.name === "Ann", posted);
  const quiet = await client.getSession({ query: { disableCookieCache: true, disableRefresh: true } });
  check("getSession with its choices", quiet.data?.user.name === "Ann", quiet);
  const extra = await new Browser(url).client().signUp.email({ name: "Eve", email: address(), password: PASSWORD, plan: "gold" });
  check("fields that are not known are passed over", extra.error === null && !("plan" in extra.data.user), extra);
  const set = await new Browser(url).client().signUp.email({ name: "Eve", email: address(), password: PASSWORD, emailVerified: true });
  check("a field that is not the user's is refused", set.error?.status === 400 && set.error.code === "FIELD_NOT_ALLOWED", set);
}

async function profile() {
  const { browser, client, email } = await person();
  const changed = await client.updateUser({ name: "Ann B", image: "https://example.org/ann.png", timeZone: "Europe/Berlin" });
  check("updateUser", changed.data?.status === true, changed);
  check("it sets the cookie anew", browser.last.headers.getSetCookie().some((line) => line.startsWith("better-auth.session_token=")));
  check("and tells the token", browser.last.headers.get("set-auth-token")?.includes("."), [...browser.last.headers]);
  const { user } = (await client.getSession()).data;
  check("name, picture and zone are changed", user.name === "Ann B" && user.image === "https://example.org/ann.png" && user.timeZone === "Europe/Berlin", user);
  await client.updateUser({ image: null });
  const without = (await client.getSession()).data.user;
  check("null takes a picture away and leaves the rest", without.image === null && without.name === "Ann B", without);
  const same = await client.updateUser({ nickname: "A" });
  check("nothing to update", same.error?.status === 400 && same.error.message === "No fields to update", same);
  const byUser = await client.updateUser({ email: address() });
  check("an address is not changed so", byUser.error?.code === "EMAIL_CAN_NOT_BE_UPDATED" && (await client.getSession()).data.user.email === email, byUser);
  const session = await client.updateSession({ theme: "dark" });
  check("updateSession has no fields", session.error?.status === 400 && session.error.message === "No fields to update", session);
}

async function sessions() {
  const here = await person();
  const there = await signIn(here.email);
  const third = await signIn(here.email);
  const stranger = await person();
  const listed = (await here.client.listSessions()).data;
  const own = (await here.client.getSession()).data.session;
  check("listSessions lists three", listed?.length === 3, listed);
  check("its own by its token", listed.some(({ token, id }) => token === own.token && id === own.id), listed);
  check("dates are dates", listed.every(({ createdAt }) => createdAt instanceof Date), listed);
  const other = listed.find(({ id }) => id !== own.id);
  const asToken = await fetch(`${url}/api/auth/get-session`, { headers: { authorization: `Bearer ${other.token}` } });
  check("what others are named by signs nobody in", (await asToken.json()) === null);

  const theirs = await stranger.client.revokeSession({ token: own.token });
  check("a stranger ends no session", theirs.data?.status === true && (await here.client.getSession()).data !== null, theirs);
  const { data: { session: gone } } = await there.client.getSession();
  const revoked = await here.client.revokeSession({ token: listed.find(({ id }) => id === gone.id).token });
  check("revokeSession ends the one it names", revoked.data?.status === true && (await there.client.getSession()).data === null, revoked);
  check("and no other", (await third.client.getSession()).data !== null);
  const byToken = await here.client.revokeSession({ token: third.answer.data.token });
  check("revokeSession takes the token itself", byToken.data?.status === true && (await third.client.getSession()).data === null, byToken);

  const fourth = await signIn(here.email);
  const others = await here.client.revokeOtherSessions();
  check("revokeOtherSessions", others.data?.status === true && (await fourth.client.getSession()).data === null && (await here.client.getSession()).data !== null, others);
  const fifth = await signIn(here.email);
  const all = await fifth.client.revokeSessions();
  check("revokeSessions", all.data?.status === true && (await fifth.client.getSession()).data === null && (await here.client.getSession()).data === null, all);
  check("a stranger's sessions stay", (await stranger.client.getSession()).data !== null);
  for (const method of ["listSessions", "revokeSessions", "revokeOtherSessions", "listAccounts", "updateUser"]) {
    const nobody = await new Browser(url).client()[method](method === "updateUser" ? { name: "Eve" } : {}, { method: method.startsWith("list") ? "GET" : "POST" });
    check(`${method} needs a session`, nobody.error?.status === 401 && nobody.error.code === "UNAUTHORIZED", nobody);
  }
}

async function passwords() {
  const here = await person();
  const there = await signIn(here.email);
  const right = await here.client.$fetch("/verify-password", { method: "POST", body: { password: PASSWORD } });
  check("verifyPassword", right.data?.status === true, right);
  const wrong = await here.client.$fetch("/verify-password", { method: "POST", body: { password: "not this one" } });
  check("a wrong one is not", wrong.error?.status === 400 && wrong.error.code === "INVALID_PASSWORD", wrong);

  for (const [newPassword, code] of [["short", "PASSWORD_TOO_SHORT"], ["a".repeat(129), "PASSWORD_TOO_LONG"], ["Password1!", "PASSWORD_TOO_WEAK"]]) {
    const refused = await here.client.changePassword({ currentPassword: PASSWORD, newPassword });
    check(`a new password is refused: ${code}`, refused.error?.status === 400 && refused.error.code === code, refused);
  }
  const guessed = await here.client.changePassword({ currentPassword: "not this one", newPassword: NEXT_PASSWORD });
  check("who does not know the password does not change it", guessed.error?.code === "INVALID_PASSWORD", guessed);
  const kept = await here.client.changePassword({ currentPassword: PASSWORD, newPassword: NEXT_PASSWORD });
  check("changePassword", kept.data?.token === null && kept.data.user.email === here.email, kept);
  check("without more the other session stays", (await there.client.getSession()).data !== null);
  check("the password before signs nobody in", (await signIn(here.email)).answer.error?.code === "INVALID_EMAIL_OR_PASSWORD");
  const before = (await here.client.getSession()).data.session.token;
  const ended = await here.client.changePassword({ currentPassword: NEXT_PASSWORD, newPassword: PASSWORD, revokeOtherSessions: true });
  check("revokeOtherSessions ends them", (await there.client.getSession()).data === null, ended);
  const now = (await here.client.getSession()).data;
  check("and goes on in a new session", now?.session.token === ended.data?.token && now.session.token !== before, { now, ended });

  const email = here.email;
  const guesses = [];
  for (let guess = 0; guess < 6; guess += 1) {
    const answer = await here.client.$fetch("/verify-password", { method: "POST", body: { password: `guess ${guess}` } });
    guesses.push(answer.error?.status);
  }
  check("a session does not help to guess", guesses.join() === "400,400,400,400,400,429", guesses);
  const waiting = await signIn(email);
  check("and signing in waits with it", waiting.answer.error?.status === 429, waiting.answer);
}

async function accounts() {
  const here = await person();
  const listed = await here.client.listAccounts();
  const [account] = listed.data ?? [];
  check("listAccounts", listed.data?.length === 1 && account.providerId === "credential" && account.userId === here.user.id && account.scopes.length === 0, listed);
  const unlinked = await here.client.unlinkAccount({ accountId: account.id });
  check("the last account stays", unlinked.error?.status === 400 && unlinked.error.code === "FAILED_TO_UNLINK_LAST_ACCOUNT", unlinked);
  for (const [method, code] of [["accountInfo", "PROVIDER_NOT_CONFIGURED"], ["getAccessToken", "PROVIDER_NOT_SUPPORTED"], ["refreshToken", "PROVIDER_NOT_SUPPORTED"]]) {
    const call = (accountId) => method === "accountInfo" ? here.client.accountInfo({ query: { accountId } }) : here.client[method]({ accountId });
    const own = await call(account.id);
    check(`${method} of a password`, own.error?.status === 400 && own.error.code === code, own);
    const foreign = await call(randomUUID());
    check(`${method} of nobody's account`, foreign.error?.code === "ACCOUNT_NOT_FOUND", foreign);
  }
  const social = await new Browser(url).client().signIn.social({ provider: "github" });
  check("signIn.social has no provider", social.error?.status === 404 && social.error.code === "PROVIDER_NOT_FOUND", social);
  const linked = await here.client.linkSocial({ provider: "github" });
  check("linkSocial has none either", linked.error?.status === 404 && linked.error.code === "PROVIDER_NOT_FOUND", linked);
}

/** A program keeps no cookies: the header of each answer that sets one is its session. */
async function bearer() {
  const email = address();
  let session;
  const client = createAuthClient({
    baseURL: `${url}/api/auth`,
    plugins: [jwtClient()],
    fetchOptions: {
      auth: { type: "Bearer", token: () => session },
      onSuccess: ({ response }) => { session = response.headers.get("set-auth-token") ?? session; },
    },
  });
  await client.signUp.email({ name: "Ann", email, password: PASSWORD, rememberMe: false });
  check("bearer: signUp tells a token", typeof session === "string" && session.includes("."), session);
  check("bearer: getSession", (await client.getSession()).data?.user.email === email);
  check("bearer: token", typeof (await client.token()).data?.token === "string");
  check("bearer: listSessions", (await client.listSessions()).data?.length === 1);
  check("bearer: updateUser", (await client.updateUser({ name: "Ann C" })).data?.status === true);
  const before = session;
  const changed = await client.changePassword({ currentPassword: PASSWORD, newPassword: NEXT_PASSWORD, revokeOtherSessions: true });
  check("bearer: changePassword tells the new token", changed.error === null && session !== before && session.startsWith(`${changed.data.token}.`), changed);
  check("bearer: which goes on", (await client.getSession()).data?.user.name === "Ann C");
  check("bearer: deleteUser", (await client.deleteUser({ password: NEXT_PASSWORD })).data?.success === true);
  check("bearer: and then it is nobody's", (await client.getSession()).data === null);
}

await run(service, profile, sessions, passwords, accounts, bearer);
