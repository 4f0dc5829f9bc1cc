/** From the state to what the ledger says: which node, which page, which rows, and why. */

/** @import { GraphDocument, GraphNode, State } from "../../types.d.ts" */
/** @import { Deposit, Page } from "../deposits.js" */

import { emptySentenceOf, graphOf, nodeAt } from "../../explain/index.js";
import { number } from "../../format.js";
import { say } from "../../say.js";
import { words } from "../../words.js";
import { between, comeBy, depositsOf, nodeShown, otherRule, totalsOf } from "../deposits.js";

/** Sums that are listed one by one. */
const MOST_TOTALS = 6;

/**
 * @typedef {object} View
 * @property {GraphNode} node
 * @property {string} name
 * @property {Deposit[]} deposits
 * @property {string} note what is said above the table; empty for nothing
 * @property {string} why what is said below it
 */

/**
 * @param {State} state
 * @param {Page | null} page a pass of the program; null for passes by hand
 * @returns {View | null}
 */
export function viewOf(state, page) {
  const { shown: document, drawn: source, accumulation: rule, selected, step } = state;
  const node = document && nodeShown(document, selected);
  if (!document || !node) return null;
  const reading = { source, rule };
  const name = nodeAt(graphOf(document, reading), node.id).name.plain;
  const last = document.steps ? 1 : page ? page.turn : state.passes;
  const all = depositsOf(document, node.id, rule, last);
  const come = comeBy(document, all, { step, last });
  const deposits = page ? come.filter(({ turn }) => turn === last) : come;
  if (page?.turn === 0) return { node, name, deposits: [], note: say("ledger.gone", { data: number(page.pass.data) }), why: "" };
  if (last === 0) return { node, name, deposits: [], note: say("ledger.cleared", { name }), why: "" };
  if (all.length === 0) return { node, name, deposits: [], note: emptySentenceOf(node.id, document, words(), reading), why: "" };
  const note = deposits.length === 0 ? say("ledger.notYet", { name }) : page ? before(all, name, last) : "";
  return { node, name, deposits, note, why: step === null || deposits.length === all.length ? why(document, node, name, { rule, last }) : "" };
}

/**
 * What a node had when a page begins.
 * @param {Deposit[]} all
 * @param {string} name
 * @param {number} turn
 */
function before(all, name, turn) {
  const total = all.findLast((one) => one.turn < turn)?.total;
  return typeof total === "number" ? say("ledger.before", { name, total: number(total) }) : "";
}

/**
 * Why the sums are what they are, and what they would be by the other rule.
 * @param {GraphDocument} document
 * @param {GraphNode} node
 * @param {string} name
 * @param {{ rule: State["accumulation"], last: number }} how
 */
function why(document, node, name, { rule, last }) {
  if (document.steps) return node.wrong ? say("own.ledgerWrong", { name, grad: number(node.grad), true: number(node.adjoint) }) : say("own.ledgerRight", { name });
  if (last === 1) return say("ledger.once");
  const listed = (/** @type {State["accumulation"]} */ one) => list(totalsOf(depositsOf(document, node.id, one, last), last));
  const [totals, others] = [listed(rule), listed(otherRule(rule))];
  if (totals === others) return say("ledger.same", { name, totals });
  if (rule === "micrograd") return say("ledger.micrograd", { name, totals, others });
  return between(document, node.id) ? say("ledger.between", { name, totals, others }) : say("ledger.leaf", { name, totals, others });
}

/** @param {(number | null)[]} totals */
function list(totals) {
  const texts = totals.map((total) => (total === null ? "?" : number(total)));
  return texts.length <= MOST_TOTALS ? texts.join(", ") : [...texts.slice(0, MOST_TOTALS - 1), "…", texts.at(-1)].join(", ");
}
