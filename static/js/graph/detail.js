/** How much is drawn: no text that is too small to read, and less of a large graph. */

const MANY = 500;

/**
 * "all": every text; "nodes": no numbers on edges; "names": names of nodes only; "shapes": no text.
 * @param {number} count nodes in the picture
 * @param {number} scale pixels of the screen to one of the picture
 * @returns {"all" | "nodes" | "names" | "shapes"}
 */
export function detailOf(count, scale) {
  const size = count > MANY ? scale / 2 : scale;
  if (size >= 0.48) return "all";
  if (size >= 0.4) return "nodes";
  return size >= 0.3 ? "names" : "shapes";
}
