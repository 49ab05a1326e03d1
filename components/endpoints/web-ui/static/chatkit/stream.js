// Reading a stream of the protocol: server-sent events (HTML standard, section 9.2.6) that have data and nothing else.

/**
 * Gives each event of an answer, however the network cuts it.
 * @param {Response} response
 * @returns {AsyncGenerator<ThreadStreamEvent>}
 */
export async function* events(response) {
  if (!response.body) return;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  const take = eventReader();
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
 * A function that takes line after line and answers an event when a line ends one. What is no event of the protocol is passed over:
 * a server of a later version may tell more.
 * @returns {(line: string) => ThreadStreamEvent | null}
 */
export function eventReader() {
  /** @type {string[]} */
  let data = [];
  return (line) => {
    if (line === "") {
      const text = data.join("\n");
      data = [];
      return text === "" ? null : read(text);
    }
    if (line.startsWith("data:")) data.push(line.slice(5).replace(/^ /, ""));
    return null;
  };
}

/** @param {string} text */
function read(text) {
  try {
    const event = JSON.parse(text);
    return typeof event?.type === "string" ? event : null;
  } catch {
    return null;
  }
}
