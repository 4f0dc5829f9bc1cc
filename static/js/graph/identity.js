/** Which node of an edited program is which node of the one before: what lets the picture move instead of jump. */

/** @import { GraphDocument, GraphNode } from "../types.d.ts" */

/** @typedef {Pick<GraphDocument, "nodes" | "edges">} Graph */

/**
 * The nodes of `next` that were in `previous`, by id: first those with a name, then those that do the same to the same operands,
 * then the rest by operation, in the order they were made.
 * @param {Graph} previous
 * @param {Graph} next
 * @returns {Map<number, number>} from the id in `previous` to the id in `next`
 */
export function matchDocuments(previous, next) {
  /** @type {Map<number, number>} */
  const forward = new Map();
  /** @type {Map<number, number>} */
  const back = new Map();
  const known = operandsOf(previous);
  const fresh = operandsOf(next);
  const passes = [
    [nameOf, nameOf],
    [
      /** @param {GraphNode} node */ (node) => madeFrom(node, known.get(node.id) ?? [], (id) => id),
      /** @param {GraphNode} node */ (node) => madeFrom(node, fresh.get(node.id) ?? [], (id) => back.get(id)),
    ],
    [workOf, workOf],
  ];
  for (const [before, after] of passes) {
    if (before && after) pair(previous.nodes, next.nodes, before, after, forward, back);
  }
  return forward;
}

/**
 * Pairs nodes of equal signature that are still free, oldest first.
 * @param {GraphNode[]} previous
 * @param {GraphNode[]} next
 * @param {(node: GraphNode) => string | null} before
 * @param {(node: GraphNode) => string | null} after
 * @param {Map<number, number>} forward
 * @param {Map<number, number>} back
 */
function pair(previous, next, before, after, forward, back) {
  /** @type {Map<string, number[]>} */
  const free = new Map();
  for (const node of previous) {
    const signature = forward.has(node.id) ? null : before(node);
    if (signature === null) continue;
    const queue = free.get(signature);
    if (queue) queue.push(node.id);
    else free.set(signature, [node.id]);
  }
  for (const queue of free.values()) queue.reverse();
  for (const node of next) {
    const signature = back.has(node.id) ? null : after(node);
    const id = signature === null ? undefined : free.get(signature)?.pop();
    if (id === undefined) continue;
    forward.set(id, node.id);
    back.set(node.id, id);
  }
}

/**
 * @param {GraphNode} node
 */
function nameOf({ kind, key, label }) {
  const name = key ?? label;
  return name === null ? null : `${kind} ${name}`;
}

/**
 * @param {GraphNode} node
 */
function workOf({ kind, op, label }) {
  return label === null ? `${kind} ${op}` : null;
}

/**
 * What a node does to which nodes of the previous program; null where one of its operands is new.
 * @param {GraphNode} node
 * @param {number[]} operands
 * @param {(id: number) => number | undefined} identify
 */
function madeFrom(node, operands, identify) {
  if (node.kind === "constant") return `constant ${node.data}`;
  const names = operands.map(identify);
  return names.length === 0 || names.includes(undefined) ? null : `${node.kind} ${node.op}(${names.join()})`;
}

/**
 * The operands of each node, in order.
 * @param {Graph} graph
 */
export function operandsOf({ edges }) {
  /** @type {Map<number, number[]>} */
  const operands = new Map();
  for (const { source, target, key } of edges) {
    const list = operands.get(target) ?? [];
    list[key] = source;
    operands.set(target, list);
  }
  return operands;
}
