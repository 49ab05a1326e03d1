// Keeping the end of the conversation in sight while it grows, unless the person has scrolled up to read.

/** Within so many pixels of the end counts as at the end. */
const FOLLOW_DISTANCE = 60;

/** What scrolls, and the button that leads back to its end. */
export class Following {
  #scroll;
  #jump;
  #isFollowing = true;
  #lastTop = 0;
  #sizes;

  /**
   * @param {HTMLElement} scroll
   * @param {HTMLElement} content
   * @param {HTMLElement} jump
   */
  constructor(scroll, content, jump) {
    this.#scroll = scroll;
    this.#jump = jump;
    scroll.addEventListener("scroll", () => {
      const isNear = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < FOLLOW_DISTANCE;
      // Only a person scrolls up. Text that arrives makes the end go away without any scrolling: that is no reason to stop.
      if (isNear) this.#setFollowing(true);
      else if (scroll.scrollTop < this.#lastTop) this.#setFollowing(false);
      this.#lastTop = scroll.scrollTop;
    });
    // Whatever changes a height: text, a question, the keyboard of a telephone, the panel being shown again.
    this.#sizes = new ResizeObserver(() => {
      if (this.#isFollowing) this.#scrollToEnd();
    });
    for (const element of [scroll, content]) this.#sizes.observe(element);
  }

  /** Shows the end, and follows it from now on. */
  jumpToLatest() {
    this.#setFollowing(true);
    this.#scrollToEnd();
  }

  #scrollToEnd() {
    this.#scroll.scrollTop = this.#scroll.scrollHeight;
    this.#lastTop = this.#scroll.scrollTop;
  }

  /** @param {boolean} value */
  #setFollowing(value) {
    this.#isFollowing = value;
    this.#jump.hidden = value;
  }
}
