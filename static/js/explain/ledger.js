/** The deposits that gradients are made of, for one pass and for several: `engine/explain/ledger.py`. */

/** @import { Accumulation, GraphDocument } from "../types.d.ts" */
/** @import { Edge, Entry, Graph } from "./types.d.ts" */

import { takenLedger } from "../own/steps.js";
import { bareGraphOf, nodeAt, operandsOf } from "./graph.js";
import { stepsOf } from "./steps.js";

/**
 * By node its deposits when the backward pass runs `passes` times from cleared gradients; none after none.
 * @param {GraphDocument} document
 * @param {{ rule?: Accumulation, passes?: number }} [how]
 * @returns {Map<number, Entry[]>}
 */
export function ledgerOf(document, { rule = "pytorch", passes = 1 } = {}) {
  const graph = bareGraphOf(document);
  if (document.steps) return takenLedger(graph, stepsOf(document));
  /** @type {Map<number, Entry[]>} */
  const entries = new Map([...graph.nodes.keys()].map((node) => [node, []]));
  /** @type {Map<number, number | null>} */
  const grads = new Map();
  for (let turn = 1; turn <= passes && graph.output !== null; turn++) {
    seed(graph, graph.output, { rule, turn, grads, entries });
    const touched = new Set();
    for (const node of graph.order) {
      for (const edge of operandsOf(graph, node)) {
        if (edge.flow === null) continue;
        const amount = amountOf(graph, edge, grads, rule === "pytorch" || turn === 1);
        const fresh = rule === "pytorch" && operandsOf(graph, edge.source).length > 0 && !touched.has(edge.source);
        touched.add(edge.source);
        const total = sum(fresh ? 0 : grads.get(edge.source), amount);
        grads.set(edge.source, total);
        entries.get(edge.source)?.push({ turn, edge, amount, total });
      }
    }
  }
  return entries;
}

/**
 * The 1 that a pass starts with: an output that is a leaf adds it up, by PyTorch's rule.
 * @param {Graph} graph
 * @param {number} output
 * @param {{ rule: Accumulation, turn: number, grads: Map<number, number | null>, entries: Map<number, Entry[]> }} pass
 */
function seed(graph, output, { rule, turn, grads, entries }) {
  const leaf = operandsOf(graph, output).length === 0;
  const total = leaf && rule === "pytorch" ? sum(grads.get(output), 1) : 1;
  grads.set(output, total);
  entries.get(output)?.push({ turn, edge: null, amount: 1, total });
}

/**
 * @param {Graph} graph
 * @param {Edge} edge
 * @param {Map<number, number | null>} grads
 * @param {boolean} known what comes out of boxes
 */
function amountOf(graph, edge, grads, known) {
  if (nodeAt(graph, edge.target).kind === "scope") return known ? edge.flow : null;
  const upstream = grads.has(edge.target) ? (grads.get(edge.target) ?? null) : 0;
  return upstream === null || edge.local === null ? null : upstream * edge.local;
}

/**
 * @param {number | null | undefined} before nothing at first, null where it is not known
 * @param {number | null} amount
 */
const sum = (before, amount) => (before === null || amount === null ? null : (before ?? 0) + amount);
