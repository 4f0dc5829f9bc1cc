/** The steps that a learner's own engine took, as what explains steps has them: `explain/steps.js` makes those of ours. */

/** @import { Num, TakenDeposit, TakenStep } from "../types.d.ts" */
/** @import { Deposit, Edge, Entry, Graph, Step } from "../explain/types.d.ts" */

const KINDS = /** @type {const} */ ({ compute: "make", clear: "clear", seed: "seed", give: "give" });

/**
 * @param {Graph} graph
 * @param {TakenStep[]} steps
 * @returns {Step[]}
 */
export function takenSteps(graph, steps) {
  return steps.map((taken, index) => {
    const { phase, kind, node } = taken;
    const made = kind === "compute" ? (graph.into.get(node) ?? []).map((edge) => used(graph, edge)) : taken.deposits.map((one) => written(graph, one));
    return { index, phase, kind: KINDS[kind], node, deposits: made, taken };
  });
}

/**
 * An operand of what is made.
 * @param {Graph} graph
 * @param {Edge} edge
 * @returns {Deposit}
 */
const used = (graph, edge) => ({ edge, data: graph.nodes.get(edge.source)?.data ?? null, local: edge.local, upstream: null, amount: null, before: null, after: null });

/**
 * A gradient that was written.
 * @param {Graph} graph
 * @param {TakenDeposit} one
 * @returns {Deposit}
 */
function written(graph, one) {
  const [before, after, local, upstream] = [one.before, one.after, one.local, one.upstream].map(real);
  const edge = edgeOf(graph, one);
  const amount = after === null || before === null ? null : one.added ? after - before : after;
  return { edge, data: graph.nodes.get(one.node)?.data ?? null, local, upstream, amount, before, after, added: one.added };
}

/**
 * The edge that a deposit comes by; one beside the graph where none leads there.
 * @param {Graph} graph
 * @param {TakenDeposit} one
 * @returns {Edge}
 */
function edgeOf({ into }, { node, source, local }) {
  const target = source ?? node;
  const found = into.get(target)?.find((edge) => edge.source === node);
  return found ?? { index: -1, source: node, target, key: 0, local: real(local), flow: null };
}

/** @type {(value: Num | null) => number | null} */
const real = (value) => (value === null ? null : Number(value));

/**
 * By node what was written to its gradient.
 * @param {Graph} graph
 * @param {Step[]} steps
 * @returns {Map<number, Entry[]>}
 */
export function takenLedger({ nodes }, steps) {
  /** @type {Map<number, Entry[]>} */
  const entries = new Map([...nodes.keys()].map((node) => [node, []]));
  for (const { index, phase, kind, deposits } of steps) {
    if (phase === "forward") continue;
    for (const { edge, amount, after, local, upstream, added } of deposits) {
      entries.get(edge.source)?.push({ turn: 1, edge: kind === "give" ? edge : null, amount, total: after, at: index + 1, local, upstream, added: added ?? true });
    }
  }
  return entries;
}
