// The secret address at which a person's calendar reads their tasks.

import { call } from "./api.js";
import { byId, showMessage } from "./dom.js";

const PATH = "/api/v1/calendar-feed";

/**
 * Connects the buttons; `act` does one thing at a time and says what went wrong.
 * @param {(event: Event, work: () => Promise<void>) => void} act
 */
export function startCalendarFeed(act) {
  byId("calendar-make").addEventListener("click", (event) => act(event, make));
  byId("calendar-remove").addEventListener("click", (event) => act(event, remove));
}

/** Reads whether there is an address and shows it. The address itself is shown once, when it is made. */
export async function showCalendarFeed() {
  /** @type {CalendarFeed} */
  const feed = await (await call(PATH)).json();
  show(feed);
}

/** Forgets it. */
export function clearCalendarFeed() {
  byId("calendar-url").value = "";
  show({ created_at: null, read_at: null });
}

async function make() {
  /** @type {CalendarFeed & { url: string }} */
  const made = await (await call(PATH, { method: "PUT" })).json();
  show({ ...made, read_at: null });
  const field = byId("calendar-url");
  field.value = made.url;
  byId("calendar-address").hidden = false;
  field.focus();
  field.select();
}

async function remove() {
  await call(PATH, { method: "DELETE" });
  clearCalendarFeed();
  byId("account-heading").focus();
  showMessage(byId("account-notice"), "No calendar can read your tasks any more.");
}

/** @param {CalendarFeed} feed */
function show({ created_at, read_at }) {
  byId("calendar-address").hidden = true;
  byId("calendar-state").textContent = stateOf({ created_at, read_at });
  byId("calendar-make").textContent = created_at ? "Make another address" : "Make an address";
  byId("calendar-remove").hidden = !created_at;
}

/**
 * What a person wants to know of their feed.
 * @param {CalendarFeed} feed
 */
export function stateOf({ created_at, read_at }) {
  if (!created_at) return "Your calendar can show your open tasks that are due. It subscribes to an address that nobody else knows.";
  const since = `There is an address since ${dayOf(created_at)}`;
  return read_at ? `${since}. A calendar last read it on ${dayOf(read_at)}.` : `${since}. No calendar has read it yet.`;
}

/** @param {string} instant */
const dayOf = (instant) => new Date(instant).toLocaleDateString(undefined, { dateStyle: "medium" });
