/** What the ledger of a node shows: its deposits, pass by pass, by one rule and by the other. */

/** @import { Entry } from "../explain/types.d.ts" */
/** @import { Accumulation, GraphDocument, GraphPass, State } from "../types.d.ts" */

import { ledgerOf } from "../explain/index.js";
import { walkOf } from "../stepped.js";

/** How far back the passes of a program are looked through. */
const MOST_PASSES = 50;
const TOLERANCE = 1e-9;

/**
 * A deposit, with what it was multiplied from.
 * @typedef {Entry & { upstream: number | null }} Deposit
 */

/**
 * The node whose ledger is shown: the chosen one, else the first input with several deposits, else the first input.
 * @param {GraphDocument} document
 * @param {number | null} selected
 */
export function nodeShown({ nodes, edges }, selected) {
  const chosen = nodes.find(({ id }) => id === selected);
  if (chosen) return chosen;
  /** @type {Map<number, number>} */
  const deposits = new Map();
  for (const { source, flow } of edges) if (flow !== null) deposits.set(source, (deposits.get(source) ?? 0) + 1);
  const leaves = nodes.filter(({ kind }) => kind === "input" || kind === "parameter");
  return leaves.find(({ id }) => (deposits.get(id) ?? 0) > 1) ?? leaves[0] ?? null;
}

/**
 * The deposits to a node when the backward pass runs so often from cleared gradients.
 * @param {GraphDocument} document
 * @param {number} node
 * @param {Accumulation} rule
 * @param {number} passes
 * @returns {Deposit[]}
 */
export function depositsOf(document, node, rule, passes) {
  const ledger = ledgerOf(document, { rule, passes });
  return (ledger.get(node) ?? []).map((entry) => {
    if (entry.upstream !== undefined) return { ...entry, upstream: entry.upstream };
    const above = entry.edge && ledger.get(entry.edge.target)?.findLast(({ turn }) => turn <= entry.turn);
    return { ...entry, upstream: above?.total ?? null };
  });
}

/**
 * The deposits that are there when so many steps of the last pass are done.
 * @template {Entry} T
 * @param {GraphDocument} document
 * @param {T[]} deposits
 * @param {{ step: number | null, last: number }} place the steps done, and which pass is the last
 */
export function comeBy(document, deposits, { step, last }) {
  if (step === null) return deposits;
  const { given, making } = walkOf(document);
  const done = (/** @type {T} */ { edge, at }) => at ?? (edge === null ? making.length + 1 : (given.get(edge.target) ?? Infinity));
  return deposits.filter((deposit) => deposit.turn < last || done(deposit) <= step);
}

/**
 * What a node has after each pass.
 * @param {readonly Entry[]} deposits
 * @param {number} passes
 */
export function totalsOf(deposits, passes) {
  return Array.from({ length: passes }, (_, pass) => deposits.findLast(({ turn }) => turn <= pass + 1)?.total ?? null);
}

/**
 * How many of the program's last passes, from its output, its gradients are the sum of; 0 where they came about otherwise.
 * @param {GraphDocument} document
 * @param {Accumulation} rule
 */
export function passesSummed(document, rule) {
  const own = document.passes.filter((pass) => isOwn(document, pass)).length;
  const passes = Math.min(own, MOST_PASSES);
  const ledger = ledgerOf(document, { rule, passes });
  const told = document.nodes.filter(({ grad }) => grad !== null).map(({ id, grad }) => ({ grad: Number(grad), totals: totalsOf(ledger.get(id) ?? [], passes) }));
  const fits = (/** @type {number} */ count) => told.every(({ grad, totals }) => same(grad, totals[count - 1] ?? 0));
  return Array.from({ length: passes }, (_, pass) => passes - pass).find(fits) ?? 0;
}

/** @type {(one: number, other: number) => boolean} */
const same = (one, other) => Object.is(one, other) || one === other || Math.abs(one - other) <= TOLERANCE * Math.max(1, Math.abs(one));

/**
 * Whether a pass went through the graph that is drawn.
 * @param {GraphDocument} document
 * @param {GraphPass} pass
 */
const isOwn = ({ graph }, { output }) => output !== null && output === graph.output;

/**
 * A page of the ledger: a pass of the program, and which turn of the passes that add up it is; turn 0 where the graph
 * of the pass is not the one that is drawn, turn 1 also where what was there before it is not known.
 * @typedef {{ pass: GraphPass, turn: number }} Page
 */

/**
 * The pages of a program with several passes; none for one pass.
 * @param {GraphDocument} document
 * @param {Accumulation} rule
 * @returns {Page[]}
 */
export function pagesOf(document, rule) {
  if (document.passes.length < 2) return [];
  const own = document.passes.filter((pass) => isOwn(document, pass));
  const first = own.length - passesSummed(document, rule);
  return document.passes.map((pass) => {
    if (!isOwn(document, pass)) return { pass, turn: 0 };
    return { pass, turn: Math.max(own.indexOf(pass) - first, 0) + 1 };
  });
}

/**
 * The rule that a state does not follow.
 * @param {Accumulation} rule
 * @returns {Accumulation}
 */
export const otherRule = (rule) => (rule === "pytorch" ? "micrograd" : "pytorch");

/**
 * Whether a node lies between inputs and output.
 * @param {State["document"]} document
 * @param {number} node
 */
export const between = (document, node) => document !== null && (walkOf(document).into.get(node) ?? []).length > 0;
