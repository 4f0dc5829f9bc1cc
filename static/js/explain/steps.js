/** The steps of a document as data: each operation forward, the seed, each operation backward. `engine/explain/steps.py` */

/** @import { GraphDocument } from "../types.d.ts" */
/** @import { Deposit, Edge, Graph, Reading, Step } from "./types.d.ts" */

import { takenSteps } from "../own/steps.js";
import { bareGraphOf, graphOf, nodeAt, operandsOf } from "./graph.js";

/** @type {WeakMap<Graph, Step[]>} */
const COUNTED = new WeakMap();

/**
 * All steps, in order: `graph.steps` of them; none where there is nothing to differentiate. Asked again, the same ones.
 * @param {GraphDocument} document
 * @param {Reading} [reading]
 * @returns {Step[]}
 */
export function stepsOf(document, reading) {
  const graph = graphOf(document, reading);
  const steps = COUNTED.get(graph) ?? (document.steps ? takenSteps(graph, document.steps) : counted(graph));
  COUNTED.set(graph, steps);
  return steps;
}

/**
 * @param {Graph} graph
 * @returns {Step[]}
 */
function counted(graph) {
  const { order, output } = graph;
  if (output === null) return [];
  /** @type {Step[]} */
  const steps = order.toSorted((a, b) => a - b).map((node, index) => ({ index, phase: "forward", kind: "make", node, deposits: made(graph, node) }));
  steps.push({ index: order.length, phase: "backward", kind: "seed", node: output, deposits: [] });
  /** @type {Map<number, number>} */
  const held = new Map();
  for (const node of order) {
    const deposits = operandsOf(graph, node).map((edge) => given(graph, edge, held));
    steps.push({ index: steps.length, phase: "backward", kind: "give", node, deposits });
  }
  return steps;
}

/**
 * @param {Graph} graph
 * @param {number} node
 * @returns {Deposit[]}
 */
const made = (graph, node) =>
  operandsOf(graph, node).map((edge) => ({
    edge,
    data: nodeAt(graph, edge.source).data,
    local: edge.local,
    upstream: null,
    amount: null,
    before: null,
    after: null,
  }));

/**
 * The deposit along an edge; `held` has what each node got so far.
 * @param {Graph} graph
 * @param {Edge} edge
 * @param {Map<number, number>} held
 * @returns {Deposit}
 */
function given(graph, edge, held) {
  const { source, target, local, flow } = edge;
  const operand = nodeAt(graph, source);
  const before = held.get(source) ?? null;
  let after = null;
  if (flow !== null && operand.kind !== "scope") {
    after = before === null ? flow : before + flow;
    held.set(source, after);
  }
  return { edge, data: operand.data, local, upstream: nodeAt(graph, target).handed, amount: flow, before, after };
}

/**
 * By node from which place of the order on it could give: all that use it have given by then.
 * @param {GraphDocument} document
 * @returns {Map<number, number>}
 */
export function readyOf(document) {
  const graph = bareGraphOf(document);
  const since = new Map(graph.order.map((node) => [node, 0]));
  graph.order.forEach((node, place) => {
    for (const { source } of operandsOf(graph, node)) {
      if (since.has(source)) since.set(source, Math.max(since.get(source) ?? 0, place + 1));
    }
  });
  return since;
}

/**
 * The operations that could give when step `index` runs, in the order in which they will; empty forward, and where steps
 * were taken in an order that does not follow from the graph.
 * @param {GraphDocument} document
 * @param {number} index
 * @returns {number[]}
 */
export function pendingAt(document, index) {
  const { order } = document.graph;
  const turn = index - order.length - 1;
  if (turn < 0 || document.steps) return [];
  const since = readyOf(document);
  return order.slice(turn).filter((node) => (since.get(node) ?? 0) <= turn);
}
