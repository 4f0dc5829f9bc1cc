/**
 * The network simplex method for ranks: the least total length of all edges.
 * Gansner, Koutsofios, North, Vo, "A technique for drawing directed graphs" (1993), section 2.
 *
 * A spanning tree of tight edges holds the ranks. Without one of its edges the subtree below can slide left or right;
 * it should, where that shortens more edges than it lengthens, until another edge becomes tight and takes the place of
 * the first. The cut value that decides is the sum of (edges out - edges in) over the subtree, as inner edges cancel.
 * So the tree is not updated after each exchange: a round makes all exchanges that do not touch each other, then the
 * tree is numbered anew. A round is linear in the graph. Rounds are limited: the last ones gain least.
 */

/** @import {Network, Tree} from "./types.d.ts" */

import { groupBy } from "./adjacency.js";

const ROUNDS = 150;
const VISITS_PER_VERTEX = 8;

/**
 * @param {Network} network
 * @param {Int32Array} rank feasible ranks; changed
 * @param {Int32Array} parentEdge a tight edge from every vertex but the root, together a tree; changed
 */
export function networkSimplex(network, rank, parentEdge) {
  for (let round = 0; round < ROUNDS; round++) {
    if (!exchanges(network, rank, numbered(network, parentEdge))) return;
  }
}

/**
 * @param {Network} network
 * @param {Int32Array} parentEdge
 * @returns {Tree}
 */
function numbered({ count, tail, head, net }, parentEdge) {
  const root = count - 1;
  const parent = new Int32Array(count);
  for (let v = 0; v < root; v++) parent[v] = tail[parentEdge[v]] + head[parentEdge[v]] - v;
  parent[root] = root;
  const postorder = postorderOf(parent);
  const tree = { parentEdge, parent, postorder, place: new Int32Array(count), size: new Int32Array(count).fill(1) };
  const sums = net.slice();
  postorder.forEach((v, place) => {
    tree.place[v] = place;
    if (v === root) return;
    tree.size[parent[v]] += tree.size[v];
    sums[parent[v]] += sums[v];
  });
  return { ...tree, net: sums, changed: new Uint8Array(count) };
}

/**
 * A walk that takes parents first, written down backwards.
 *
 * @param {Int32Array} parent the root, the last vertex, is its own
 */
function postorderOf(parent) {
  const root = parent.length - 1;
  const children = groupBy(parent.length, parent);
  const postorder = new Int32Array(parent.length);
  const stack = new Int32Array(parent.length);
  stack[0] = root;
  let height = 1;
  for (let place = root; place >= 0; place--) {
    const vertex = stack[--height];
    postorder[place] = vertex;
    for (let k = children.start[vertex]; k < children.start[vertex + 1]; k++) {
      if (children.item[k] !== root) stack[height++] = children.item[k];
    }
  }
  return postorder;
}

/**
 * One round of exchanges.
 *
 * @param {Network} network
 * @param {Int32Array} rank changed
 * @param {Tree} tree changed
 * @returns {boolean} whether there was any
 */
function exchanges(network, rank, tree) {
  let done = false;
  let visits = VISITS_PER_VERTEX * network.count;
  for (let place = network.count - 2; place >= 0 && visits > 0; place--) {
    const vertex = tree.postorder[place];
    const side = pull(network, tree, vertex);
    if (side === 0 || tree.changed[vertex] || tree.changed[tree.parent[vertex]]) continue;
    visits -= tree.size[vertex];
    const edge = entering(network, rank, tree, vertex, side);
    const meet = meeting(network, tree, vertex, edge, side);
    if (meet < 0) continue;
    slide(network, rank, tree, vertex, edge, side);
    hang(network, tree, vertex, edge, side, meet);
    done = true;
  }
  return done;
}

/**
 * Where the subtree of a vertex wants to go against the edge to its parent: -1 left, 1 right, 0 nowhere.
 *
 * @param {Network} network
 * @param {Tree} tree
 * @param {number} vertex
 */
function pull({ tail }, { net, parentEdge }, vertex) {
  const held = tail[parentEdge[vertex]] === vertex ? -1 : 1;
  return net[vertex] * held > 0 ? held : 0;
}

/** @param {Tree} tree @param {number} top @param {number} vertex */
function holds({ place, size }, top, vertex) {
  return place[vertex] <= place[top] && place[vertex] > place[top] - size[top];
}

/**
 * The edge that stops the subtree first: of those that it draws behind itself and that leave it, the tightest.
 *
 * @param {Network} network
 * @param {Int32Array} rank
 * @param {Tree} tree
 * @param {number} vertex
 * @param {number} side
 */
function entering({ tail, head, length, out, into }, rank, tree, vertex, side) {
  const [edges, far] = side < 0 ? [into, tail] : [out, head];
  const last = tree.place[vertex];
  let stop = -1;
  let least = Infinity;
  for (let place = last - tree.size[vertex] + 1; place <= last && least > 0; place++) {
    const inner = tree.postorder[place];
    for (let k = edges.start[inner]; k < edges.start[inner + 1]; k++) {
      const edge = edges.item[k];
      const slack = rank[head[edge]] - rank[tail[edge]] - length[edge];
      if (slack >= least || holds(tree, vertex, far[edge])) continue;
      stop = edge;
      least = slack;
    }
  }
  return stop;
}

/**
 * The lowest vertex above both the subtree and the entering edge, -1 where an earlier exchange changed the way there.
 *
 * @param {Network} network
 * @param {Tree} tree
 * @param {number} vertex
 * @param {number} edge
 * @param {number} side
 */
function meeting({ tail, head }, tree, vertex, edge, side) {
  const [inner, outer] = side < 0 ? [head[edge], tail[edge]] : [tail[edge], head[edge]];
  const { parent, changed } = tree;
  let meet = parent[vertex];
  while (!changed[meet] && !holds(tree, meet, outer)) meet = parent[meet];
  if (changed[meet]) return -1;
  for (let v = outer; v !== meet; v = parent[v]) if (changed[v]) return -1;
  for (let v = inner; v !== vertex; v = parent[v]) if (changed[v]) return -1;
  return meet;
}

/**
 * Move the subtree until the entering edge is tight.
 *
 * @param {Network} network
 * @param {Int32Array} rank changed
 * @param {Tree} tree
 * @param {number} vertex
 * @param {number} edge
 * @param {number} side
 */
function slide({ tail, head, length }, rank, { postorder, place, size }, vertex, edge, side) {
  const slack = rank[head[edge]] - rank[tail[edge]] - length[edge];
  for (let k = place[vertex] - size[vertex] + 1; k <= place[vertex]; k++) rank[postorder[k]] += side * slack;
}

/**
 * Hang the subtree on the entering edge: the edges from there up to its old top turn round.
 *
 * @param {Network} network
 * @param {Tree} tree changed
 * @param {number} vertex
 * @param {number} edge
 * @param {number} side
 * @param {number} meet
 */
function hang({ tail, head }, { parent, parentEdge, changed }, vertex, edge, side, meet) {
  const [inner, outer] = side < 0 ? [head[edge], tail[edge]] : [tail[edge], head[edge]];
  for (let v = vertex; v !== meet; v = parent[v]) changed[v] = 1;
  for (let v = outer; v !== meet; v = parent[v]) changed[v] = 1;
  let [v, carried] = [inner, edge];
  for (; v !== vertex; v = parent[v]) {
    [carried, parentEdge[v]] = [parentEdge[v], carried];
    changed[v] = 1;
  }
  parentEdge[vertex] = carried;
}
