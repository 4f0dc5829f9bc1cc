/** Steps and ledgers in words: templates filled with the lines of notation. `engine/explain/sentences.py` */

/** @import { GraphDocument } from "../types.d.ts" */
/** @import { Deposit, Entry, Graph, Reading, Step, Words } from "./types.d.ts" */

import { number } from "../format.js";
import { takenSentence } from "../own/sentences.js";
import { filled } from "../say.js";
import { graphOf, nodeAt, operandsOf } from "./graph.js";
import { MANY, kinked, linesOf, slope, why } from "./lines.js";

/**
 * A template with facts in its places.
 * @param {Words} words
 * @param {string} name the template's
 * @param {Record<string, string | number>} [facts]
 */
export function say(words, name, facts = {}) {
  return filled(words[name] ?? "", facts);
}

/**
 * What a step does, for people: rule, numbers and result, and what is special about it.
 * @param {Step} step
 * @param {GraphDocument} document
 * @param {Words} words
 * @param {Reading} [reading]
 */
export function sentenceOf(step, document, words, reading) {
  const graph = graphOf(document, reading);
  if (step.taken) return takenSentence(step, linesOf(step, document, reading), document, { graph, source: reading?.source ?? "" });
  const lines = linesOf(step, document, reading).map(({ text }) => text);
  return [...TOLD[step.kind](graph, step, words, lines)].join(" ");
}

/** @type {Record<Step["kind"], (graph: Graph, step: Step, words: Words, lines: string[]) => Iterable<string>>} */
const TOLD = { make: made, seed: seeded, give: given, clear: () => [] };

/**
 * @param {Graph} graph
 * @param {Step} step
 * @param {Words} words
 * @param {string[]} lines
 */
function* made(graph, { node, deposits }, words, [line = ""]) {
  const { op, data, scope, name } = nodeAt(graph, node);
  if (op === null && scope === null) {
    yield say(words, "cut_make", { name: name.plain });
    return;
  }
  if (op === null) {
    const operands = [...new Set(deposits.map(({ edge }) => nameAt(graph, edge.source)))];
    const listed = [...operands.slice(0, MANY), ...(operands.length > MANY ? ["…"] : [])].join(", ");
    yield say(words, operands.length > 0 ? "box_make" : "box_make_alone", { ...boxAt(graph, node, words), operands: listed });
    return;
  }
  yield say(words, "make", { line });
  yield* limits(data, words);
  const slopes = deposits.flatMap(({ edge, local }) => (local === null ? [] : [slope(graph, edge, local).text]));
  if (slopes.length > 0) yield say(words, "slopes", { slopes: [...new Set(slopes)].join(", ") });
}

/**
 * @param {Graph} graph
 * @param {Step} step
 * @param {Words} words
 * @param {string[]} lines
 */
function* seeded(graph, { node }, words, [line = ""]) {
  yield say(words, "seed", { line, name: nameAt(graph, node) });
}

/**
 * @param {Graph} graph
 * @param {Step} step
 * @param {Words} words
 * @param {string[]} lines
 */
function* given(graph, { node, deposits }, words, lines) {
  const { op, name, handed, scope } = nodeAt(graph, node);
  if (op === null && scope === null) yield say(words, "cut_give", { name: name.plain });
  else if (op === null || handed === null) yield say(words, "box_give", boxAt(graph, node, words));
  else yield say(words, "give", { name: name.plain, upstream: number(handed) });
  const written = lines.values();
  const told = new Set();
  const made = deposits.filter(({ amount }) => amount !== null);
  const last = made.length > MANY ? made[MANY - 1] : null;
  for (const deposit of deposits) {
    const { source } = deposit.edge;
    const operand = nodeAt(graph, source);
    if (deposit.amount === null) {
      if (operand.kind === "constant") yield say(words, "constant", { operand: operand.name.plain });
      continue;
    }
    const count = operandsOf(graph, node).filter((edge) => edge.source === source).length;
    if (count > 1 && !told.has(source)) yield say(words, "twice", { operand: operand.name.plain, count });
    told.add(source);
    yield say(words, "deposit", { line: written.next().value ?? "" });
    yield* remarks(graph, deposit, deposit.amount, words);
    if (deposit === last) break;
  }
  if (made.length > MANY) yield say(words, "more", { count: made.length - MANY });
}

/**
 * What is special about a deposit.
 * @param {Graph} graph
 * @param {Deposit} deposit
 * @param {number} amount
 * @param {Words} words
 */
function* remarks(graph, { edge, local, before, after }, amount, words) {
  const operand = nodeAt(graph, edge.source);
  if (operand.kind === "scope") yield say(words, "box_take", boxAt(graph, edge.source, words));
  if (nodeAt(graph, edge.target).op !== null && local !== null) {
    const reason = why(graph, edge);
    if (kinked(graph, edge)) yield say(words, "kink", { local: number(local) });
    else if (reason !== "") yield say(words, "reason", { local: number(local), reason });
  }
  yield* limits(amount, words);
  if (before !== null && after !== null) {
    yield say(words, "again", { operand: operand.name.plain, before: number(before), amount: number(amount), after: number(after) });
  }
}

/**
 * @param {number | null} value
 * @param {Words} words
 */
function* limits(value, words) {
  if (value === null || Number.isFinite(value)) return;
  yield say(words, Number.isNaN(value) ? "nan" : "infinite");
}

/**
 * @param {Graph} graph
 * @param {number} node
 */
const nameAt = (graph, node) => nodeAt(graph, node).name.plain;

/**
 * @param {Graph} graph
 * @param {number} node
 * @param {Words} words
 */
const boxAt = (graph, node, words) => ({ scope: say(words, `scope_${nodeAt(graph, node).scope}`), name: nameAt(graph, node) });

/**
 * One deposit of a ledger in words.
 * @param {Entry} entry
 * @param {number} node
 * @param {GraphDocument} document
 * @param {Words} words
 * @param {Reading} [reading]
 */
export function entrySentenceOf({ turn, edge, amount, total }, node, document, words, reading) {
  const graph = graphOf(document, reading);
  const name = nameAt(graph, node);
  if (edge === null) return say(words, "ledger_seed", { turn, name, total: number(total ?? NaN) });
  const user = nameAt(graph, edge.target);
  if (amount === null || total === null) return say(words, "ledger_unknown", { turn, user });
  return say(words, "ledger_entry", { turn, user, amount: number(amount), name, total: number(total) });
}

/**
 * What is said of a node without deposits.
 * @param {number} node
 * @param {GraphDocument} document
 * @param {Words} words
 * @param {Reading} [reading]
 */
export function emptySentenceOf(node, document, words, reading) {
  const graph = graphOf(document, reading);
  return say(words, nodeAt(graph, node).kind === "constant" ? "ledger_constant" : "ledger_empty", { name: nameAt(graph, node) });
}
