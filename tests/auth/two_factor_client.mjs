// Better Auth's client with its plugin for a second factor turns it on, signs in by codes, and turns it off.
//
//     node two_factor_client.mjs --url http://127.0.0.1:3000 --secret BETTER_AUTH_SECRET

import { createHmac } from "node:crypto";

import { createAuthClient } from "better-auth/client";
import { twoFactorClient } from "better-auth/client/plugins";

import { Browser } from "./client_browser.mjs";
import { PASSWORD, address, check, run, url } from "./client_people.mjs";

/** A client in a browser, and what its plugin was told of a sign-in that waits for a code. */
function open() {
  const browser = new Browser(url);
  const told = [];
  const client = createAuthClient({
    baseURL: `${url}/api/auth`,
    plugins: [twoFactorClient({ onTwoFactorRedirect: (context) => told.push(context) })],
    fetchOptions: { customFetchImpl: browser.fetch },
  });
  return { browser, client, told };
}

/** What an authenticator makes of an address: its code so many half minutes from now. */
function authenticator(uri) {
  const secret = new URL(uri).searchParams.get("secret");
  const bits = [...secret].map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  return (steps) => {
    const counter = Buffer.alloc(8);
    counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
    const hash = createHmac("sha1", key).update(counter).digest();
    const number = hash.readUInt32BE(hash[19] & 15) & 0x7fffffff;
    return String(number % 1_000_000).padStart(6, "0");
  };
}

async function secondFactor() {
  const { browser, client } = open();
  const email = address();
  await client.signUp.email({ name: "Ann", email, password: PASSWORD });
  const wrong = await client.twoFactor.enable({ password: "not this one" });
  check("enable needs the password", wrong.error?.status === 400 && wrong.error.code === "INVALID_PASSWORD", wrong);
  const begun = await client.twoFactor.enable({ password: PASSWORD });
  check("enable tells address and recovery codes", begun.data?.method === "totp" && begun.data.totpURI.startsWith("otpauth://totp/") && begun.data.backupCodes.length === 10, begun);
  const code = authenticator(begun.data.totpURI);
  check("it is not on yet", (await client.getSession()).data.user.twoFactorEnabled === false);
  const bad = await client.twoFactor.verifyTotp({ code: "abcdef" });
  check("verifyTotp refuses what is no code", bad.error?.status === 401 && bad.error.code === "INVALID_CODE", bad);
  const confirmed = await client.twoFactor.verifyTotp({ code: code(0) });
  check("verifyTotp turns it on", confirmed.data?.user.email === email && confirmed.data.token.length > 20, confirmed);
  check("and sets the cookie anew", browser.last.headers.getSetCookie().some((line) => line.startsWith("better-auth.session_token=")));
  check("the session says that it is on", (await client.getSession()).data.user.twoFactorEnabled === true);
  const uri = await client.twoFactor.getTotpUri({ password: PASSWORD });
  check("getTotpUri tells the address again", uri.data?.totpURI === begun.data.totpURI, uri);

  const { browser: other, client: elsewhere, told } = open();
  const asked = await elsewhere.signIn.email({ email, password: PASSWORD });
  check("sign-in asks for a code", asked.data?.twoFactorRedirect === true && asked.data.twoFactorMethods[0] === "totp", asked);
  check("the plugin is told", told.length === 1 && told[0].twoFactorMethods[0] === "totp", told);
  check("nobody is signed in", (await elsewhere.getSession()).data === null);
  const guessed = await elsewhere.twoFactor.verifyTotp({ code: "abcdef" });
  check("a wrong code signs nobody in", guessed.error?.code === "INVALID_CODE" && (await elsewhere.getSession()).data === null, guessed);
  const signedIn = await elsewhere.twoFactor.verifyTotp({ code: code(1), trustDevice: true });
  check("the right one does", signedIn.data?.user.twoFactorEnabled === true && (await elsewhere.getSession()).data?.user.email === email, signedIn);
  check("the challenge is over", !other.cookies.has("better-auth.two_factor"), [...other.cookies.keys()]);
  await elsewhere.signOut();
  const trusted = await elsewhere.signIn.email({ email, password: PASSWORD });
  check("a trusted browser is asked for none", trusted.data?.user?.email === email && !trusted.data.twoFactorRedirect, trusted);

  const { client: third } = open();
  await third.signIn.email({ email, password: PASSWORD });
  const recovered = await third.twoFactor.verifyBackupCode({ code: begun.data.backupCodes[0] });
  check("a recovery code signs in", recovered.data?.user.email === email && (await third.getSession()).data?.user.email === email, recovered);
  const { client: fourth } = open();
  await fourth.signIn.email({ email, password: PASSWORD });
  const used = await fourth.twoFactor.verifyBackupCode({ code: begun.data.backupCodes[0] });
  check("once", used.error?.status === 401 && used.error.code === "INVALID_BACKUP_CODE", used);
  const made = await client.twoFactor.generateBackupCodes({ password: PASSWORD });
  check("generateBackupCodes makes others", made.data?.status === true && made.data.backupCodes.length === 10 && !made.data.backupCodes.includes(begun.data.backupCodes[1]), made);
  const fresh = await fourth.twoFactor.verifyBackupCode({ code: made.data.backupCodes[0] });
  check("which are good", fresh.data?.user.email === email, fresh);

  const nobody = await open().client.twoFactor.verifyTotp({ code: code(1) });
  check("without a password there is nothing to verify", nobody.error?.status === 401 && nobody.error.code === "INVALID_TWO_FACTOR_COOKIE", nobody);
  const off = await client.twoFactor.disable({ password: PASSWORD });
  check("disable turns it off", off.data?.status === true && (await client.getSession()).data.user.twoFactorEnabled === false, off);
  const plain = await open().client.signIn.email({ email, password: PASSWORD });
  check("the password is enough again", plain.data?.user?.email === email, plain);
}

await run(secondFactor);
