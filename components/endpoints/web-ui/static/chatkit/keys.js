// Keys that are meant for the page.

/**
 * Whether a key belongs to an input method, which composes a character from several: its Enter takes the character over.
 * Safari ends the composition before it tells of that Enter, and only its code 229 gives it away.
 * @param {KeyboardEvent} event
 */
export const isComposing = (event) => event.isComposing || event.keyCode === 229;
