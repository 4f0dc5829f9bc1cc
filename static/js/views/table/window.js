/**
 * Which rows of a long table are there: pure. A table of up to `WHOLE` rows is there as a whole, so that the browser finds
 * text in it and screen readers walk it; of a longer one only what is in view, with the place of each row said, and the
 * filter finds the rest.
 */

export const WHOLE = 100;
/** Rows beyond either end of what is in view. */
const BEYOND = 20;

/**
 * @param {number} count of all rows
 * @param {number} top what is scrolled away, in pixels
 * @param {number} height of the view, in pixels
 * @param {number} row the height of one
 * @returns {{ from: number, to: number }} half-open
 */
export function windowOf(count, top, height, row) {
  if (count <= WHOLE || row <= 0) return { from: 0, to: Math.min(count, WHOLE) };
  const seen = Math.ceil(height / row) + 2 * BEYOND;
  const from = Math.min(Math.max(0, Math.floor(top / row) - BEYOND), Math.max(0, count - seen));
  return { from, to: Math.min(count, from + seen) };
}
