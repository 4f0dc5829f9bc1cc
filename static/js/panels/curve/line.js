/** From samples to a line: how high the plot is, where the line breaks. Pure. */

/** @import { Interval, Scale } from "../plot/scale.js" */
/** @import { Point } from "./here.js" */

/** Beyond this many times what most samples span, the plot shows where most are: a pole would flatten all else. */
const OUTLYING = 6;
const MOST = [0.06, 0.94];
const AIR = 0.08;
/** How far outside the plot the line is drawn, in heights of it. */
const BEYOND = 3;

/**
 * What the plot spans upwards: all finite samples and the point, or most of them where a few are far off.
 * @param {ArrayLike<number>} ys
 * @param {number} y of the point
 * @returns {Interval}
 */
export function heightOf(ys, y) {
  const finite = Float64Array.from(Array.from(ys).filter(Number.isFinite)).sort();
  if (finite.length === 0) return Number.isFinite(y) ? padded(y, y) : [-1, 1];
  const [low, high] = MOST.map((share) => finite[Math.round(share * (finite.length - 1))]);
  const [least, most] = [finite[0], finite[finite.length - 1]];
  const far = high > low && most - least > OUTLYING * (high - low);
  const [from, to] = far ? [low - (high - low) / 2, high + (high - low) / 2] : [least, most];
  return Number.isFinite(y) ? padded(Math.min(from, y), Math.max(to, y)) : padded(from, to);
}

/** @type {(from: number, to: number) => Interval} */
function padded(from, to) {
  const half = (to / 2 - from / 2) * (1 + 2 * AIR);
  const middle = from / 2 + to / 2;
  const air = half > Math.abs(middle) * 1e-12 ? half : Math.abs(middle) / 2 || 1;
  return [Math.max(-Number.MAX_VALUE / 4, middle - air), Math.min(Number.MAX_VALUE / 4, middle + air)];
}

/**
 * The line through the samples, with gaps where there is no finite number and where it leaves on one side of the plot
 * and comes back on the other.
 * @param {ArrayLike<number>} xs
 * @param {ArrayLike<number>} ys
 * @param {Interval} height
 * @param {Scale} across
 * @param {Scale} up
 */
export function lineOf(xs, ys, [low, high], across, up) {
  const room = BEYOND * (high - low);
  const sideOf = (/** @type {number} */ y) => (y > high ? 1 : y < low ? -1 : 0);
  let path = "";
  let before = NaN;
  for (let i = 0; i < xs.length; i++) {
    const y = ys[i];
    if (Number.isFinite(y)) {
      const broken = !Number.isFinite(before) || sideOf(before) * sideOf(y) === -1;
      const shown = Math.min(high + room, Math.max(low - room, y));
      path += `${broken ? "M" : "L"}${across(xs[i]).toFixed(2)},${up(shown).toFixed(2)}`;
    }
    before = y;
  }
  return path;
}

/**
 * Where the samples have no finite number: intervals of x.
 * @param {ArrayLike<number>} xs
 * @param {ArrayLike<number>} ys
 * @returns {Interval[]}
 */
export function gapsOf(xs, ys) {
  /** @type {[number, number][]} */
  const gaps = [];
  let open = false;
  for (let i = 0; i < xs.length; i++) {
    if (Number.isFinite(ys[i])) open = false;
    else if (open) gaps[gaps.length - 1][1] = xs[i];
    else {
      gaps.push([xs[i], xs[i]]);
      open = true;
    }
  }
  return gaps;
}

/**
 * The number of the sample nearest to a place; null where the curve was not sampled.
 * @param {{ xs: ArrayLike<number>, ys: ArrayLike<number> }} curve
 * @param {number} x
 * @returns {Point | null} its slope is that between its neighbours
 */
export function sampleAt({ xs, ys }, x) {
  const last = xs.length - 1;
  if (last < 1 || !(x >= xs[0] && x <= xs[last])) return null;
  const after = Math.max(1, Array.from(xs).findIndex((one) => one >= x));
  const at = x - xs[after - 1] < xs[after] - x ? after - 1 : after;
  return { x: xs[at], y: ys[at], slope: (ys[after] - ys[after - 1]) / (xs[after] - xs[after - 1]) };
}
