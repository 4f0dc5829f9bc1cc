/** Server-sent events, read from pieces of text as they come. Pure. */

/** @typedef {{ id: number | null, event: string, data: string }} Event */

/**
 * A reader: it takes the next piece of the stream, and answers with the events that are complete by it.
 * @returns {(piece: string) => Event[]}
 */
export function eventReader() {
  let rest = "";
  return (piece) => {
    const blocks = (rest + piece).split("\n\n");
    rest = /** @type {string} */ (blocks.pop());
    return blocks.map(eventOf).filter((event) => event.data !== "");
  };
}

/**
 * @param {string} block
 * @returns {Event}
 */
function eventOf(block) {
  const event = { id: /** @type {number | null} */ (null), event: "message", data: "" };
  for (const line of block.split("\n")) {
    const at = line.indexOf(":");
    const [name, value] = [line.slice(0, at), line.slice(at + 1).replace(/^ /, "")];
    if (name === "id") event.id = Number(value);
    else if (name === "event") event.event = value;
    else if (name === "data") event.data += event.data === "" ? value : `\n${value}`;
  }
  return event;
}
