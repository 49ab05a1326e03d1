// Calls that keep an account: name, address, password, sessions.

import { post, read } from "./access.js";

/**
 * Changes the name.
 * @param {string} name
 */
export const changeName = (name) => post("/update-user", { name });

/**
 * Changes the password; every other session ends.
 * @param {string} currentPassword
 * @param {string} newPassword
 */
export const changePassword = (currentPassword, newPassword) =>
  post("/change-password", { currentPassword, newPassword, revokeOtherSessions: true });

/**
 * Begins to change the address.
 * @param {string} newEmail
 */
export const changeEmail = (newEmail) => post("/change-email", { newEmail, callbackURL: "/?email-confirmed" });

/**
 * Has a link sent that confirms the address.
 * @param {string} email
 */
export const sendConfirmation = (email) => post("/send-verification-email", { email, callbackURL: "/?email-confirmed" });

/**
 * Has a link sent that lets a person set a password.
 * @param {string} email
 */
export const sendPasswordLink = (email) => post("/request-password-reset", { email, redirectTo: "/?set-password" });

/**
 * Sets a password by the token of a link.
 * @param {string} token
 * @param {string} newPassword
 */
export const setPassword = (token, newPassword) => post("/reset-password", { token, newPassword });

/**
 * Sends a code of an authenticator app, or a recovery code: after the password, or to turn the second factor on.
 * @param {string} code
 * @param {boolean} trustDevice
 * @returns {Promise<{ user: User }>}
 */
export const sendCode = (code, trustDevice) =>
  post(`/two-factor/${/^[0-9\s]{6,7}$/.test(code.trim()) ? "verify-totp" : "verify-backup-code"}`, { code: code.trim(), trustDevice });

/**
 * Begins to turn the second factor on; the answer alone holds the secret and the recovery codes.
 * @param {string} password
 * @returns {Promise<{ totpURI: string, backupCodes: string[], qrCode: { size: number, path: string } | null }>}
 */
export const beginTwoFactor = (password) => post("/two-factor/enable", { password });

/**
 * Makes other recovery codes; the answer alone holds them.
 * @param {string} password
 * @returns {Promise<string[]>}
 */
export const replaceRecoveryCodes = async (password) => (await post("/two-factor/generate-backup-codes", { password })).backupCodes;

/**
 * Turns the second factor off.
 * @param {string} password
 */
export const endTwoFactor = (password) => post("/two-factor/disable", { password });

/**
 * Deletes the account with everything in it.
 * @param {string} password
 */
export const deleteAccount = (password) => post("/delete-user", { password });

/**
 * Where the person is signed in; this browser's session is told apart by its id.
 * @returns {Promise<{ sessions: Session[], own: string | null }>}
 */
export async function readSessions() {
  const [sessions, current] = await Promise.all([read("/list-sessions"), read("/get-session")]);
  return { sessions, own: current?.session.id ?? null };
}

/**
 * What happened to the account, the latest first.
 * @returns {Promise<AccountEvent[]>}
 */
export const readAccountEvents = () => read("/list-events");

/**
 * The person's tokens, the latest first.
 * @returns {Promise<PersonalToken[]>}
 */
export const readTokens = async () => (await read("/api-key/list")).apiKeys;

/**
 * Makes a token; the answer alone holds it.
 * @param {{ name: string, scopes: string[], expiresIn: number }} token
 * @returns {Promise<PersonalToken & { key: string }>}
 */
export const createToken = (token) => post("/api-key/create", token);

/**
 * Deletes a token.
 * @param {PersonalToken} token
 */
export const deleteToken = (token) => post("/api-key/delete", { keyId: token.id });

/**
 * Ends a session.
 * @param {Session} session
 */
export const endSession = (session) => post("/revoke-session", { token: session.token });

/** Ends every session but this browser's. */
export const endOtherSessions = () => post("/revoke-other-sessions", {});
