/**
 * Stage 5: the lines. Every edge follows its source's trunk and leaves it just before its target.
 *
 * A line bends only at the borders of the ranks' columns: within a column it runs along the ranks, between its boxes,
 * so that it meets no node but its own.
 */

/** @import {LayoutGraph} from "../layout.types.js" */
/** @import {Layered} from "./trunks.js" */

import { groupBy } from "./adjacency.js";
import { offset } from "./ports.js";

/**
 * @typedef {object} Columns
 * @property {Float64Array} near where the column of every rank begins
 * @property {Float64Array} far where it ends
 */

/**
 * One column a rank, as wide as its widest node.
 *
 * @param {Int32Array} rank
 * @param {Float64Array} depth extent of every node along the ranks
 * @param {number} gap between two columns
 * @returns {Columns}
 */
export function columns(rank, depth, gap) {
  const count = rank.reduce((most, r) => Math.max(most, r + 1), 0);
  const near = new Float64Array(count);
  const far = new Float64Array(count);
  rank.forEach((r, node) => {
    far[r] = Math.max(far[r], depth[node]);
  });
  for (let r = 0; r < count; r++) {
    near[r] = r === 0 ? 0 : far[r - 1] + gap;
    far[r] += near[r];
  }
  return { near, far };
}

/**
 * What the routes are drawn from. `across` is measured along a layer, `along` in the direction of the ranks.
 *
 * @typedef {object} Placed
 * @property {Layered} layered
 * @property {Int32Array} entering segments in the order of the ports
 * @property {Columns} columns
 * @property {Float64Array} along centre of every node
 * @property {Float64Array} across centre of every vertex
 * @property {Float64Array} depth extent of every node along the ranks
 * @property {Float64Array} extent extent of every node along its layer
 */

/**
 * @param {LayoutGraph} graph
 * @param {Placed} placed
 * @returns {Float64Array[]} [along, across, along, across, …] for every edge
 */
export function routes(graph, placed) {
  const { layered, entering, across, extent } = placed;
  const edges = groupBy(graph.count, graph.target); // as the segments are: by target, in operand order
  /** @type {Float64Array[]} */
  const lines = new Array(graph.source.length);
  for (let node = 0; node < graph.count; node++) {
    const [from, to] = [layered.into[node], layered.into[node + 1]];
    for (let k = from; k < to; k++) {
      const edge = edges.item[edges.start[node] + entering[k] - from];
      lines[edge] = route(placed, graph.source[edge], node, across[node] + offset(k - from, to - from, extent[node]));
    }
  }
  return lines;
}

/**
 * @param {Placed} placed
 * @param {number} source
 * @param {number} target
 * @param {number} end where the line ends along the target's layer
 */
function route({ layered, columns: { near, far }, along, across, depth }, source, target, end) {
  const [first, last] = [layered.layer[source], layered.layer[target]];
  const leave = along[source] + depth[source] / 2;
  const arrive = along[target] - depth[target] / 2;
  const points = [leave, across[source]];
  if (leave < far[first]) points.push(far[first], across[source]);
  for (let rank = first + 1; rank < last; rank++) {
    const height = across[layered.trunk[source] + rank - first - 1];
    points.push(near[rank], height, far[rank], height);
  }
  if (arrive > near[last]) points.push(near[last], end);
  points.push(arrive, end);
  return Float64Array.from(points);
}
