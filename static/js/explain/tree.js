/** The rulebook's formulas and slopes as trees, and what a tree comes to at a point: `engine/explain/tree.py`. */

/** @import { Tree } from "./types.d.ts" */

import { NOTATION } from "../generated/notation.js";

/** @typedef {Map<string, number | null>} Numbers by operand; null where a box hides one */

/** @type {Record<string, (x: number, y: number) => boolean>} */
const RELATIONS = {
  "==": (x, y) => x === y,
  "!=": (x, y) => x !== y,
  "<": (x, y) => x < y,
  "<=": (x, y) => x <= y,
  ">": (x, y) => x > y,
  ">=": (x, y) => x >= y,
};
/** @type {Record<string, string>} */
const OPPOSITE = { "==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">" };

/** The operation that multiplies. */
export const TIMES = [...NOTATION].find(([, { symbol, params }]) => symbol === "*" && params.length === 2)?.[0] ?? "";

/** @param {Tree} rule @returns {rule is readonly Tree[]} */
const compound = (rule) => Array.isArray(rule);

/** @param {Numbers} numbers */
const known = (numbers) => ![...numbers.values()].includes(null);

/**
 * A rule at a point: the branch that holds there, `fixed` operands as numbers, and what gets simple by that.
 * @param {Tree} rule
 * @param {Numbers} numbers
 * @param {Map<string, number>} fixed
 * @returns {Tree}
 */
export function resolved(rule, numbers, fixed) {
  if (typeof rule === "string") return fixed.get(rule) ?? rule;
  if (!compound(rule)) return rule;
  const [head = "", ...parts] = rule;
  if (head === "if" && known(numbers)) {
    const [test = "", yes = "", no = ""] = parts;
    return resolved(holds(test, numbers) ? yes : no, numbers, fixed);
  }
  return simple([head, ...parts.map((part) => resolved(part, numbers, fixed))]);
}

/**
 * What a rule comes to once some of its operands are numbers: `x ** (2 - 1)` is `x`.
 * @param {readonly Tree[]} rule
 * @returns {Tree}
 */
function simple(rule) {
  const [head, x, y] = rule;
  const op = NOTATION.get(String(head));
  if (op === undefined || x === undefined || y === undefined) return rule;
  if (op.symbol === "-" && typeof x === "number" && typeof y === "number") return x - y;
  if (op.symbol === "**" && y === 0) return 1;
  if (op.symbol === "**" && y === 1) return x;
  if (op.symbol === "*" && (x === 1 || y === 1)) return x === 1 ? y : x;
  return rule;
}

/**
 * The comparison, as it came out, that made a rule come to a plain number; null where none did.
 * @param {Tree} rule
 * @param {Numbers} numbers
 * @param {Map<string, number>} fixed
 * @returns {Tree | null}
 */
export function reason(rule, numbers, fixed) {
  /** @type {Tree | null} */
  let found = null;
  while (compound(rule) && rule[0] === "if" && known(numbers)) {
    const [, test = "", yes = "", no = ""] = rule;
    const right = holds(test, numbers);
    rule = right ? yes : no;
    found = null;
    if (!compound(test)) continue;
    const [relation, left = "", ...others] = test;
    const opposite = OPPOSITE[String(relation)];
    if (opposite === undefined || (typeof left === "string" && fixed.has(left))) continue;
    found = [right ? String(relation) : opposite, ...[left, ...others].map((side) => resolved(side, numbers, fixed))];
  }
  return typeof rule === "number" ? found : null;
}

/**
 * Whether a condition holds at a point.
 * @param {Tree} test
 * @param {Numbers} numbers
 * @returns {boolean}
 */
export function holds(test, numbers) {
  const [word, ...parts] = compound(test) ? test : [];
  if (word === "and") return parts.every((part) => holds(part, numbers));
  if (word === "or") return parts.some((part) => holds(part, numbers));
  const [left = NaN, right = NaN] = parts;
  return RELATIONS[String(word)]?.(value(left, numbers), value(right, numbers)) ?? false;
}

/**
 * The number of a side of a comparison: an operand, a number, or a remainder.
 * @param {Tree} part
 * @param {Numbers} numbers
 * @returns {number}
 */
function value(part, numbers) {
  if (typeof part === "string") return numbers.get(part) ?? NaN;
  if (!compound(part)) return part;
  const [head, x = NaN, y = NaN] = part;
  return NOTATION.get(String(head))?.symbol === "%" ? value(x, numbers) % value(y, numbers) : NaN;
}
