/**
 * Stage 2: the layered graph, in which every segment joins two neighbouring layers.
 *
 * An edge that passes ranks needs a dummy point in each of them. All long edges of one node share one chain of points,
 * its **trunk**: point j of node u stands at rank u + 1 + j, and an edge leaves the trunk just before its target.
 * So a value that is used a hundred times is one line that branches, not a hundred lines (confluent drawing:
 * Dickerson, Eppstein, Goodrich, Meng, 2005; hyperedges in Sander, "Layout of directed hypergraphs", 2004).
 */

/** @import {LayoutGraph} from "../layout.types.js" */
/** @import {Adjacency} from "./adjacency.js" */

import { groupBy } from "./adjacency.js";

/**
 * Vertices are the nodes (0 … nodes - 1) and then the points of the trunks. Segments are sorted by head, those of one
 * head in operand order: the segments into `v` are `into[v] … into[v + 1] - 1`.
 *
 * @typedef {object} Layered
 * @property {number} nodes how many vertices are nodes
 * @property {number} count all vertices
 * @property {Int32Array} layer layer of every vertex
 * @property {Int32Array} trunk first trunk point of every node; that of node u + 1 ends the trunk of u
 * @property {Int32Array} tail vertex where a segment starts
 * @property {Int32Array} head vertex where it ends
 * @property {Int32Array} into first segment into every vertex
 * @property {Adjacency} out segments out of every vertex
 * @property {Adjacency} layers vertices of every layer, in no particular order
 */

/**
 * @param {LayoutGraph} graph
 * @param {Int32Array} rank
 * @returns {Layered}
 */
export function trunks(graph, rank) {
  const trunk = trunkStarts(graph, rank);
  const count = trunk[graph.count];
  const layer = new Int32Array(count);
  layer.set(rank);
  const { tail, head } = segments(graph, rank, trunk, layer);

  const byHead = groupBy(count, head);
  const sortedTail = byHead.item.map((segment) => tail[segment]);
  const sortedHead = byHead.item.map((segment) => head[segment]);
  return {
    nodes: graph.count,
    count,
    layer,
    trunk,
    tail: sortedTail,
    head: sortedHead,
    into: byHead.start,
    out: groupBy(count, sortedTail),
    layers: groupBy(layerCount(layer), layer),
  };
}

/**
 * The vertex from which an edge goes to its target: its source, or the trunk's point one rank before the target.
 *
 * @param {number} source
 * @param {number} span ranks from source to target
 * @param {Int32Array} trunk
 */
function lastVertex(source, span, trunk) {
  return span === 1 ? source : trunk[source] + span - 2;
}

/**
 * @param {LayoutGraph} graph
 * @param {Int32Array} rank
 */
function trunkStarts(graph, rank) {
  const length = new Int32Array(graph.count);
  for (let edge = 0; edge < graph.source.length; edge++) {
    const source = graph.source[edge];
    length[source] = Math.max(length[source], rank[graph.target[edge]] - rank[source] - 1);
  }
  const trunk = new Int32Array(graph.count + 1);
  trunk[0] = graph.count;
  for (let node = 0; node < graph.count; node++) trunk[node + 1] = trunk[node] + length[node];
  return trunk;
}

/**
 * @param {LayoutGraph} graph
 * @param {Int32Array} rank
 * @param {Int32Array} trunk
 * @param {Int32Array} layer written for the trunks' points
 */
function segments(graph, rank, trunk, layer) {
  const edges = graph.source.length;
  const tail = new Int32Array(edges + layer.length - graph.count);
  const head = new Int32Array(tail.length);
  for (let edge = 0; edge < edges; edge++) {
    const [source, target] = [graph.source[edge], graph.target[edge]];
    tail[edge] = lastVertex(source, rank[target] - rank[source], trunk);
    head[edge] = target;
  }
  let segment = edges;
  for (let node = 0; node < graph.count; node++) {
    for (let point = trunk[node]; point < trunk[node + 1]; point++, segment++) {
      layer[point] = rank[node] + 1 + point - trunk[node];
      tail[segment] = point === trunk[node] ? node : point - 1;
      head[segment] = point;
    }
  }
  return { tail, head };
}

/** @param {Int32Array} layer */
function layerCount(layer) {
  let count = 0;
  for (const place of layer) count = Math.max(count, place + 1);
  return count;
}
