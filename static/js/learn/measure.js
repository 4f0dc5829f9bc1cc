/** Quantities of a graph and conditions on them, measured as the service does (`app/course/quantity.py`). */

/** @import { GraphDocument, Num } from "../types.d.ts" */

import { namesOf } from "../explain/names.js";

/** @typedef {{ what: string, of: string | null, into: string | null, number: number | null }} Quantity */
/** @typedef {{ left: Quantity, sign: string, right: Quantity }} Condition */

/** What counts as equal, relative to the larger number or to 1. */
const NEAR = 1e-6;
const NUMBER = /[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/g;

/** @type {Record<string, (a: number, b: number) => boolean>} */
const SIGNS = {
  "=": (a, b) => near(a, b),
  "!=": (a, b) => !near(a, b),
  "<": (a, b) => a < b,
  ">": (a, b) => a > b,
  "<=": (a, b) => a <= b || near(a, b),
  ">=": (a, b) => a >= b || near(a, b),
};

/**
 * Whether all conditions hold; what cannot be measured does not.
 * @param {readonly Condition[]} wanted
 * @param {GraphDocument} document
 * @param {string} source
 */
export function holds(wanted, document, source) {
  return wanted.every(({ left, sign, right }) => {
    const [a, b] = [left, right].map((side) => measured(side, document, source));
    return a !== undefined && b !== undefined && (SIGNS[sign]?.(a, b) ?? false);
  });
}

/**
 * Whether two numbers are the same, but for rounding.
 * @param {number} a
 * @param {number} b
 */
const near = (a, b) => a === b || Math.abs(a - b) <= NEAR * Math.max(1, Math.abs(a), Math.abs(b));

/**
 * The number a quantity is; undefined where there is no such thing, or it is not a number.
 * @param {Quantity} quantity
 * @param {GraphDocument} document
 * @param {string} source
 */
export function measured(quantity, document, source) {
  const found = find(quantity, document, source);
  return found === null || found === undefined || Number.isNaN(Number(found)) ? undefined : Number(found);
}

/**
 * @param {Quantity} quantity
 * @param {GraphDocument} document
 * @param {string} source
 * @returns {Num | null | undefined}
 */
function find({ what, of, into, number }, document, source) {
  const { graph, nodes, edges, passes, printed } = document;
  if (what === "number") return number;
  if (what === "nodes") return nodes.length;
  if (what === "passes") return passes.length;
  if (what === "printed") return printed.join("\n").match(NUMBER)?.map(Number).at(-1);
  if (what === "output") return nodes.find(({ id }) => id === graph.output)?.data;
  const names = namesOf(document, source);
  const ids = new Map(nodes.flatMap(({ id, kind }) => (kind === "constant" ? [] : [[names.get(id)?.plain ?? "", id]])));
  const [from, to] = [of, into].map((name) => (name === null ? undefined : ids.get(name)));
  if (into === null) return nodes.find(({ id }) => id === from)?.[/** @type {"data" | "grad"} */ (what)];
  return edges.find(({ source: at, target }) => at === from && target === to)?.[/** @type {"local" | "flow"} */ (what)];
}
