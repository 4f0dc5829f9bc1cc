/** A graph document as straight-line code on typed arrays. */

/** @import { GraphDocument } from "../types.d.ts" */
/** @import { Rule, Tape } from "./types.d.ts" */

import { RULES } from "../generated/rules.js";

const NONE = -1;
const rulebook = new Map(Object.entries(RULES));

/**
 * The tape of a document; null where it does not hold all that is needed to compute it again.
 * @param {GraphDocument} document
 * @returns {Tape | null}
 */
export function tapeOf({ graph, nodes, edges }) {
  if (graph.output === null || graph.truncated || graph.replayable === false) return null;
  if (nodes.some((node) => node.data === null || node.data_end !== undefined)) return null;
  const slots = new Map(nodes.map(({ id }, slot) => [id, slot]));
  const rules = nodes.map(({ op }) => (op === null ? null : rulebook.get(op)));
  const operands = operandsOf(nodes.length, edges, slots);
  if (operands === null || !rules.every((rule, slot) => rule !== undefined && operands.count[slot] === (rule?.slopes.length ?? 0))) return null;
  return {
    data: Float64Array.from(nodes, ({ data }) => Number(data)),
    rules: /** @type {(Rule | null)[]} */ (rules),
    ...operands,
    edges: edges.length,
    output: slotOf(slots, graph.output),
    order: Int32Array.from(graph.order, (id) => slotOf(slots, id)),
    inputs: new Map(nodes.flatMap(({ key }, slot) => (key === null ? [] : [[key, slot]]))),
    slots,
  };
}

/**
 * Where the operands of each slot stand, and the edges they come by; null where one comes after what uses it.
 * @param {number} length
 * @param {GraphDocument["edges"]} edges
 * @param {Map<number, number>} slots
 */
function operandsOf(length, edges, slots) {
  const [first, second, firstEdge, secondEdge] = Array.from({ length: 4 }, () => new Int32Array(length).fill(NONE));
  const count = new Uint8Array(length);
  for (const [place, { source, target, key, local }] of edges.entries()) {
    const [from, to] = [slotOf(slots, source), slotOf(slots, target)];
    if (!(from < to) || key > 1) return null;
    if (key === 0) first[to] = from;
    if (key === 1 || count[to] === 0) second[to] = from;
    if (local !== null) (key === 0 ? firstEdge : secondEdge)[to] = place;
    count[to] += 1;
  }
  return { first, second, firstEdge, secondEdge, count };
}

/** @type {(slots: Map<number, number>, id: number) => number} */
const slotOf = (slots, id) => slots.get(id) ?? NONE;
