/** Numbers as text. One form everywhere: on nodes, in the table, in accessible names. */

/** @import { GraphNode, Num } from "./types.d.ts" */

const DIGITS = 6;

/**
 * A number with at most six significant digits, or fewer; very large and very small ones with an exponent.
 * @param {Num | null} value nothing where a box has no numbers
 */
export function number(value, digits = DIGITS) {
  if (value === null) return "";
  if (typeof value === "string") return value;
  const rounded = Number(value.toPrecision(digits));
  const size = Math.abs(rounded);
  if (size === 0) return "0";
  if (size >= 1e6 || size < 1e-4) return rounded.toExponential().replace("e+", "e");
  return String(rounded);
}

/**
 * A number in at most so many characters, with fewer digits where that helps.
 * @param {Num | null} value
 * @param {number} most
 */
export function fitted(value, most) {
  let text = number(value);
  for (let digits = DIGITS - 1; text.length > most && digits > 0 && typeof value === "number"; digits--) text = number(value, digits);
  return text;
}

/**
 * What a node does, in one word: the operator as people write it, or the kind of leaf.
 * @param {GraphNode} node
 */
export function role(node) {
  return node.symbol ?? node.op ?? node.kind;
}

/**
 * The gradient of a node; of a wrong one also the true one.
 * @param {GraphNode} node
 * @param {Num | null} [grad] as far as the steps have come
 */
export const gradient = (node, grad = node.grad) => (node.wrong && grad === node.grad ? `${number(grad)} ≠ ${number(node.adjoint)}` : number(grad));

/**
 * A text no longer than `most` characters, with an ellipsis in the middle: both ends of a path tell most.
 * @param {string} text
 * @param {number} most
 */
export function shorten(text, most) {
  const characters = Array.from(text);
  if (characters.length <= most) return text;
  const tail = Math.floor((most - 1) / 2);
  const head = most - 1 - tail;
  return `${characters.slice(0, head).join("")}…${characters.slice(characters.length - tail).join("")}`;
}
