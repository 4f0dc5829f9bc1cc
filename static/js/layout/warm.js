/**
 * A warm start: the order of the picture before an edit, in which only what is new looks for its place.
 */

/** @import {Layered} from "./trunks.js" */
/** @import {Ordered} from "./ordering.js" */

import { countCrossings } from "./crossings.js";
import { neighbours, orderBy } from "./order.js";
import { sift } from "./sift.js";

/**
 * Surviving nodes keep their order; new nodes and the points of trunks start amid their neighbours and are sifted.
 *
 * @param {Layered} layered
 * @param {Float64Array} former centre of every node along its layer, NaN for new ones
 * @returns {Ordered}
 */
export function warmOrdering(layered, former) {
  const order = orderBy(layered, expected(layered, former));
  sift(layered, order, neighbours(layered), (vertex) => vertex >= layered.nodes || Number.isNaN(former[vertex]));
  return { order, crossings: countCrossings(layered, order) };
}

/**
 * Where every vertex may be expected: where it was, else amid its operands, else amid its uses, else below all.
 *
 * @param {Layered} layered
 * @param {Float64Array} former
 */
function expected(layered, former) {
  const { tail, into, layers } = layered;
  const heights = new Float64Array(layered.count).fill(NaN);
  heights.set(former);
  for (const vertex of layers.item) {
    if (Number.isNaN(heights[vertex])) heights[vertex] = mean(heights, tail.subarray(into[vertex], into[vertex + 1]));
  }
  for (const vertex of layers.item.slice().reverse()) {
    if (Number.isNaN(heights[vertex])) heights[vertex] = mean(heights, headsOf(layered, vertex));
  }
  for (let node = 0; node < layered.nodes; node++) straighten(layered, heights, node);
  return heights.map((height) => (Number.isNaN(height) ? Infinity : height));
}

/**
 * Lay the trunk of a node straight, amid the node and what the trunk leads to.
 *
 * @param {Layered} layered
 * @param {Float64Array} heights changed
 * @param {number} node
 */
function straighten(layered, heights, node) {
  const [from, to] = [layered.trunk[node], layered.trunk[node + 1]];
  const ends = [node];
  for (let point = from; point < to; point++) {
    for (const head of headsOf(layered, point)) if (head < layered.nodes) ends.push(head);
  }
  heights.fill(mean(heights, ends), from, to);
}

/** @param {Layered} layered @param {number} vertex */
function headsOf({ out, head }, vertex) {
  return out.item.subarray(out.start[vertex], out.start[vertex + 1]).map((segment) => head[segment]);
}

/**
 * The mean of those that are known.
 *
 * @param {Float64Array} heights
 * @param {ArrayLike<number>} vertices
 */
function mean(heights, vertices) {
  let [sum, known] = [0, 0];
  for (let k = 0; k < vertices.length; k++) {
    if (Number.isNaN(heights[vertices[k]])) continue;
    sum += heights[vertices[k]];
    known++;
  }
  return sum / known;
}
