/**
 * Stage 3: the order in every layer, with few crossings.
 *
 * The layer-by-layer sweep of Sugiyama, Tagawa, Toda (1981): from two start orders, sort every layer by the barycentres
 * of its vertices' neighbours in the layer before, then transpose; at last sift the best order seen.
 */

/** @import {Layered} from "./trunks.js" */
/** @import {Neighbours, Order} from "./order.js" */

import { countCrossings } from "./crossings.js";
import { copyOf, lookLeft, lookRight, neighbours, orderBy } from "./order.js";
import { sift } from "./sift.js";
import { sortByKey } from "./sort.js";
import { depthFirst } from "./start.js";
import { transpose } from "./transpose.js";

const PATIENCE = 4; // sweeps without improvement
const TRANSPOSE_ROUNDS = 8;
const RETRIES = 16; // from a shaken order, as far as RETRY_WORK segments allow: small graphs are worth it
const RETRY_WORK = 4000;
const SHAKE = 8; // places

/**
 * @typedef {{order: Order, crossings: number}} Ordered
 */

/**
 * @param {Layered} layered
 * @param {number} sweeps at most, from each start order
 * @returns {Ordered}
 */
export function ordering(layered, sweeps) {
  const seen = neighbours(layered);
  const starts = [depthFirst(layered, "left"), depthFirst(layered, "right")];
  const first = starts.map((start) => swept(layered, orderBy(layered, start), seen, sweeps)).reduce(fewer);
  let best = sifted(layered, first, seen);
  const retries = Math.min(RETRIES, Math.floor(RETRY_WORK / (layered.tail.length + 1)));
  for (let retry = 0; retry < retries && best.crossings > 0 && sweeps > 1; retry++) {
    const shaken = orderBy(layered, shake(best.order, retry));
    best = fewer(best, sifted(layered, swept(layered, shaken, seen, sweeps), seen));
  }
  return best;
}

/**
 * @param {Layered} layered
 * @param {Ordered} ordered its order is changed
 * @param {Neighbours} seen scratch
 * @returns {Ordered}
 */
function sifted(layered, { order }, seen) {
  sift(layered, order, seen);
  return { order, crossings: countCrossings(layered, order) };
}

/**
 * Keys that move every vertex by a few places, the same in every run: uniform numbers by a linear congruence.
 *
 * @param {Order} order
 * @param {number} seed
 */
function shake({ place }, seed) {
  let state = seed;
  return Float64Array.from(place, (at) => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return at + (state / 2 ** 32) * SHAKE;
  });
}

/**
 * The one with fewer crossings.
 *
 * @template {{crossings: number}} T
 * @param {T} first
 * @param {T} second
 */
export function fewer(first, second) {
  return second.crossings < first.crossings ? second : first;
}

/**
 * The best order met on sweeps to and fro.
 *
 * @param {Layered} layered
 * @param {Order} order the start; changed
 * @param {Neighbours} seen scratch
 * @param {number} sweeps
 * @returns {Ordered}
 */
function swept(layered, order, seen, sweeps) {
  let best = { order: copyOf(order), crossings: countCrossings(layered, order) };
  for (let turn = 0, idle = 0; turn < sweeps && idle < PATIENCE && best.crossings > 0; turn++) {
    const second = turn % 4 >= 2; // every other pair of sweeps resolves ties the other way
    if (turn % 2 === 0) sweepLeft(layered, order, seen, second);
    else sweepRight(layered, order, seen, second);
    transpose(layered, order, seen, TRANSPOSE_ROUNDS, second);
    const crossings = countCrossings(layered, order);
    idle = crossings < best.crossings ? 0 : idle + 1;
    if (idle === 0) best = { order: copyOf(order), crossings };
  }
  return best;
}

/**
 * @param {Layered} layered
 * @param {Order} order changed
 * @param {Neighbours} seen scratch
 * @param {boolean} reverse
 */
function sweepLeft(layered, order, seen, reverse) {
  for (let layer = layered.layers.start.length - 3; layer >= 0; layer--) {
    lookRight(layered, order, layer, seen);
    sortLayer(layered, order, layer, seen.right, layered.out.start, seen.barycentre, reverse);
  }
}

/**
 * @param {Layered} layered
 * @param {Order} order changed
 * @param {Neighbours} seen scratch
 * @param {boolean} reverse
 */
function sweepRight(layered, order, seen, reverse) {
  for (let layer = 1; layer < layered.layers.start.length - 1; layer++) {
    lookLeft(layered, order, layer, seen);
    sortLayer(layered, order, layer, seen.left, layered.into, seen.barycentre, reverse);
  }
}

/**
 * Sort the vertices of a layer that have neighbours by their barycentres; the others keep their places.
 *
 * @param {Layered} layered
 * @param {Order} order changed
 * @param {number} layer
 * @param {Int32Array} places of the neighbours
 * @param {Int32Array} start of every vertex's neighbours
 * @param {Float64Array} barycentre scratch
 * @param {boolean} reverse equal barycentres change their order
 */
function sortLayer({ layers }, order, layer, places, start, barycentre, reverse) {
  const row = order.sequence.subarray(layers.start[layer], layers.start[layer + 1]);
  const moving = row.filter((vertex) => start[vertex] < start[vertex + 1]);
  for (const vertex of moving) barycentre[vertex] = mean(places, start[vertex], start[vertex + 1]);
  if (reverse) moving.reverse();
  sortByKey(moving, barycentre);
  let next = 0;
  row.forEach((vertex, place) => {
    if (start[vertex] < start[vertex + 1]) row[place] = moving[next++];
    order.place[row[place]] = place;
  });
}

/**
 * @param {Int32Array} places
 * @param {number} from
 * @param {number} to
 */
function mean(places, from, to) {
  let sum = 0;
  for (let k = from; k < to; k++) sum += places[k];
  return sum / (to - from);
}
