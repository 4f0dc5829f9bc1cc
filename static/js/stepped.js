/** Where a walk through the steps of a document stands: what has been made by then, which gradients there are, what comes next. */

/** @import { GraphDocument, GraphEdge, GraphNode, State, TakenStep } from "./types.d.ts" */

/** @typedef {"forward" | "seed" | "backward"} Phase */

/**
 * One step: where it is, which line runs, and which gradients it makes: more by an amount, or another number after it.
 * @typedef {object} Turn
 * @property {Phase} phase
 * @property {number} node
 * @property {number | null} line
 * @property {{ node: number, amount?: number, after?: number }[]} gives
 */

/**
 * A document as steps go through it.
 * @typedef {object} Walk
 * @property {readonly Turn[]} turns
 * @property {readonly number[]} making the operations in the order in which they are computed
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
function walkThrough(document) {
  const nodes = new Map(document.nodes.map((node) => [node.id, node]));
  /** @type {Map<number, GraphEdge[]>} */
  const into = new Map(document.graph.order.map((node) => [node, []]));
  for (const edge of document.edges) into.get(edge.target)?.push(edge);
  const turns = document.steps ? document.steps.map(taken) : derived(document, nodes, into);
  const [made, given, complete] = [new Map(), new Map(), new Map()];
  turns.forEach(({ phase, node, gives }, place) => {
    if (phase === "forward") made.set(node, place + 1);
    else if (phase === "backward") given.set(node, place + 1);
    for (const one of gives) complete.set(one.node, place + 1);
  });
  return { turns, making: [...made.keys()], made, given, complete, nodes, into };
}

/**
 * A step that the document carries.
 * @param {TakenStep} step
 * @returns {Turn}
 */
const taken = ({ phase, kind, node, line, deposits }) => ({
  phase: kind === "seed" ? "seed" : phase,
  node,
  line,
  gives: deposits.map((one) => ({ node: one.node, after: Number(one.after) })),
});

/**
 * The steps of a document that carries none: each operation, the seed, and each operation on the way back.
 * @param {GraphDocument} document
 * @param {Map<number, GraphNode>} nodes
 * @param {Map<number, GraphEdge[]>} into
 * @returns {Turn[]}
 */
function derived({ graph: { order, output } }, nodes, into) {
  /** @type {(phase: Phase, node: number, gives: Turn["gives"]) => Turn} */
  const turn = (phase, node, gives) => ({ phase, node, line: nodes.get(node)?.line ?? null, gives });
  /** @param {GraphEdge} edge @returns {Turn["gives"]} */
  const given = ({ source, flow }) => (flow === null ? [] : [nodes.get(source)?.adjoint === null ? { node: source } : { node: source, amount: Number(flow) }]);
  const forward = order.toSorted((one, other) => one - other).map((node) => turn("forward", node, []));
  if (output === null) return forward;
  const back = order.map((node) => turn("backward", node, (into.get(node) ?? []).flatMap(given)));
  return [...forward, turn("seed", output, [{ node: output, after: 1 }]), ...back];
}

/**
 * What the step does after which `step` steps are done: in which phase, at which node; null before the first and where
 * nothing is marked. Beyond the last it is the last.
 * @param {GraphDocument | null} document
 * @param {number | null} step
 * @returns {Turn | null}
 */
export function doing(document, step) {
  if (document === null || document.graph.output === null || step === null || step < 1) return null;
  const { turns } = walkOf(document);
  return turns[Math.min(step, turns.length) - 1] ?? null;
}

/**
 * The line that runs at this step, counted from 1; null where none does.
 * @param {Pick<State, "document" | "step">} state
 */
export function runningLine({ document, step }) {
  return doing(document, step)?.line ?? null;
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
  /** @type {Map<number, number>} */
  const sums = new Map();
  for (const { gives } of walkOf(document).turns.slice(0, step)) {
    for (const { node, amount, after } of gives) {
      if (after !== undefined) sums.set(node, after);
      else if (amount !== undefined) sums.set(node, sums.has(node) ? Number(sums.get(node)) + amount : amount);
    }
  }
  return sums;
}
