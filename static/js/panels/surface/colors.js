/** Numbers as colours: cividis, which goes from dark to light evenly, for eyes that tell colours apart and those that do not. Pure. */

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
