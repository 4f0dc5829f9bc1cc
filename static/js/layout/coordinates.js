/**
 * Stage 4: how far along its layer every vertex stands, so that lines are straight and nothing overlaps.
 *
 * For one layer, with the others held, this is a least-squares problem under an order: every vertex wants to be at the
 * weighted mean of what it is tied to, and no nearer to the one before than their extents allow. Pooling adjacent
 * violators solves it exactly in one pass (Ayer, Brunk, Ewing, Reid, Silverman, 1955). Passes to and fro over the
 * layers converge; trunks weigh most, so that long lines run straight (weights: Gansner, Koutsofios, North, Vo, 1993,
 * section 4).
 */

/** @import {Layered} from "./trunks.js" */
/** @import {Order} from "./order.js" */
/** @import {Pool, Spacing, State} from "./types.d.ts" */

const PASSES = 8;
const TRUNK_EXTENT = 4;
const TRUNK_GAP = 0.6; // of the gap between two nodes
const WEIGHT = { nodes: 1, mixed: 2, trunk: 8, pin: 64, idle: 0.1 };

/**
 * @param {Layered} layered
 * @param {Order} order
 * @param {Spacing} spacing
 * @param {Float64Array} [pins] where nodes should stay, NaN for those that are free
 * @returns {Float64Array} centre of every vertex along its layer
 */
export function coordinates(layered, order, spacing, pins) {
  const pull = pulls(layered);
  const steps = stepsOf(layered, order, spacing);
  const centre = stacked(layered, order, steps);
  const pool = poolOf(layered);
  const layers = layered.layers.start.length - 1;
  for (let pass = 0; pass < PASSES; pass++) {
    const leftwards = pass % 2 === 0;
    const sides = { left: pass > 1 || !leftwards, right: pass > 1 || leftwards };
    for (let step = 0; step < layers; step++) {
      settle(layered, order, leftwards ? layers - 1 - step : step, { pull, pins, steps, centre, pool, sides });
    }
  }
  return centre;
}

/**
 * How strongly every segment pulls its two ends to one height.
 *
 * @param {Layered} layered
 */
function pulls({ nodes, tail, head }) {
  const weights = [WEIGHT.nodes, WEIGHT.mixed, WEIGHT.trunk];
  const isPoint = (/** @type {number} */ vertex) => Number(vertex >= nodes);
  return Float64Array.from(tail, (vertex, segment) => weights[isPoint(vertex) + isPoint(head[segment])]);
}

/**
 * The least distance of every vertex from the one before it in its layer, in the order of `sequence`.
 *
 * @param {Layered} layered
 * @param {Order} order
 * @param {Spacing} spacing
 */
function stepsOf({ nodes, layers }, { sequence }, { extent, gap }) {
  const extentOf = (/** @type {number} */ vertex) => (vertex < nodes ? extent[vertex] : TRUNK_EXTENT);
  const steps = new Float64Array(sequence.length);
  for (let layer = 0; layer + 1 < layers.start.length; layer++) {
    for (let k = layers.start[layer] + 1; k < layers.start[layer + 1]; k++) {
      const [before, vertex] = [sequence[k - 1], sequence[k]];
      const free = before < nodes && vertex < nodes ? gap : gap * TRUNK_GAP;
      steps[k] = (extentOf(before) + extentOf(vertex)) / 2 + free;
    }
  }
  return steps;
}

/**
 * Every layer as close as it can stand, its middle at 0.
 *
 * @param {Layered} layered
 * @param {Order} order
 * @param {Float64Array} steps
 */
function stacked({ layers }, { sequence }, steps) {
  const centre = new Float64Array(sequence.length);
  for (let layer = 0; layer + 1 < layers.start.length; layer++) {
    const [from, to] = [layers.start[layer], layers.start[layer + 1]];
    let total = 0;
    for (let k = from; k < to; k++) total += steps[k];
    let at = -total / 2;
    for (let k = from; k < to; k++) centre[sequence[k]] = at += steps[k];
  }
  return centre;
}

/** @param {Layered} layered @returns {Pool} */
function poolOf({ layers: { start } }) {
  let widest = 0;
  for (let layer = 0; layer + 1 < start.length; layer++) widest = Math.max(widest, start[layer + 1] - start[layer]);
  return { sum: new Float64Array(widest), weight: new Float64Array(widest), end: new Int32Array(widest) };
}

/**
 * Pool adjacent violators: put every vertex where it wants to be; a block that would run into the one before joins it.
 *
 * @param {Layered} layered
 * @param {Order} order
 * @param {number} layer
 * @param {State} state `centre` is changed
 */
function settle(layered, { sequence }, layer, state) {
  const { steps, centre, pool } = state;
  const [from, to] = [layered.layers.start[layer], layered.layers.start[layer + 1]];
  let [blocks, distance] = [0, 0];
  for (let k = from; k < to; k++) {
    distance += steps[k];
    const { want, weight } = wish(layered, sequence[k], state);
    pool.sum[blocks] = (want - distance) * weight;
    pool.weight[blocks] = weight;
    pool.end[blocks++] = k + 1;
    while (blocks > 1 && baseOf(pool, blocks - 2) >= baseOf(pool, blocks - 1)) {
      blocks--;
      pool.sum[blocks - 1] += pool.sum[blocks];
      pool.weight[blocks - 1] += pool.weight[blocks];
      pool.end[blocks - 1] = pool.end[blocks];
    }
  }
  distance = 0;
  for (let block = 0, k = from; block < blocks; block++) {
    const base = baseOf(pool, block);
    for (; k < pool.end[block]; k++) centre[sequence[k]] = base + (distance += steps[k]);
  }
}

/** @param {Pool} pool @param {number} block */
function baseOf({ sum, weight }, block) {
  return sum[block] / weight[block];
}

/**
 * Where a vertex wants to be, and how much; one that nothing pulls wants to stay, a little.
 *
 * @param {Layered} layered
 * @param {number} vertex
 * @param {State} state
 */
function wish({ nodes, into, out, tail, head }, vertex, { pull, pins, centre, sides }) {
  let [sum, weight] = [0, 0];
  if (sides.left) {
    for (let segment = into[vertex]; segment < into[vertex + 1]; segment++) {
      sum += pull[segment] * centre[tail[segment]];
      weight += pull[segment];
    }
  }
  if (sides.right) {
    for (let k = out.start[vertex]; k < out.start[vertex + 1]; k++) {
      const segment = out.item[k];
      sum += pull[segment] * centre[head[segment]];
      weight += pull[segment];
    }
  }
  const pin = vertex < nodes ? pins?.[vertex] ?? NaN : NaN;
  if (!Number.isNaN(pin)) {
    sum += WEIGHT.pin * pin;
    weight += WEIGHT.pin;
  }
  return weight === 0 ? { want: centre[vertex], weight: WEIGHT.idle } : { want: sum / weight, weight };
}
