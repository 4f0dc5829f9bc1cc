/**
 * Stage 1: the rank (column) of every node, so that every edge points to a higher rank.
 *
 * There are two good answers. *Late* ranks (longest path, then as late as possible, ALAP) put every node just before
 * its first use; the neurons of a layer then stand staggered and one trunk serves them in turn. *Short* ranks (network
 * simplex) have the least total edge length, which is best for programs that come back to old values.
 * Sugiyama, Tagawa, Toda, "Methods for visual understanding of hierarchical system structures" (1981).
 */

/** @import {LayoutGraph} from "../layout.types.js" */
/** @import {Network} from "./types.d.ts" */

import { groupBy } from "./adjacency.js";
import { networkSimplex } from "./simplex.js";

/**
 * @param {LayoutGraph} graph
 * @returns {Int32Array[]} late and short ranks of every node, each from 0
 * @throws {RangeError} where the edges form a cycle
 */
export function rankings(graph) {
  const { topological, longest } = longestPaths(graph);
  const network = anchored(graph, longest);
  const { rank, parentEdge } = asLateAsPossible(network, topological);
  const late = fromZero(rank, graph.count);
  networkSimplex(network, rank, parentEdge);
  return [late, fromZero(rank, graph.count)];
}

/**
 * Kahn's algorithm.
 *
 * @param {LayoutGraph} graph
 * @returns {{topological: Int32Array, longest: Int32Array}} the nodes in topological order; the edges on the longest
 *   path to every node
 * @throws {RangeError} where the edges form a cycle
 */
export function longestPaths({ count, source, target }) {
  const out = groupBy(count, source);
  const waiting = new Int32Array(count);
  for (const node of target) waiting[node]++;
  const topological = new Int32Array(count);
  const longest = new Int32Array(count);
  let found = 0;
  for (let node = 0; node < count; node++) if (waiting[node] === 0) topological[found++] = node;
  for (let done = 0; done < found; done++) {
    const node = topological[done];
    for (let k = out.start[node]; k < out.start[node + 1]; k++) {
      const user = target[out.item[k]];
      longest[user] = Math.max(longest[user], longest[node] + 1);
      if (--waiting[user] === 0) topological[found++] = user;
    }
  }
  if (found < count) throw new RangeError("layout needs a graph without cycles");
  return { topological, longest };
}

/**
 * The graph and a root to which every sink is tied by an edge that costs nothing, just long enough that the sink can
 * stay at its longest path: so all parts hang together.
 *
 * @param {LayoutGraph} graph
 * @param {Int32Array} longest
 * @returns {Network}
 */
function anchored({ count, source, target }, longest) {
  const net = new Int32Array(count + 1);
  for (let edge = 0; edge < source.length; edge++) {
    net[source[edge]]++;
    net[target[edge]]--;
  }
  const used = new Uint8Array(count);
  for (const node of source) used[node] = 1;
  const sinks = longest.map((_, node) => node).filter((node) => used[node] === 0);

  const end = longest.reduce((most, rank) => Math.max(most, rank), 0) + 1;
  const tail = joined(source, sinks);
  const head = joined(target, new Int32Array(sinks.length).fill(count));
  const length = joined(
    new Int32Array(source.length).fill(1),
    sinks.map((sink) => end - longest[sink]),
  );
  return { count: count + 1, tail, head, length, net, out: groupBy(count + 1, tail), into: groupBy(count + 1, head) };
}

/**
 * Every node just before its first use, and the edge to that use: these edges are tight and form a tree.
 *
 * @param {Network} network
 * @param {Int32Array} topological
 */
function asLateAsPossible({ count, head, length, out }, topological) {
  const rank = new Int32Array(count);
  const parentEdge = new Int32Array(count).fill(-1);
  for (let k = topological.length - 1; k >= 0; k--) {
    const node = topological[k];
    let latest = Infinity;
    for (let j = out.start[node]; j < out.start[node + 1]; j++) {
      const edge = out.item[j];
      if (rank[head[edge]] - length[edge] >= latest) continue;
      latest = rank[head[edge]] - length[edge];
      parentEdge[node] = edge;
    }
    rank[node] = latest;
  }
  return { rank, parentEdge };
}

/** @param {Int32Array} first @param {Int32Array} second */
function joined(first, second) {
  const all = new Int32Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}

/** @param {Int32Array} rank @param {number} count */
function fromZero(rank, count) {
  const nodes = rank.slice(0, count);
  const least = nodes.reduce((low, r) => Math.min(low, r), Infinity);
  return nodes.map((r) => r - least);
}
