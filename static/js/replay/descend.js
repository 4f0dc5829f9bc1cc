/** The way an optimizer takes downhill, with the arithmetic of the engine's optimizers. */

/** @import { Moved } from "../types.d.ts" */
/** @import { Descent, Place, Replay } from "./types.d.ts" */

import { adjoints, forward, locals } from "./passes.js";

const MOMENTUM = 0.9;
const KEEP = 0.9; // how much Adam's running means keep of what they were: of the slope, and of its square
const KEEP_SQUARE = 0.999;
const SMALL = 1e-8; // keeps its quotient finite

/**
 * The places an optimizer goes through, the start first; it ends early where the output is finite no more.
 * @param {Replay} replay
 * @param {Descent} descent
 * @returns {Place[]}
 */
export function descend({ tape }, { optimizer, rate, steps, keys = [...tape.inputs.keys()], moved = {} }) {
  const move = OPTIMIZERS[optimizer](rate, keys.length);
  const start = forward(tape, moved);
  const at = Float64Array.from(keys, (key) => start[tape.inputs.get(key) ?? NaN] ?? NaN);
  const path = [placed({ tape }, keys, at, moved)];
  while (path.length <= steps && Number.isFinite(path[path.length - 1].value)) {
    const { slopes } = path[path.length - 1];
    move(at, Float64Array.from(keys, (key) => slopes[key]));
    path.push(placed({ tape }, keys, at, moved));
  }
  return path;
}

/**
 * @param {Pick<Replay, "tape">} replay
 * @param {string[]} keys
 * @param {Float64Array} at
 * @param {Moved} moved
 * @returns {Place}
 */
function placed({ tape }, keys, at, moved) {
  const here = named(keys, at);
  const data = forward(tape, { ...moved, ...here });
  const adjoint = adjoints(tape, locals(tape, data));
  const slopes = named(keys, Float64Array.from(keys, (key) => adjoint[tape.inputs.get(key) ?? NaN]));
  return { at: here, value: data[tape.output], slopes };
}

/** @type {(keys: string[], numbers: Float64Array) => Record<string, number>} */
const named = (keys, numbers) => Object.fromEntries(keys.map((key, i) => [key, numbers[i]]));

/** How each moves a point against its slopes: a function that remembers what it needs from step to step. */
export const OPTIMIZERS = {
  /** @type {(rate: number, count: number) => Move} */
  sgd: (rate, count) => rolling(rate, count, 0),
  /** @type {(rate: number, count: number) => Move} */
  momentum: (rate, count) => rolling(rate, count, MOMENTUM),
  adam,
};

/** @typedef {(at: Float64Array, slopes: Float64Array) => void} Move */

/**
 * Gradient descent; each step keeps a share of the velocity so far.
 * @param {number} rate
 * @param {number} count
 * @param {number} momentum
 * @returns {Move}
 */
function rolling(rate, count, momentum) {
  const velocities = new Float64Array(count);
  return (at, slopes) => {
    for (let i = 0; i < count; i++) {
      velocities[i] = momentum * velocities[i] + slopes[i];
      at[i] -= rate * velocities[i];
    }
  };
}

/**
 * Gradient descent by the running mean of the slope, over the root of the running mean of its square.
 * @param {number} rate
 * @param {number} count
 * @returns {Move}
 */
function adam(rate, count) {
  const [means, squares] = [new Float64Array(count), new Float64Array(count)];
  let turns = 0;
  return (at, slopes) => {
    turns += 1;
    const [whole, wholeSquare] = [1 - KEEP ** turns, 1 - KEEP_SQUARE ** turns]; // the means start at 0: scale them up
    for (let i = 0; i < count; i++) {
      means[i] = KEEP * means[i] + (1 - KEEP) * slopes[i];
      squares[i] = KEEP_SQUARE * squares[i] + (1 - KEEP_SQUARE) * slopes[i] * slopes[i];
      at[i] -= ((rate / whole) * means[i]) / (Math.sqrt(squares[i]) / Math.sqrt(wholeSquare) + SMALL);
    }
  };
}
