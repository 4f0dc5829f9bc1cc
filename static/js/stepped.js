/** Where a walk through the steps of a document stands: what has been made by then, which gradients there are, what comes next. */

/** @import { GraphDocument, GraphEdge, GraphNode, State } from "./types.d.ts" */

/**
 * A document as steps go through it.
 * @typedef {object} Walk
 * @property {readonly number[]} making the operations in the order in which they are computed
 * @property {readonly number[]} giving the operations in the order in which they hand their gradients on
 * @property {ReadonlyMap<number, number>} made by operation: how many steps are done when it has its value
 * @property {ReadonlyMap<number, number>} given by operation: how many steps are done when it has handed its gradient on
 * @property {ReadonlyMap<number, number>} complete by node: how many steps are done when its gradient is complete
 * @property {ReadonlyMap<number, GraphNode>} nodes by id
 * @property {ReadonlyMap<number, readonly GraphEdge[]>} into by target
 */

/** @type {WeakMap<GraphDocument, Walk>} */
const walks = new WeakMap();

/**
 * @param {GraphDocument} document
 * @returns {Walk}
 */
export function walkOf(document) {
  const known = walks.get(document);
  if (known) return known;
  const walk = walkThrough(document);
  walks.set(document, walk);
  return walk;
}

/**
 * @param {GraphDocument} document
 * @returns {Walk}
 */
function walkThrough({ graph, nodes, edges }) {
  const giving = graph.order;
  const making = [...giving].sort((one, other) => one - other);
  /** @type {Map<number, GraphEdge[]>} */
  const into = new Map(making.map((node) => [node, []]));
  for (const edge of edges) into.get(edge.target)?.push(edge);
  const given = new Map(giving.map((node, place) => [node, making.length + place + 2]));
  /** @type {Map<number, number>} */
  const complete = new Map(graph.output === null ? [] : [[graph.output, making.length + 1]]);
  for (const { source, target, flow } of edges) {
    const done = given.get(target);
    if (flow !== null && done !== undefined) complete.set(source, Math.max(done, complete.get(source) ?? 0));
  }
  return {
    making,
    giving,
    made: new Map(making.map((node, place) => [node, place + 1])),
    given,
    complete,
    nodes: new Map(nodes.map((node) => [node.id, node])),
    into,
  };
}

/** @typedef {"forward" | "seed" | "backward"} Phase */

/**
 * What the step does after which `step` steps are done: in which phase, at which node; null before the first and where
 * nothing is marked. Beyond the last it is the last.
 * @param {GraphDocument | null} document
 * @param {number | null} step
 * @returns {{ phase: Phase, node: number } | null}
 */
export function doing(document, step) {
  if (document === null || document.graph.output === null || step === null || step < 1) return null;
  const { making, giving } = walkOf(document);
  const seed = making.length + 1;
  if (step < seed) return { phase: "forward", node: making[step - 1] };
  if (step === seed || giving.length === 0) return { phase: "seed", node: document.graph.output };
  return { phase: "backward", node: giving[Math.min(step - seed, giving.length) - 1] };
}

/**
 * The line that runs at this step, counted from 1; null where none does.
 * @param {Pick<State, "document" | "step">} state
 */
export function runningLine({ document, step }) {
  const now = doing(document, step);
  return (document && now && walkOf(document).nodes.get(now.node)?.line) ?? null;
}

/**
 * How many steps are done when a node has its value; 0 for what is there from the start, null for what is not in the document.
 * @param {GraphDocument} document
 * @param {number} node
 */
export function stepThatMade(document, node) {
  const { made, nodes } = walkOf(document);
  return nodes.has(node) ? (made.get(node) ?? 0) : null;
}

/**
 * How many steps are done when the gradient of a node is complete; null for a node that gets none.
 * @param {GraphDocument} document
 * @param {number} node
 */
export const stepThatGave = (document, node) => walkOf(document).complete.get(node) ?? null;

/**
 * A document as far as so many steps have come: the nodes that are there by then, with the gradients they have by then.
 * @param {GraphDocument} document
 * @param {number | null} step
 * @returns {GraphDocument}
 */
export function documentAt(document, step) {
  if (step === null) return document;
  const { made } = walkOf(document);
  const grads = gradsAt(document, step);
  const there = document.nodes.filter(({ id }) => (made.get(id) ?? 0) <= step);
  return { ...document, nodes: there.map((node) => ({ ...node, grad: node.grad === null ? null : (grads.get(node.id) ?? null) })) };
}

/**
 * The gradients as far as so many steps have come, by node: those of the finished picture where `step` is null, else
 * the sums of this pass so far. What has none yet is not there.
 * @param {GraphDocument} document
 * @param {number | null} step
 * @returns {Map<number, number>}
 */
export function gradsAt(document, step) {
  if (step === null) return new Map(document.nodes.flatMap(({ id, grad }) => (grad === null ? [] : [[id, Number(grad)]])));
  const { giving, into, nodes } = walkOf(document);
  const done = step - giving.length - 1;
  if (done < 0 || document.graph.output === null) return new Map();
  const sums = new Map([[document.graph.output, 1]]);
  for (const target of giving.slice(0, done)) {
    for (const { source, flow } of into.get(target) ?? []) {
      if (flow === null || nodes.get(source)?.adjoint === null) continue;
      const before = sums.get(source);
      sums.set(source, before === undefined ? Number(flow) : before + Number(flow));
    }
  }
  return sums;
}
