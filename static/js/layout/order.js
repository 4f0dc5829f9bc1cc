/**
 * The state of stage 3: who stands where in each layer, and what a vertex sees of its neighbour layers.
 */

/** @import {Layered} from "./trunks.js" */

import { sortByKey } from "./sort.js";

/**
 * @typedef {object} Order
 * @property {Int32Array} sequence vertices layer by layer, each layer from top to bottom; bounds as in `layers.start`
 * @property {Int32Array} place place of every vertex in its layer
 */

/**
 * Order every layer by a key; equal keys by number.
 *
 * @param {Layered} layered
 * @param {Float64Array} key
 * @returns {Order}
 */
export function orderBy(layered, key) {
  const order = { sequence: layered.layers.item.slice(), place: new Int32Array(layered.count) };
  const { start } = layered.layers;
  for (let layer = 0; layer + 1 < start.length; layer++) {
    sortByKey(order.sequence.subarray(start[layer], start[layer + 1]), key);
  }
  refreshPlaces(layered, order);
  return order;
}

/**
 * Derive `place` from `sequence`.
 *
 * @param {Layered} layered
 * @param {Order} order changed
 */
export function refreshPlaces(layered, order) {
  const { start } = layered.layers;
  for (let layer = 0; layer + 1 < start.length; layer++) {
    for (let k = start[layer]; k < start[layer + 1]; k++) order.place[order.sequence[k]] = k - start[layer];
  }
}

/**
 * Sorted places of the neighbours of the vertices of one layer, filled in layer by layer.
 * `left` stands beside the segments by head, `right` beside the segments by tail.
 *
 * @typedef {object} Neighbours
 * @property {Int32Array} left places of the tails of the segments into v: from `into[v]`
 * @property {Int32Array} right slots of the heads of the segments out of v: from `out.start[v]`
 * @property {Int32Array} next where the next neighbour of a vertex goes (scratch)
 * @property {Float64Array} barycentre (scratch)
 */

/**
 * @param {Layered} layered
 * @returns {Neighbours}
 */
export function neighbours(layered) {
  const segments = layered.head.length;
  return {
    left: new Int32Array(segments),
    right: new Int32Array(segments),
    next: new Int32Array(layered.count),
    barycentre: new Float64Array(layered.count),
  };
}

/**
 * Visiting the layer on the left in its order leaves the list of every vertex of `layer` sorted.
 *
 * @param {Layered} layered
 * @param {Order} order
 * @param {number} layer
 * @param {Neighbours} seen changed
 */
export function lookLeft({ layers, out, head, into }, { sequence }, layer, { left, next }) {
  for (let k = layers.start[layer]; k < layers.start[layer + 1]; k++) next[sequence[k]] = into[sequence[k]];
  const first = layers.start[layer - 1];
  for (let k = first; k < layers.start[layer]; k++) {
    const tail = sequence[k];
    for (let j = out.start[tail]; j < out.start[tail + 1]; j++) left[next[head[out.item[j]]]++] = k - first;
  }
}

/**
 * The same on the right, where every segment has a slot of its own: a node's operands enter one below the other.
 *
 * @param {Layered} layered
 * @param {Order} order
 * @param {number} layer
 * @param {Neighbours} seen changed
 */
export function lookRight({ layers, out, tail, into }, { sequence }, layer, { right, next }) {
  for (let k = layers.start[layer]; k < layers.start[layer + 1]; k++) next[sequence[k]] = out.start[sequence[k]];
  let slot = 0;
  for (let k = layers.start[layer + 1]; k < layers.start[layer + 2]; k++) {
    const head = sequence[k];
    for (let segment = into[head]; segment < into[head + 1]; segment++) right[next[tail[segment]]++] = slot++;
  }
}

/**
 * Both sides, as far as there are layers.
 *
 * @param {Layered} layered
 * @param {Order} order
 * @param {number} layer
 * @param {Neighbours} seen changed
 */
export function lookAround(layered, order, layer, seen) {
  if (layer > 0) lookLeft(layered, order, layer, seen);
  if (layer + 2 < layered.layers.start.length) lookRight(layered, order, layer, seen);
}

/** @param {Order} order @returns {Order} */
export function copyOf({ sequence, place }) {
  return { sequence: sequence.slice(), place: place.slice() };
}
