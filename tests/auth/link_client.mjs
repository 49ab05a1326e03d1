// Better Auth's client follows the links of mails: a forgotten password, addresses that are confirmed and changed, an account that is deleted.
//
//     node link_client.mjs --url http://127.0.0.1:3000 --secret BETTER_AUTH_SECRET

import { Browser } from "./client_browser.mjs";
import { NEXT_PASSWORD, PASSWORD, address, check, follow, link, person, run, signIn, url } from "./client_people.mjs";

async function forgotten() {
  const here = await person();
  const asked = await new Browser(url).client().requestPasswordReset({ email: here.email, redirectTo: "/set?x=1" });
  const unknown = await new Browser(url).client().requestPasswordReset({ email: address(), redirectTo: "/set?x=1" });
  check("requestPasswordReset", asked.data?.status === true && typeof asked.data.message === "string", asked);
  check("says the same of an address that nobody has", JSON.stringify(asked.data) === JSON.stringify(unknown.data), { asked, unknown });
  const away = await new Browser(url).client().requestPasswordReset({ email: here.email, redirectTo: "https://evil.example/" });
  check("not for a page of another site", away.error?.status === 403 && away.error.code === "INVALID_REDIRECT_URL", away);

  const target = await link(here.email, "Set a new password");
  check("the link's path holds no token", !new URL(target).pathname.includes(new URL(target).searchParams.get("token")), target);
  const page = await follow(new Browser(url), target);
  const token = page.searchParams.get("token");
  check("the link leads to the page, with its token", page.pathname === "/set" && page.searchParams.get("x") === "1" && token?.length > 20, page.href);
  const classic = await follow(new Browser(url), `${url}/api/auth/reset-password/${token}?callbackURL=/set`);
  check("so does Better Auth's form of it", classic.pathname === "/set" && classic.searchParams.get("token") === token, classic.href);

  const stranger = new Browser(url).client();
  const weak = await stranger.resetPassword({ newPassword: "Password1!", token });
  check("a weak password is refused and the link stays good", weak.error?.code === "PASSWORD_TOO_WEAK", weak);
  const forged = await stranger.resetPassword({ newPassword: NEXT_PASSWORD, token: "x".repeat(43) });
  check("a made-up token is refused", forged.error?.status === 400 && forged.error.code === "INVALID_TOKEN", forged);
  const reset = await stranger.resetPassword({ newPassword: NEXT_PASSWORD, token });
  check("resetPassword", reset.data?.status === true, reset);
  const again = await stranger.resetPassword({ newPassword: PASSWORD, token });
  check("a link is good once", again.error?.code === "INVALID_TOKEN", again);
  const over = await follow(new Browser(url), target);
  check("and then leads to an error", over.searchParams.get("error") === "INVALID_TOKEN" && !over.searchParams.has("token"), over.href);
  check("every session has ended", (await here.client.getSession()).data === null);
  check("the new password signs in", (await signIn(here.email, NEXT_PASSWORD)).answer.data?.user.emailVerified === true);
  check("the one before does not", (await signIn(here.email)).answer.error?.status === 401);
}

async function addresses() {
  const here = await person();
  const mismatch = await here.client.sendVerificationEmail({ email: address() });
  check("one confirms one's own address", mismatch.error?.code === "EMAIL_MISMATCH", mismatch);
  const sent = await here.client.sendVerificationEmail({ email: here.email, callbackURL: "/done" });
  check("sendVerificationEmail", sent.data?.status === true, sent);
  const nobody = await new Browser(url).client().sendVerificationEmail({ email: address() });
  check("says the same of an address that nobody has", nobody.data?.status === true, nobody);
  const target = await link(here.email, "Confirm your e-mail address");
  const head = await fetch(target, { method: "HEAD", redirect: "manual" });
  check("who only looks at a link does not follow it", head.status === 405 && (await here.client.getSession()).data.user.emailVerified === false, head.status);
  const page = await follow(here.browser, target);
  check("the link leads on", page.pathname === "/done" && !page.searchParams.has("error"), page.href);
  check("the address is confirmed", (await here.client.getSession()).data.user.emailVerified === true);
  const twice = await follow(here.browser, target);
  check("once", twice.searchParams.get("error") === "INVALID_TOKEN", twice.href);
  const token = new URL(target).searchParams.get("token");
  const called = await here.client.verifyEmail({ query: { token } });
  check("verifyEmail refuses what was used", called.error?.status === 401 && called.error.code === "INVALID_TOKEN", called);
  const already = await here.client.sendVerificationEmail({ email: here.email });
  check("a confirmed address needs no link", already.error?.code === "EMAIL_ALREADY_VERIFIED", already);

  const next = address();
  const same = await here.client.changeEmail({ newEmail: here.email.toUpperCase() });
  check("changeEmail to the same address", same.error?.status === 400 && same.error.message === "Email is the same", same);
  const taken = await here.client.changeEmail({ newEmail: (await person()).email });
  check("changeEmail does not tell who has an address", taken.data?.status === true, taken);
  const change = await here.client.changeEmail({ newEmail: next, callbackURL: "/moved" });
  check("changeEmail", change.data?.status === true && (await here.client.getSession()).data.user.email === here.email, change);
  const agreement = await link(here.email, "Your account gets another e-mail address");
  const other = await person();
  const foreign = await follow(other.browser, agreement);
  check("somebody else can't agree", foreign.searchParams.get("error") === "INVALID_USER", foreign.href);
  await follow(here.browser, agreement);
  check("nothing changes before the new address is confirmed", (await here.client.getSession()).data.user.email === here.email);
  const confirmation = new URL(await link(next, "Confirm your new e-mail address"));
  const verified = await here.client.verifyEmail({ query: { token: confirmation.searchParams.get("token") } });
  check("verifyEmail changes it", verified.data?.user?.email === next && verified.data.user.emailVerified === true, verified);
  check("the new address signs in", (await signIn(next)).answer.data !== null);
  check("the one before does not", (await signIn(here.email)).answer.error?.status === 401);

  const unconfirmed = await person();
  const direct = address();
  await unconfirmed.client.changeEmail({ newEmail: direct });
  await follow(unconfirmed.browser, await link(direct, "Confirm your new e-mail address"));
  check("an address that was never confirmed need not agree", (await unconfirmed.client.getSession()).data.user.email === direct);
}

async function deletions() {
  const here = await person();
  const wrong = await here.client.deleteUser({ password: "not this one" });
  check("deleteUser asks for the right password", wrong.error?.code === "INVALID_PASSWORD", wrong);
  const gone = await here.client.deleteUser({ password: PASSWORD });
  check("deleteUser with it", gone.data?.success === true && gone.data.message === "User deleted", gone);
  check("clears the cookies", here.browser.cookies.size === 0, [...here.browser.cookies.keys()]);
  check("nobody signs in any more", (await signIn(here.email)).answer.error?.status === 401);
  const again = await new Browser(url).client().signUp.email({ name: "Ann", email: here.email, password: PASSWORD });
  check("the address is free", again.error === null, again);

  const byMail = await person();
  const asked = await byMail.client.deleteUser({ callbackURL: "/bye" });
  check("without a password a mail asks", asked.data?.message === "Verification email sent" && (await byMail.client.getSession()).data !== null, asked);
  const target = await link(byMail.email, "Delete your account");
  const other = await person();
  const foreign = await other.browser.fetch(target, { redirect: "manual" });
  check("the link is good for its user alone", foreign.status === 404 && (await other.client.getSession()).data !== null, foreign.status);
  const nobody = await fetch(target, { redirect: "manual" });
  check("and for nobody who is not signed in", nobody.status === 404 && (await byMail.client.getSession()).data !== null, nobody.status);
  const page = await follow(byMail.browser, target);
  check("its user is deleted by it", page.pathname === "/bye" && (await byMail.client.getSession()).data === null, page.href);
  check("and not signed in any more", (await signIn(byMail.email)).answer.error?.status === 401);
}

await run(forgotten, addresses, deletions);
