/** Deposits as rows of a table, and as text that other programs take. */

/** @import { State } from "../../types.d.ts" */
/** @import { Deposit } from "../deposits.js" */

import { graphOf, nodeAt } from "../../explain/index.js";
import { number } from "../../format.js";
import { say } from "../../say.js";
import { mention } from "../../views/mentions.js";

const NONE = "–";
/** The cell that says how much: of what replaces what was there, with a sign. */
const REPLACING = 3;

/** What the columns are called. */
export const titles = () => [say("ledger.from"), say("ledger.pass"), say("ledger.local"), say("ledger.upstream"), say("ledger.amount"), say("ledger.sum")];

/** @param {Deposit} deposit */
const numbersOf = ({ turn, edge, upstream, amount, total, local = edge?.local ?? null }) => [turn, local, upstream, amount, total];

/**
 * What a deposit comes from.
 * @param {Deposit} deposit
 * @param {State} state
 */
function userOf({ edge }, { shown, drawn: source, accumulation: rule }) {
  return edge && shown ? nodeAt(graphOf(shown, { source, rule }), edge.target).name.plain : say("ledger.seed");
}

/**
 * @param {Deposit} deposit
 * @param {State} state
 */
export function row(deposit, state) {
  const made = document.createElement("tr");
  const from = Object.assign(document.createElement("th"), { scope: "row" });
  const name = userOf(deposit, state);
  if (deposit.edge) {
    made.dataset.node = String(deposit.edge.target);
    from.append(mention(deposit.edge.target, name));
  } else from.textContent = name;
  const cells = numbersOf(deposit).map(cell);
  if (deposit.added === false && deposit.edge) cells[REPLACING].prepend("= ");
  made.append(from, ...cells);
  return made;
}

/** @param {number | null} value */
function cell(value) {
  const made = document.createElement("td");
  made.textContent = value === null ? NONE : number(value);
  if (value !== null) made.title = String(value);
  return made;
}

/**
 * A table of deposits as other programs take it, with numbers in full.
 * @param {Deposit[]} deposits
 * @param {State} state
 */
export function written(deposits, state) {
  const rows = deposits.map((deposit) => [userOf(deposit, state), ...numbersOf(deposit).map((value) => (value === null ? "" : String(value)))]);
  return [titles(), ...rows].map((cells) => cells.join("\t")).join("\n");
}
