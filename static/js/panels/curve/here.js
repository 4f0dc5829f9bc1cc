/** The curve as the service would answer it, computed in the page. Pure. */

/** @import { Moved } from "../../types.d.ts" */
/** @import { Replay } from "../../replay/types.d.ts" */
/** @import { Interval } from "../plot/scale.js" */

import { sampleCurve, tangent } from "../../replay/curve.js";

/** Numbers computed for one picture, at most. */
const MOST_WORK = 2_000_000;
const FEWEST = 50;
const MOST = 401;

/** @typedef {{ x: number, y: number, slope: number, written?: number, right?: boolean }} Point NaN where there is no such number; what the program's own engine wrote, where it is about that */
/** @typedef {{ xs: ArrayLike<number>, ys: ArrayLike<number>, point: Point }} Curve */

/**
 * @param {Replay} replay
 * @param {string} key
 * @param {Interval} range
 * @param {{ moved: Moved, node?: number }} view
 * @returns {Curve}
 */
export function curveHere(replay, key, [from, to], view) {
  const count = Math.max(FEWEST, Math.min(MOST, Math.floor(MOST_WORK / replay.tape.data.length)));
  const { x, y } = sampleCurve(replay, key, from, to, count, view);
  const point = tangent(replay, key, view);
  return { ...withPoint(x, y, point), point };
}

/**
 * What the service answered, in numbers; a number that was not found is NaN.
 * @param {{ xs: unknown[], ys: unknown[], point: Record<"x" | "y" | "slope", unknown> & { written?: unknown, right?: boolean } }} answer
 * @returns {Curve}
 */
export function curveAnswered({ xs, ys, point }) {
  const own = point.written === undefined ? {} : { written: numeric(point.written), right: point.right === true };
  const here = { x: numeric(point.x), y: numeric(point.y), slope: numeric(point.slope), ...own };
  return { ...withPoint(xs.map(numeric), ys.map(numeric), here), point: here };
}

/** @type {(value: unknown) => number} */
export const numeric = (value) => (value === null || value === undefined ? NaN : Number(value));

/**
 * The samples with the point among them, so that the curve goes through it: a kink is often where a person stands.
 * @param {ArrayLike<number>} xs
 * @param {ArrayLike<number>} ys
 * @param {Point} point
 */
function withPoint(xs, ys, { x, y }) {
  const last = xs.length - 1;
  if (!(x > xs[0] && x < xs[last])) return { xs, ys };
  const at = Array.from(xs).findIndex((one) => one >= x);
  if (xs[at] === x) return { xs, ys };
  return { xs: Array.from(xs).toSpliced(at, 0, x), ys: Array.from(ys).toSpliced(at, 0, y) };
}
