// Who is signed in: the session in a cookie that no script can read, and the access token in memory alone.

const BASE = "/api/auth";
/** Ask for a new token this long before the old one ends, in milliseconds. */
const REFRESH_MARGIN_MS = 30_000;

/** @type {string | null} */
let token = null;
let endsAt = 0;
/**
 * A question that several callers wait for.
 * @type {Promise<string> | null}
 */
let asking = null;
/**
 * A sign-out on its way.
 * @type {Promise<unknown> | null}
 */
let leaving = null;
/** How long a sign-out waits for a question on its way, in milliseconds. */
const ASKING_TIMEOUT = 2_000;
/** How often a token was forgotten: an answer to an earlier question brings none back. */
let forgotten = 0;

/** What went wrong, as a sentence for a person. */
export class Problem extends Error {
  /**
   * @param {string} sentence
   * @param {number} [status]
   * @param {number | null} [retryAfter]
   * @param {string | null} [type]
   */
  constructor(sentence, status = 0, retryAfter = null, type = null) {
    super(sentence);
    this.status = status;
    this.retryAfter = retryAfter;
    this.type = type;
  }

  /**
   * The problem (RFC 9457) in an answer, or words of our own when there is none.
   * @param {Response} response
   */
  static async fromResponse(response) {
    const body = await response.json().catch(() => ({}));
    const sentence = body.detail ?? body.message ?? `The server answered ${response.status}.`;
    // Sentences mark names as code; here they are read as plain text.
    const retryAfter = Number(response.headers.get("retry-after")) || null;
    return new Problem(sentence.replaceAll("`", ""), response.status, retryAfter, body.type ?? null);
  }
}

/**
 * Sends a request; a network that fails is a problem too.
 * @param {string} path
 * @param {RequestInit} [options]
 */
export async function send(path, options) {
  try {
    return await fetch(path, { credentials: "same-origin", ...options });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Problem("The server can’t be reached. Check your connection and try again.");
  }
}

const zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/**
 * Asks for something to be done with an account.
 * @param {string} path
 * @param {object} body
 */
export async function post(path, body) {
  const response = await send(BASE + path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw await Problem.fromResponse(response);
  return response.json();
}

/**
 * Reads something of an account.
 * @param {string} path
 */
export async function read(path) {
  const response = await send(BASE + path);
  if (!response.ok) throw await Problem.fromResponse(response);
  return response.json();
}

/**
 * Makes an account; answers its user, and whether they are signed in: not where they have to confirm their address first.
 * @param {string} name
 * @param {string} email
 * @param {string} password
 * @param {boolean} rememberMe
 * @returns {Promise<{ user: User, isIn: boolean }>}
 */
export async function signUp(name, email, password, rememberMe) {
  const { user, token } = await post("/sign-up/email", { name, email, password, rememberMe, timeZone: zone() });
  return { user, isIn: token !== null };
}

/**
 * Signs in; answers the user, or null where a code has to follow.
 * @param {string} email
 * @param {string} password
 * @param {boolean} rememberMe
 * @returns {Promise<User | null>}
 */
export async function signIn(email, password, rememberMe) {
  return (await post("/sign-in/email", { email, password, rememberMe })).user ?? null;
}

/** Ends the session. Nobody asks for a token meanwhile: the question might be answered when the session has ended. */
export async function signOut() {
  leaving ??= endSession();
  try {
    await leaving;
  } finally {
    leaving = null;
  }
}

async function endSession() {
  const waited = new Promise((resolve) => setTimeout(resolve, ASKING_TIMEOUT));
  await Promise.race([asking?.catch(() => {}), waited]);
  forgetToken();
  await post("/sign-out", {});
}

/**
 * Who is signed in, or null.
 * @returns {Promise<User | null>}
 */
export async function whoIsThere() {
  return (await read("/get-session"))?.user ?? null;
}

/** Forgets the token, because a server did not take it or its session has ended. */
export function forgetToken() {
  token = null;
  asking = null;
  forgotten += 1;
}

/** A token that is still good for a moment. */
export async function accessToken() {
  if (leaving) await waitForSignOut(leaving);
  if (token && Date.now() < endsAt - REFRESH_MARGIN_MS) return token;
  asking ??= askForToken();
  return asking;
}

/** @param {Promise<unknown>} signOut */
async function waitForSignOut(signOut) {
  const isOver = await signOut.then(
    () => true,
    () => false,
  );
  if (isOver) throw new Problem("You have signed out.", 401);
}

/** @returns {Promise<string>} */
async function askForToken() {
  const times = forgotten;
  try {
    const response = await send(`${BASE}/token`);
    if (!response.ok) throw await Problem.fromResponse(response);
    const answer = (await response.json()).token;
    if (times === forgotten) {
      token = answer;
      endsAt = expiry(answer);
    }
    return answer;
  } finally {
    if (times === forgotten) asking = null;
  }
}

/**
 * When a token ends, in milliseconds since 1970: its claim `exp`. Only the server judges whether it is valid.
 * @param {string} jwt
 */
function expiry(jwt) {
  try {
    const payload = jwt.split(".")[1].replaceAll("-", "+").replaceAll("_", "/");
    return JSON.parse(atob(payload)).exp * 1000;
  } catch {
    return 0;
  }
}
