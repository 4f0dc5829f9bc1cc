/** Numbers as colours: cividis, which goes from dark to light evenly, for eyes that tell colours apart and those that do not. Pure. */

import { ticks } from "../plot/scale.js";

const STOPS = [
  [0, 34, 78],
  [18, 53, 112],
  [59, 73, 108],
  [87, 93, 109],
  [112, 113, 115],
  [138, 134, 120],
  [165, 156, 116],
  [195, 179, 105],
  [225, 204, 85],
  [254, 232, 56],
];

/**
 * Red, green and blue of a share of the scale.
 * @param {number} share from 0 to 1
 */
export function colorOf(share) {
  const at = Math.min(1, Math.max(0, share)) * (STOPS.length - 1);
  const below = Math.min(Math.floor(at), STOPS.length - 2);
  return STOPS[below].map((from, i) => Math.round(from + (at - below) * (STOPS[below + 1][i] - from)));
}

/** How much of the numbers the scale leaves out above, where a few are far beyond all others. */
const MOST = 0.97;
const OUTLYING = 20;

/**
 * What the scale spans: all finite numbers, or nearly all where the largest or smallest few are far off.
 * @param {ArrayLike<number>} values
 * @returns {readonly [number, number] | null} null where no number is finite
 */
export function spanOf(values) {
  const finite = Float64Array.from(Array.from(values).filter(Number.isFinite)).sort();
  if (finite.length === 0) return null;
  const at = (/** @type {number} */ share) => finite[Math.round(share * (finite.length - 1))];
  const [low, high, least, most] = [at(1 - MOST), at(MOST), at(0), at(1)];
  const reach = OUTLYING * (at(0.75) - at(0.25));
  return [reach > 0 && low - least > reach ? low : least, reach > 0 && most - high > reach ? high : most];
}

/** How far the scale is bent at most, and from where on it is bent at all. */
const MOST_BENT = 4;
const STRAIGHT = 1.5;
const EVEN_LEVELS = 10;
const LEVEL_DIGITS = 2;

/**
 * @typedef {object} Shades
 * @property {(value: number) => number} share where a number stands on the scale, from 0 to 1
 * @property {(share: number) => number} value the number that stands there
 * @property {number[]} levels numbers about evenly spread over the scale
 */

/**
 * A scale that gives half of its colours to half of the numbers: bent where they crowd at one end, as in a steep valley.
 * @param {ArrayLike<number>} values
 * @returns {Shades | null} null where no number is finite
 */
export function shadesOf(values) {
  const span = spanOf(values);
  if (span === null) return null;
  const [from, to] = span;
  const inside = Float64Array.from(Array.from(values).filter((value) => value >= from && value <= to)).sort();
  const middle = (inside[inside.length >> 1] - from) / (to - from);
  const wanted = Math.log(0.5) / Math.log(middle);
  const power = wanted > 1 / STRAIGHT && wanted < STRAIGHT ? 1 : Math.min(MOST_BENT, Math.max(1 / MOST_BENT, wanted || 1));
  const share = (/** @type {number} */ value) => (to > from ? Math.min(1, Math.max(0, (value - from) / (to - from))) ** power : 0.5);
  const value = (/** @type {number} */ at) => from + (to - from) * at ** (1 / power);
  const levels = power === 1 ? ticks(span, EVEN_LEVELS).map((tick) => tick.value) : [...new Set(Array.from({ length: EVEN_LEVELS - 1 }, (_, i) => rounded(value((i + 1) / EVEN_LEVELS), to - from)))];
  return { share, value, levels: to > from ? levels : [] };
}

/**
 * A number with few digits, and no more than matter in a range.
 * @param {number} value
 * @param {number} width
 */
function rounded(value, width) {
  const step = 10 ** (Math.floor(Math.log10(Math.min(Math.abs(value) || width, width))) + 1 - LEVEL_DIGITS);
  return Number((Math.round(value / step) * step).toPrecision(LEVEL_DIGITS + 4)) + 0;
}
