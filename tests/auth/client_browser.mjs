// What the tests with Better Auth's client run it in.

import { createAuthClient } from "better-auth/client";
import { jwtClient } from "better-auth/client/plugins";
import { parseSetCookieHeader } from "better-auth/cookies";

/** A browser as far as the client can tell: it keeps cookies and says from which page it sends. */
export class Browser {
  /** @param {string} url where the app is */
  constructor(url) {
    this.url = url;
  }

  cookies = new Map();
  last = null;

  fetch = async (input, options = {}) => {
    const headers = new Headers(options.headers);
    headers.set("origin", new URL(this.url).origin);
    if (this.cookies.size > 0) headers.set("cookie", this.header());
    this.last = await fetch(input, { ...options, headers });
    for (const line of this.last.headers.getSetCookie()) {
      for (const [name, { value, "max-age": age }] of parseSetCookieHeader(line)) {
        if (age === 0) this.cookies.delete(name);
        else this.cookies.set(name, value);
      }
    }
    return this.last;
  };

  header() {
    return [...this.cookies].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("; ");
  }

  client() {
    return createAuthClient({
      baseURL: `${this.url}/api/auth`,
      plugins: [jwtClient()],
      fetchOptions: { customFetchImpl: this.fetch },
    });
  }
}
