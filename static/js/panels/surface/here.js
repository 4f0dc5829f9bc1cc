/** The surface as the service would answer it, computed in the page. Pure. */

/** @import { Moved } from "../../types.d.ts" */
/** @import { Replay } from "../../replay/types.d.ts" */
/** @import { Interval } from "../plot/scale.js" */

import { adjoints, forward, locals } from "../../replay/passes.js";
import { numeric } from "../curve/here.js";

/** Numbers computed for one picture, at most. */
const MOST_WORK = 4_000_000;
const [FEWEST, MOST] = [16, 64];

/** @typedef {{ x: number, y: number, z: number, gradient: readonly [number, number] }} Point NaN where there is no such number */
/** @typedef {{ size: number, values: ArrayLike<number> }} Grid */
/** @typedef {readonly [string, string]} Keys the input across, the input upwards */
/** @typedef {readonly [Interval, Interval]} Ranges */

/**
 * @param {Replay} replay
 * @param {Keys} keys
 * @param {Ranges} ranges
 * @param {Moved} moved
 * @returns {Grid}
 */
export function gridHere({ tape }, [x, y], [across, up], moved) {
  const size = Math.max(FEWEST, Math.min(MOST, Math.floor(Math.sqrt(MOST_WORK / tape.data.length))));
  const values = new Float64Array(size * size);
  const data = new Float64Array(tape.data.length);
  const place = (/** @type {Interval} */ [from, to], /** @type {number} */ i) => from + ((to - from) * i) / (size - 1);
  for (let at = 0; at < values.length; at++) {
    const point = { ...moved, [x]: place(across, at % size), [y]: place(up, Math.floor(at / size)) };
    values[at] = forward(tape, point, data)[tape.output];
  }
  return { size, values };
}

/**
 * @param {Replay} replay
 * @param {Keys} keys
 * @param {Moved} moved
 * @returns {Point}
 */
export function pointHere({ tape }, keys, moved) {
  const data = forward(tape, moved);
  const slopes = adjoints(tape, locals(tape, data));
  const [x, y] = keys.map((key) => tape.inputs.get(key) ?? -1);
  return { x: data[x], y: data[y], z: data[tape.output], gradient: [slopes[x], slopes[y]] };
}

/**
 * What the service answered, in numbers.
 * @param {{ xs: unknown[], zs: unknown[][] }} answer
 * @returns {Grid}
 */
export const gridAnswered = ({ xs, zs }) => ({ size: xs.length, values: zs.flat().map(numeric) });

/**
 * @param {{ point: { x: unknown, y: unknown, z: unknown, gradient: unknown[] } }} answer
 * @returns {Point}
 */
export function pointAnswered({ point: { x, y, z, gradient } }) {
  return { x: numeric(x), y: numeric(y), z: numeric(z), gradient: [numeric(gradient[0]), numeric(gradient[1])] };
}
