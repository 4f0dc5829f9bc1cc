/** Inputs as the program has them: their numbers, and where these are written in the text. Pure. */

/** @import { GraphDocument, GraphNode, Span } from "../types.d.ts" */

import { rangeOfSpan } from "../text.js";

/** Strings and names, passed over; else a number, with its sign where that cannot be an operator. */
const TOKEN = /"[^"\n]*"|'[^'\n]*'|[\p{L}_][\p{L}\p{N}_]*|((?<=(?:^|[=(,[])\s*)[-+]\s*)?(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][-+]?\d+)?/gu;

/** @typedef {{ start: number, end: number, text: string }} Literal half-open, in UTF-16 units of the program */

/**
 * The nodes a person can move.
 * @param {GraphDocument | null} document
 * @returns {(GraphNode & { key: string })[]}
 */
export const inputsOf = (document) =>
  /** @type {(GraphNode & { key: string })[]} */ (document?.nodes.filter(({ kind, key }) => kind === "input" && key !== null) ?? []);

/**
 * Where an input's number is written; null where that is not one literal.
 * @param {string} source
 * @param {Span | null} span of the input
 * @param {number} home the program's number for it
 */
export function literalOf(source, span, home) {
  const found = soleNumber(source, span);
  return found && Object.is(valueOf(found), home + 0) ? found : null;
}

/**
 * The program with another number in place of a literal; one that had a point keeps one.
 * @param {string} source
 * @param {Literal} literal
 * @param {number} value
 */
export function writtenInto(source, { start, end, text }, value) {
  const plain = String(value);
  const whole = /^-?\d+$/.test(plain) && /[.eE]/.test(text);
  return `${source.slice(0, start)}${whole ? `${plain}.0` : plain}${source.slice(end)}`;
}

/**
 * Whether an input counts something: a whole number, written without a point, that no operation computes with.
 * @param {GraphDocument} document
 * @param {GraphNode} node
 * @param {string} source
 */
export function isCount({ edges }, { id, span, data }, source) {
  if (!Number.isInteger(data) || edges.some((edge) => edge.source === id)) return false;
  const literal = soleNumber(source, span);
  return literal !== null && !/[.eE]/.test(literal.text);
}

/**
 * @param {string} source
 * @param {Span | null} span
 * @returns {Literal | null}
 */
function soleNumber(source, span) {
  if (span === null) return null;
  const { start, end } = rangeOfSpan(source, span);
  const numbers = [...source.slice(start, end).matchAll(TOKEN)].filter(([text]) => /^[-+.\d]/.test(text));
  const [only] = numbers;
  return numbers.length === 1 ? { start: start + only.index, end: start + only.index + only[0].length, text: only[0] } : null;
}

/** @param {Literal | null} literal */
const valueOf = (literal) => (literal ? Number(literal.text.replace(/[\s_]/g, "")) + 0 : NaN);
