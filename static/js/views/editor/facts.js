/** What is said beside the lines of a program that ran: pure. */

/** @import { GraphDocument, GraphNode } from "../../types.d.ts" */

import { number } from "../../format.js";
import { say } from "../../say.js";
import { madeBy } from "./places.js";

/** @typedef {{ line: number, ran: boolean, turns: number, values: string }} Fact of a line, from 1: whether and how often it ran, and what it made */
/** @typedef {{ first: number, last: number }} Block lines from 1, the last one included */

/** As many values of one line are written out. */
const MOST = 3;
const DIGITS = 4;

/**
 * The facts of all lines that ran or made something.
 * @param {GraphDocument} document
 * @returns {Fact[]}
 */
export function factsOf(document) {
  const { executed, counts } = document.lines;
  const made = madeBy(document);
  const ran = new Set(executed);
  return [...new Set([...executed, ...made.keys()])]
    .sort((a, b) => a - b)
    .map((line) => ({ line, ran: ran.has(line), turns: counts[line] ?? 1, values: valuesOf(made.get(line) ?? []) }));
}

/**
 * @param {GraphNode[]} nodes
 */
function valuesOf(nodes) {
  const written = nodes.slice(0, MOST).map((node) => {
    const name = nodes.length > 1 && node.label !== null ? `${node.label} = ` : "";
    const data = `${name}${number(node.data, DIGITS)}`;
    return node.grad === null ? data : say("editor.value", { data, grad: number(node.grad, DIGITS) });
  });
  return nodes.length > MOST ? [...written, "…"].join("   ") : written.join("   ");
}

/**
 * The blocks of which nothing ran: statements whose first line did not, not told again for what is inside them.
 * @param {Iterable<Block>} statements in the order of the text, outer before inner
 * @param {readonly number[]} executed none where nobody knows
 * @returns {Block[]}
 */
export function skippedOf(statements, executed) {
  if (executed.length === 0) return [];
  const ran = new Set(executed);
  /** @type {Block[]} */
  const skipped = [];
  for (const { first, last } of statements) {
    if (!ran.has(first) && first > (skipped.at(-1)?.last ?? 0)) skipped.push({ first, last });
  }
  return skipped;
}
