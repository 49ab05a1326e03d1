// A person with a browser, as far as allowing a program needs one: a cookie, a page with a form, and where it leads.

import { randomUUID } from "node:crypto";

export class Browser {
  pages = [];

  constructor(origin) {
    this.origin = origin;
  }

  async signUp() {
    const account = { name: "Ann", email: `${randomUUID()}@example.org`, password: "correct horse battery" };
    const headers = { "content-type": "application/json" };
    const answer = await fetch(`${this.origin}/api/auth/sign-up/email`, { method: "POST", headers, body: JSON.stringify(account) });
    this.cookie = answer.headers.getSetCookie()[0].split(";")[0];
  }

  /** Opens an address, says yes, and gives back the parameters that the program gets. */
  async allow(address) {
    const page = await (await fetch(address, { headers: { cookie: this.cookie } })).text();
    this.pages.push(page);
    const request = /name="request" value="([^"]+)"/.exec(page)?.[1];
    const answer = await fetch(`${this.origin}/api/auth/oauth2/consent`, {
      method: "POST",
      redirect: "manual",
      headers: { cookie: this.cookie, origin: this.origin },
      body: new URLSearchParams({ request, answer: "allow" }),
    });
    return new URL(answer.headers.get("location")).searchParams;
  }
}

/** What a program keeps, as both SDKs ask for it; the person is a script that clicks "Allow". */
export class Program {
  redirectUrl = "http://127.0.0.1:3031/callback";
  clientMetadata = {
    client_name: "Official TypeScript client",
    redirect_uris: [this.redirectUrl],
    grant_types: ["authorization_code", "refresh_token"],
    response_types: ["code"],
    token_endpoint_auth_method: "none",
  };

  constructor(browser) {
    this.browser = browser;
  }

  clientInformation = () => this.client;
  saveClientInformation = (client) => {
    this.client = client;
  };
  tokens = () => this.kept;
  saveTokens = (tokens) => {
    this.kept = tokens;
  };
  codeVerifier = () => this.verifier;
  saveCodeVerifier = (verifier) => {
    this.verifier = verifier;
  };
  discoveryState = () => this.discovered;
  saveDiscoveryState = (state) => {
    this.discovered = state;
  };
  redirectToAuthorization = async (address) => {
    this.answer = await this.browser.allow(address);
  };
}
