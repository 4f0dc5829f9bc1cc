/** The rows of the table, and their order: pure. */

/** @import { Graph } from "../../explain/types.d.ts" */
/** @import { GraphDocument, GraphNode, Num } from "../../types.d.ts" */

import { graphOf, nodeAt } from "../../explain/index.js";
import { number, role, shorten } from "../../format.js";
import { does } from "../../heard.js";
import { gradsAt } from "../../stepped.js";
import { textOfSpan } from "../../text.js";

const LONGEST_NAME = 40;
export const NONE = "–";
/** A name or a number that needs no brackets beside an operator. */
const SIMPLE = /^[\p{L}\p{N}_.]+$/u;

/**
 * @typedef {object} Row
 * @property {GraphNode} node
 * @property {string} name
 * @property {Num | null} grad as far as the steps have come
 */

/** @typedef {"name" | "operation" | "data" | "grad" | "formula"} Column */
/** @typedef {{ column: Column, descending: boolean }} Order */

/**
 * A row for each node, in the order in which they were made.
 * @param {GraphDocument | null} document
 * @param {string} source
 * @param {number | null} step
 * @returns {Row[]}
 */
export function rowsOf(document, source, step) {
  if (document === null) return [];
  const grads = step === null ? null : gradsAt(document, step);
  const gradOf = (/** @type {GraphNode} */ { id, grad }) => (grads === null || grad === null ? grad : (travelling(grads.get(id)) ?? null));
  return document.nodes.map((node) => ({ node, name: nameOf(node, source), grad: gradOf(node) }));
}

/** @type {(value: number | undefined) => Num | undefined} */
const travelling = (value) => (value === undefined || Number.isFinite(value) ? value : /** @type {Num} */ (String(value)));

/**
 * A node's name, else the number of a constant, else the text that made it.
 * @param {GraphNode} node
 * @param {string} source
 */
export function nameOf(node, source) {
  if (node.label === null && node.kind === "constant") return number(node.data);
  return node.label ?? (shorten(textOfSpan(source, node.span).replace(/\s+/g, " "), LONGEST_NAME) || NONE);
}

/**
 * What each operation computes, in terms of other rows: `= a * b`. Empty for leaves and boxes.
 * @param {GraphDocument} document
 * @param {string} source
 * @returns {(node: GraphNode) => string}
 */
export function formulasOf(document, source) {
  /** @type {Graph | undefined} */
  let graph;
  return (node) => {
    if (node.op === null) return "";
    graph ??= graphOf(document, { source });
    const operands = (graph.into.get(node.id) ?? []).map((edge) => nodeAt(/** @type {Graph} */ (graph), edge.source).name);
    const symbol = node.symbol ?? node.op;
    if (/^\w+$/.test(symbol)) return `= ${symbol}(${operands.map(({ plain }) => plain).join(", ")})`;
    const [left = "", right] = operands.map(({ plain, closed }) => (SIMPLE.test(plain) ? plain : closed));
    return right === undefined ? `= ${symbol}${left}` : `= ${left} ${symbol} ${right}`;
  };
}

/**
 * @param {Row[]} rows
 * @param {string} wanted a part of a name or an operation
 */
export function filtered(rows, wanted) {
  const text = wanted.trim().toLowerCase();
  return text === "" ? rows : rows.filter(({ node, name }) => name.toLowerCase().includes(text) || [does(node), role(node)].some((one) => one.toLowerCase() === text));
}

/**
 * The rows in another order; in that of the program where none is wanted. What is no number comes last, either way.
 * @param {Row[]} rows
 * @param {Order | null} order
 * @param {(node: GraphNode) => string} formulaOf
 */
export function sorted(rows, order, formulaOf) {
  if (order === null) return rows;
  const { column, descending } = order;
  const sign = descending ? -1 : 1;
  if (column === "data" || column === "grad") {
    const value = (/** @type {Row} */ { node, grad }) => Number((column === "data" ? node.data : grad) ?? NaN);
    return rows.toSorted((one, other) => numeric(value(one), value(other), sign));
  }
  const texts = new Map(rows.map((row) => [row, column === "name" ? row.name : column === "formula" ? formulaOf(row.node) : does(row.node)]));
  const { compare } = new Intl.Collator(undefined, { numeric: true });
  return rows.toSorted((one, other) => sign * compare(texts.get(one) ?? "", texts.get(other) ?? ""));
}

/**
 * @param {number} one
 * @param {number} other
 * @param {number} sign
 */
function numeric(one, other, sign) {
  if (Number.isNaN(one) || Number.isNaN(other)) return Number(Number.isNaN(one)) - Number(Number.isNaN(other));
  return one === other ? 0 : sign * (one < other ? -1 : 1);
}

/**
 * The order after a press on a column's head: rising, falling, and that of the program again.
 * @param {Order | null} order
 * @param {Column} column
 * @returns {Order | null}
 */
export function pressed(order, column) {
  if (order?.column !== column) return { column, descending: false };
  return order.descending ? null : { column, descending: true };
}
