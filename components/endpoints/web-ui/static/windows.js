// What other windows of the same browser have to know: who is signed in. They share one session, and each has a token of
// its own that would be good for some minutes more.

/** Nothing is stored: a message reaches the windows that are open, and no others. */
const channel = new BroadcastChannel("signed-in");

/**
 * Tells the other windows who is signed in now: a user's id, or null.
 * @param {string | null} userId
 */
export const notifyWindows = (userId) => channel.postMessage({ userId });

/**
 * Calls back with the id of whoever is signed in now when another window tells of it.
 * @param {(userId: string | null) => void} callback
 */
export function onWindowMessage(callback) {
  channel.addEventListener("message", ({ data }) => callback(data.userId));
}
