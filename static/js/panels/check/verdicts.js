/** What a comparison of gradients says: how many digits agree, in words, and as a table for elsewhere. Pure. */

/** @import { Num } from "../../types.d.ts" */

/**
 * @typedef {object} Row
 * @property {number} node
 * @property {string | null} key
 * @property {string | null} label
 * @property {Num} data
 * @property {Num} [written] by the program's own engine, if it is about that
 * @property {boolean} [right] whether that is right
 * @property {Num} reverse
 * @property {Num} forward
 * @property {Num} central
 * @property {Num | null} complex
 * @property {Num | null} difference
 * @property {"agrees" | "kink" | "undefined" | "differs"} verdict
 */
/** @typedef {"reverse" | "forward" | "central" | "complex"} Way */
/** @typedef {{ way: Way, passes: number, operations: number }} Cost */
/** @typedef {{ node: number, op: string, line: number | null, convention: string }} Kink */
/** @typedef {{ rows: Row[], costs: Cost[], kinks: Kink[], count: number, done: number, held: { line: number | null, reason: string } | null }} Gradcheck */

/** A double has no more digits. */
export const MOST_DIGITS = 16;
/** Two engines that round alike differ by no more than this. */
const SAME = 1e-9;
export const WAYS = /** @type {const} */ (["reverse", "forward", "central", "complex"]);

/**
 * How many gradients an engine of the program's own wrote, and how many of them are right; null where it wrote none.
 * @param {readonly Row[]} rows
 */
export function writtenRight(rows) {
  const written = rows.filter((row) => row.written !== undefined);
  return written.length === 0 ? null : { count: written.length, right: written.filter(({ right }) => right).length };
}

/**
 * To how many digits numbers agree, from their difference relative to the larger one, or to 1.
 * @param {number} difference
 */
export function digitsOf(difference) {
  return difference > 0 ? Math.max(0, Math.min(MOST_DIGITS, Math.floor(-Math.log10(difference)))) : MOST_DIGITS;
}

/**
 * How far another way's slope is from that of reverse mode, relative to the larger one or to 1.
 * @param {Num} reverse
 * @param {Num | null} other
 * @returns {number | null} null where there is nothing to compare
 */
export function distance(reverse, other) {
  if (other === null) return null;
  const [one, two] = [Number(reverse), Number(other)];
  if (Object.is(one, two) || one === two) return 0;
  const found = Math.abs(one - two) / Math.max(1, Math.abs(one), Math.abs(two));
  return Number.isFinite(found) ? found : null;
}

/**
 * The nodes whose gradient in the page is another than the service's: none, if the page computes as it should.
 * @param {readonly Row[]} rows
 * @param {ReadonlyMap<number, number>} slopes those of the page, by node
 */
export function strangers(rows, slopes) {
  return rows.filter(({ node, reverse }) => {
    const ours = slopes.get(node);
    return ours !== undefined && !((distance(reverse, ours) ?? Infinity) <= SAME);
  });
}

/**
 * The rows as text for a spreadsheet, every number in full.
 * @param {readonly Row[]} rows
 * @param {readonly string[]} heads
 * @param {string} between
 */
export function asText(rows, heads, between) {
  const own = writtenRight(rows) !== null;
  const lines = rows.map((row) => [row.label ?? row.key ?? `#${row.node}`, row.data, ...(own ? [row.written ?? null, row.right ?? null] : []), row.reverse, row.forward, row.central, row.complex, row.difference, row.verdict]);
  return [heads, ...lines].map((line) => line.map((cell) => quoted(cell === null ? "" : String(cell), between)).join(between)).join("\n");
}

/**
 * A cell, in quotes where its text would be read as something else.
 * @param {string} text
 * @param {string} between
 */
function quoted(text, between) {
  const formula = /^[=+@]|^-(?![\dI])/.test(text) ? `'${text}` : text;
  return formula.includes(between) || /["\n\r]/.test(formula) ? `"${formula.replaceAll('"', '""')}"` : formula;
}
