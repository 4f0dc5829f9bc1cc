/** One number against one input: the curve, its tangent, its secants. */

/** @import { Replay, Secant, View } from "./types.d.ts" */

import { adjoints, forward, locals } from "./passes.js";

const FINEST = 15; // the smallest h is 1e-15

/**
 * The result at `count` places from `from` to `to`, both included.
 * @param {Replay} replay
 * @param {string} key
 * @param {number} from
 * @param {number} to
 * @param {number} count at least 2
 * @param {View} view
 */
export function sampleCurve(replay, key, from, to, count, view = {}) {
  const result = resultOf(replay, key, view);
  const x = Float64Array.from({ length: count }, (_, i) => (i === count - 1 ? to : from + ((to - from) * i) / (count - 1)));
  return { x, y: x.map(result) };
}

/**
 * The point the input stands at, and the slope there: the gradient.
 * @param {Replay} replay
 * @param {string} key
 * @param {View} view
 */
export function tangent({ tape }, key, { moved = {}, node } = {}) {
  const [place, root] = [placeOf(tape, key), rootOf(tape, node)];
  const data = forward(tape, moved);
  return { x: data[place], y: data[root], slope: adjoints(tape, locals(tape, data), root)[place] };
}

/**
 * (f(x + h) - f(x)) / h and how far that is from the slope.
 * @param {Replay} replay
 * @param {string} key
 * @param {number} h
 * @param {View} view
 * @returns {Secant}
 */
export function secant(replay, key, h, view = {}) {
  const { x, y, slope } = tangent(replay, key, view);
  const measured = (resultOf(replay, key, view)(x + h) - y) / h;
  return { h, slope: measured, error: measured - slope };
}

/**
 * The secants for h = 1, 0.1, … 1e-15: nearer and nearer, until rounding spoils it.
 * @param {Replay} replay
 * @param {string} key
 * @param {View} view
 */
export function secants(replay, key, view = {}) {
  return Array.from({ length: FINEST + 1 }, (_, k) => secant(replay, key, Number(`1e-${k}`), view));
}

/**
 * The result as a function of one input.
 * @param {Replay} replay
 * @param {string} key
 * @param {View} view
 */
function resultOf({ tape }, key, { moved = {}, node }) {
  const root = rootOf(tape, node);
  const data = new Float64Array(tape.data.length);
  placeOf(tape, key);
  return (/** @type {number} */ x) => forward(tape, { ...moved, [key]: x }, data)[root];
}

/** @type {(tape: Replay["tape"], key: string) => number} */
function placeOf(tape, key) {
  const slot = tape.inputs.get(key);
  if (slot === undefined) throw new RangeError(`there is no input ${key}`);
  return slot;
}

/** @type {(tape: Replay["tape"], node: number | undefined) => number} */
const rootOf = (tape, node) => (node === undefined ? tape.output : (tape.slots.get(node) ?? tape.output));
