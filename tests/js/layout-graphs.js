/**
 * Computation graphs for the tests and benches of the layout: every function returns a LayoutGraph.
 */

/** @import {LayoutGraph} from "../../static/js/layout.types.js" */

/**
 * @param {number} count
 * @param {[number, number][]} edges
 * @returns {LayoutGraph}
 */
export function graphOf(count, edges) {
  return {
    count,
    source: Int32Array.from(edges, ([source]) => source),
    target: Int32Array.from(edges, ([, target]) => target),
  };
}

/** A drawing pad for expressions: nodes in the order in which they are made, as the engine numbers them. */
function expression() {
  /** @type {[number, number][]} */
  const edges = [];
  let count = 0;
  const node = (/** @type {number[]} */ ...operands) => {
    for (const operand of operands) edges.push([operand, count]);
    return count++;
  };
  return { node, graph: () => graphOf(count, edges), size: () => count };
}

export const empty = () => graphOf(0, []);
export const single = () => graphOf(1, []);
export const square = () => graphOf(2, [[0, 1], [0, 1]]);
export const diamond = () => graphOf(4, [[0, 1], [0, 2], [1, 3], [2, 3]]);

/** x, tanh(x), tanh(tanh(x)), … @param {number} count */
export const chain = (count) => graphOf(count, Array.from({ length: count - 1 }, (_, k) => [k, k + 1]));

/** One input used by many, all of them added up in one chain. @param {number} width */
export function fan(width) {
  const { node, graph } = expression();
  const x = node();
  const uses = Array.from({ length: width }, () => node(x));
  uses.reduce((sum, use) => node(sum, use));
  return graph();
}

/**
 * A net written neuron by neuron: b + w0*x0 + w1*x1 + …, then tanh.
 *
 * @param {number} inputs
 * @param {number[]} widths of the layers
 */
export function mlp(inputs, widths) {
  const { node, graph } = expression();
  let values = Array.from({ length: inputs }, () => node());
  for (const width of widths) {
    const operands = values;
    values = Array.from({ length: width }, () => {
      const weights = operands.map(() => node());
      const bias = node();
      const products = operands.map((x, k) => node(weights[k], x));
      return node(products.reduce((sum, product) => node(sum, product), bias));
    });
  }
  return graph();
}

/** @param {number} seed @returns {() => number} numbers in [0, 1): mulberry32 */
export function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 4294967296;
  };
}

const REUSE = 0.28;

/**
 * A random expression of about `count` nodes with one output, in which 28 % of the operands were used before.
 * Operands are among the `memory` last ones, as in a program; with an unbounded memory it is a tangle.
 *
 * @param {number} count
 * @param {number} seed
 * @param {number} [memory]
 */
export function randomExpression(count, seed, memory = 12) {
  const draw = random(seed);
  const { node, graph, size } = expression();
  /** @type {number[]} values that nothing uses yet */
  const open = [];
  const recent = (/** @type {number} */ length) => length - 1 - Math.floor(draw() * Math.min(memory, length));
  const take = () => (draw() < REUSE ? recent(size()) : open.splice(recent(open.length), 1)[0]);
  while (size() + open.length < count) {
    if (open.length < 2 || draw() < 0.3) open.push(node());
    else if (draw() < 0.25) open.push(node(take()));
    else {
      const first = take();
      open.push(node(first, open.length > 0 ? take() : first));
    }
  }
  while (open.length > 1) open.push(node(/** @type {number} */ (open.shift()), /** @type {number} */ (open.shift())));
  return graph();
}

/** Several graphs side by side. @param {LayoutGraph[]} parts */
export function disjoint(...parts) {
  /** @type {[number, number][]} */
  const edges = [];
  let count = 0;
  for (const part of parts) {
    part.source.forEach((source, edge) => edges.push([source + count, part.target[edge] + count]));
    count += part.count;
  }
  return graphOf(count, edges);
}

/**
 * One small edit of a program, and for every node of the new graph what it was in the old one (-1: new).
 *
 * @typedef {{graph: LayoutGraph, was: number[]}} Edit
 */

/**
 * Insert `+ leaf` in an edge, wrap a node in tanh, or rewire an operand to an earlier node.
 *
 * @param {LayoutGraph} graph whose edges lead to higher numbers
 * @param {number} seed
 * @returns {Edit}
 */
export function edited(graph, seed) {
  const draw = random(seed);
  /** @type {[number, number][]} */
  const edges = Array.from(graph.source, (source, edge) => [source, graph.target[edge]]);
  [insertLeaf, wrap, rewire][seed % 3](edges, (below) => Math.floor(draw() * below));
  return renumbered(edges, graph.count);
}

/**
 * Changes the edges; new nodes get numbers between the old ones.
 *
 * @typedef {(edges: [number, number][], pick: (below: number) => number) => void} Change
 */

/** @type {Change} */
function insertLeaf(edges, pick) {
  const edge = edges[pick(edges.length)];
  const [operand, user] = edge;
  edges.push([operand, user - 0.25], [user - 0.5, user - 0.25]);
  edge[0] = user - 0.25;
}

/** @type {Change} */
function wrap(edges, pick) {
  const [node] = edges[pick(edges.length)];
  for (const edge of edges) if (edge[0] === node) edge[0] = node + 0.5;
  edges.push([node, node + 0.5]);
}

/** @type {Change} */
function rewire(edges, pick) {
  const edge = edges[pick(edges.length)];
  edge[0] = pick(edge[1]);
}

/**
 * @param {[number, number][]} edges
 * @param {number} count of the old nodes
 * @returns {Edit}
 */
function renumbered(edges, count) {
  const old = Array.from({ length: count }, (_, node) => node);
  const numbers = [...new Set([...old, ...edges.flat()])].sort((a, b) => a - b);
  const place = new Map(numbers.map((number, node) => [number, node]));
  const to = (/** @type {number} */ number) => /** @type {number} */ (place.get(number));
  const graph = graphOf(numbers.length, edges.map(([source, target]) => [to(source), to(target)]));
  return { graph, was: numbers.map((number) => (Number.isInteger(number) ? number : -1)) };
}
