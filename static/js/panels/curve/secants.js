/** What a table of secants shows: which h comes nearest to the slope, and what happens before and after. Pure. */

/** @import { Secant } from "../../replay/types.d.ts" */

/** @typedef {"exact" | "nearest" | "apart" | "none"} Course */

/** Nearer than this, relative to the slope or to 1, a secant comes to the slope. */
const NEAR = 1e-4;
const EXACT = 1e-12;

/**
 * The row that is nearest to the slope, the first of those that are; -1 where none has a finite difference.
 * @param {readonly Secant[]} rows
 */
export function nearest(rows) {
  let best = -1;
  for (const [i, { error }] of rows.entries()) {
    if (Number.isFinite(error) && (best < 0 || Math.abs(error) < Math.abs(rows[best].error))) best = i;
  }
  return best;
}

/**
 * How the secants go: all the same as the slope but for rounding, nearer until rounding spoils them, never near, or nowhere.
 * @param {readonly Secant[]} rows from the largest h to the smallest
 * @param {number} slope
 * @returns {Course}
 */
export function courseOf(rows, slope) {
  const best = nearest(rows);
  if (best < 0 || !Number.isFinite(slope)) return "none";
  const size = Math.max(1, Math.abs(slope));
  if (Math.abs(rows[best].error) > NEAR * size) return "apart";
  return Math.abs(rows[0].error) <= EXACT * size ? "exact" : "nearest";
}

/** The smallest and the largest h, as powers of ten. */
export const FINEST = -15;
export const COARSEST = 1;

/**
 * An h that can be drawn and set, from any distance.
 * @param {number} distance
 */
export function reach(distance) {
  const h = Math.min(10 ** COARSEST, Math.max(10 ** FINEST, distance));
  return Number.isFinite(h) ? Number(h.toPrecision(2)) : 1;
}

/** @type {(exponent: number) => number} */
export const hOf = (exponent) => reach(10 ** exponent);

/** @type {(h: number) => number} */
export const exponentOf = (h) => Math.log10(h);
