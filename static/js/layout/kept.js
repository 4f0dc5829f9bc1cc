/**
 * Stage 1 of a warm start: the ranks of the picture before an edit, changed only where the edit needs it.
 */

/** @import {LayoutGraph} from "../layout.types.js" */

import { groupBy } from "./adjacency.js";
import { longestPaths } from "./ranks.js";

/**
 * Push nodes behind their operands, then let operands follow at the distance they had.
 *
 * @param {LayoutGraph} graph
 * @param {Float64Array} former rank of every node, NaN for new ones
 * @returns {Int32Array} rank of every node, from 0, none empty
 * @throws {RangeError} where the edges form a cycle
 */
export function keptRanks(graph, former) {
  const { topological } = longestPaths(graph);
  const rank = Float64Array.from(former, (r) => (Number.isNaN(r) ? 0 : r));
  pushed(graph, topological, rank);
  following(graph, topological, former, rank);
  return withoutGaps(rank);
}

/**
 * @param {LayoutGraph} graph
 * @param {Int32Array} topological
 * @param {Float64Array} rank changed
 */
function pushed({ count, source, target }, topological, rank) {
  const into = groupBy(count, target);
  for (const node of topological) {
    for (let k = into.start[node]; k < into.start[node + 1]; k++) {
      rank[node] = Math.max(rank[node], rank[source[into.item[k]]] + 1);
    }
  }
}

/**
 * @param {LayoutGraph} graph
 * @param {Int32Array} topological
 * @param {Float64Array} former
 * @param {Float64Array} rank changed
 */
function following({ count, source, target }, topological, former, rank) {
  const out = groupBy(count, source);
  for (const node of topological.slice().reverse()) {
    let [firstUse, distance] = [Infinity, Infinity];
    for (let k = out.start[node]; k < out.start[node + 1]; k++) {
      const use = target[out.item[k]];
      const apart = former[use] - former[node];
      firstUse = Math.min(firstUse, rank[use]);
      distance = Math.min(distance, apart >= 1 ? apart : Infinity);
    }
    if (Number.isNaN(former[node])) distance = 1;
    if (firstUse < Infinity) rank[node] = Math.max(rank[node], firstUse - distance);
  }
}

/** @param {Float64Array} rank */
function withoutGaps(rank) {
  const used = new Uint8Array(rank.reduce((most, r) => Math.max(most, r), -1) + 1);
  for (const r of rank) used[r] = 1;
  let next = 0;
  const renumbered = Int32Array.from(used, (is) => (is ? next++ : 0));
  return Int32Array.from(rank, (r) => renumbered[r]);
}
