// What a link of a mail brings along in the page's address.

/** What Better Auth calls a link that is for somebody else. */
const OF_ANOTHER = "INVALID_USER";

/**
 * What the address says, if anything: a token to set a password with, or words for the person.
 * @param {string} search the query of the address
 * @returns {Arrival | null}
 */
export function arrivalOf(search) {
  const query = new URLSearchParams(search);
  const error = query.get("error");
  if (query.has("set-password")) {
    const token = query.get("token");
    return token && !error
      ? { kind: "set-password", token }
      : { kind: "problem", words: "This link was used already or is over. Ask for a new one.", mode: "forgotten" };
  }
  if (error === OF_ANOTHER) {
    return { kind: "problem", words: "This link is for another account than the one that is signed in here. Sign out, then open it again." };
  }
  if (error) return { kind: "problem", words: "This link was used already or is over. If you opened it before, all is well." };
  if (query.has("email-confirmed")) return { kind: "notice", words: "Thank you. Your e-mail address is confirmed." };
  if (query.has("account-deleted")) return { kind: "notice", words: "Your account and everything in it is deleted." };
  return null;
}

/** Reads the address, and takes out of it what is good for once: nobody finds it in the history. */
export function takeArrival() {
  const arrival = arrivalOf(location.search);
  if (arrival) history.replaceState(null, "", location.pathname);
  return arrival;
}
