/**
 * Counting crossings: between two layers it is the number of inversions, found with a Fenwick tree.
 * Barth, Jünger, Mutzel, "Simple and efficient bilayer cross counting" (2002).
 */

/** @import {Layered} from "./trunks.js" */
/** @import {Neighbours, Order} from "./order.js" */

/**
 * Crossings of the whole drawing; the segments of one trunk cross nothing of their own, a node's operands count
 * as they enter it, one below the other.
 *
 * @param {Layered} layered
 * @param {Order} order
 */
export function countCrossings(layered, order) {
  const { start } = layered.layers;
  const tree = new Int32Array(widest(start) + 1);
  let crossings = 0;
  for (let layer = 1; layer + 1 < start.length; layer++) crossings += crossingsBefore(layered, order, layer, tree);
  return crossings;
}

/**
 * Crossings between a layer and the one before it: read from top to bottom, every segment crosses those read earlier
 * whose tail is lower.
 *
 * @param {Layered} layered
 * @param {Order} order
 * @param {number} layer
 * @param {Int32Array} tree scratch
 */
function crossingsBefore({ layers, into, tail }, { sequence, place }, layer, tree) {
  const places = layers.start[layer] - layers.start[layer - 1];
  tree.fill(0, 0, places + 1);
  let crossings = 0;
  let read = 0;
  for (let k = layers.start[layer]; k < layers.start[layer + 1]; k++) {
    const head = sequence[k];
    for (let segment = into[head]; segment < into[head + 1]; segment++, read++) {
      const at = place[tail[segment]] + 1;
      crossings += read;
      for (let i = at; i > 0; i &= i - 1) crossings -= tree[i];
      for (let i = at; i <= places; i += i & -i) tree[i]++;
    }
  }
  return crossings;
}

/** @param {Int32Array} start */
function widest(start) {
  let most = 0;
  for (let layer = 0; layer + 1 < start.length; layer++) most = Math.max(most, start[layer + 1] - start[layer]);
  return most;
}

/**
 * Crossings that two vertices of one layer save by changing places, one being the next below the other.
 *
 * @param {Layered} layered
 * @param {Neighbours} seen what both see of their neighbour layers
 * @param {number} upper
 * @param {number} lower
 */
export function saving({ into, out }, { left, right }, upper, lower) {
  return excess(left, into, upper, lower) + excess(right, out.start, upper, lower);
}

/**
 * Crossings on one side as they stand, less those after the change: one merge of two sorted lists.
 *
 * @param {Int32Array} places
 * @param {Int32Array} start
 * @param {number} upper
 * @param {number} lower
 */
function excess(places, start, upper, lower) {
  const from = start[lower];
  const to = start[lower + 1];
  let above = from;
  let notBelow = from;
  let sum = 0;
  for (let k = start[upper]; k < start[upper + 1]; k++) {
    const place = places[k];
    while (above < to && places[above] < place) above++;
    while (notBelow < to && places[notBelow] <= place) notBelow++;
    sum += above - from - (to - notBelow);
  }
  return sum;
}
