// Keeping the end of the conversation in sight while it grows, unless the person has scrolled up to read.

import { byId } from "./dom.js";

/** Within so many pixels of the end counts as at the end. */
const FOLLOW_DISTANCE = 60;

let isFollowing = true;
let lastTop = 0;

/** Connects the panel that scrolls and the button that leads back to its end. */
export function startFollowing() {
  const scroll = byId("chat-scroll");
  scroll.addEventListener("scroll", () => {
    const isNear = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < FOLLOW_DISTANCE;
    // Only a person scrolls up. Text that arrives makes the end go away without any scrolling: that is no reason to stop.
    if (isNear) setFollowing(true);
    else if (scroll.scrollTop < lastTop) setFollowing(false);
    lastTop = scroll.scrollTop;
  });
  // Whatever changes a height: text, a question, the keyboard of a telephone, the panel being shown again.
  const sizes = new ResizeObserver(() => {
    if (isFollowing) scrollToEnd();
  });
  for (const id of /** @type {const} */ (["chat-scroll", "messages"])) sizes.observe(byId(id));
  byId("jump").addEventListener("click", () => {
    jumpToLatest();
    byId("message").focus();
  });
}

/** Shows the end, and follows it from now on. */
export function jumpToLatest() {
  setFollowing(true);
  scrollToEnd();
}

function scrollToEnd() {
  const scroll = byId("chat-scroll");
  scroll.scrollTop = scroll.scrollHeight;
  lastTop = scroll.scrollTop;
}

/** @param {boolean} value */
function setFollowing(value) {
  isFollowing = value;
  byId("jump").hidden = isFollowing;
}
