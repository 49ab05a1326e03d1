// Reading a stream of server-sent events from an answer (HTML standard, section 9.2.6).

/**
 * Gives each event of the answer as `{ name, data }`, the data read as JSON. `onId` gets the id to read on from, before its event.
 * @param {Response} response
 * @param {(id: string) => void} [onId]
 * @returns {AsyncGenerator<ChatEvent>}
 */
export async function* events(response, onId) {
  if (!response.body) return;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  const take = eventReader(onId);
  let rest = "";
  try {
    for (;;) {
      const { value = "", done } = await reader.read();
      // A carriage return at the very end may be half of a line's end, unless nothing more comes.
      const lines = (rest + value).split(done ? /\r\n|\n|\r/ : /\r\n|\n|\r(?!$)/);
      rest = lines.pop() ?? "";
      for (const line of lines) {
        const event = take(line);
        if (event) yield event;
      }
      if (done) return;
    }
  } finally {
    // Nobody listens any more.
    reader.cancel().catch(() => {});
  }
}

/**
 * A function that takes line after line and answers an event when a line ends one.
 * @param {(id: string) => void} [onId]
 * @returns {(line: string) => ChatEvent | null}
 */
export function eventReader(onId = () => {}) {
  let name = "message";
  /** @type {string[]} */
  let data = [];
  return (line) => {
    if (line === "") {
      const event = data.length > 0 ? /** @type {any} */ ({ name, data: JSON.parse(data.join("\n")) }) : null;
      name = "message";
      data = [];
      return event;
    }
    const colon = line.indexOf(":");
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "event") name = value;
    if (field === "data") data.push(value);
    if (field === "id") onId(value);
    return null;
  };
}
