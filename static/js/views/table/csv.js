/** The table as comma-separated values: numbers in full, and no text that a spreadsheet would compute. */

/** @import { Row } from "./rows.js" */
/** @import { GraphNode, Num } from "../../types.d.ts" */

import { role } from "../../format.js";

/** What a spreadsheet takes for the beginning of a formula. */
const COMPUTED = /^\s*[=+\-@]|^[\t\r\n]/;

/**
 * @param {Row[]} rows
 * @param {string[]} head
 * @param {(node: GraphNode) => string} formulaOf
 */
export function csvOf(rows, head, formulaOf) {
  const lines = rows.map(({ node, name, grad }) => [cell(name), cell(role(node)), figure(node.data), figure(grad), cell(formulaOf(node))]);
  return [head.map(cell), ...lines].map((line) => `${line.join(",")}\r\n`).join("");
}

/**
 * A text, with an apostrophe before it where it would be computed.
 * @param {string} text
 */
function cell(text) {
  const plain = COMPUTED.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

/** @param {Num | null} value */
const figure = (value) => (value === null ? "" : String(value));
