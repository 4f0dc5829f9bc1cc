/** How rules are written: trees as text and as LaTeX. The same as `engine/explain/notation.py`. */

/** @import { Notation, Tree, Written } from "./types.d.ts" */

import { number } from "../format.js";
import { NOTATION } from "../generated/notation.js";

export const ATOM = 5;
export const LOOSE = 0;
const POWER = 4;
const UNARY = 3;
const PRODUCT = 2;
/** @type {Record<string, number>} */
const STRENGTH = { "+": 1, "-": 1, "*": 2, "/": 2, "//": 2, "%": 2, "**": POWER };
/** @type {Record<string, string>} */
const SIGNS = { "*": "·", "==": "=", "!=": "≠", "<=": "≤", ">=": "≥" };
/** @type {Record<string, string>} */
const TEX_SIGNS = { "!=": "\\ne", "<=": "\\le", ">=": "\\ge", "==": "=" };
const RAISED = new Map([
  ["2", "²"],
  ["3", "³"],
]);
const IDENTIFIER = /^[A-Za-z_]\w*$/;

/**
 * @typedef {object} Style what differs between the two ways to write
 * @property {(value: number) => string} number
 * @property {(name: string) => string} constant
 * @property {(text: string) => string} bracketed
 * @property {(op: Notation, operands: Written[]) => Written} applied
 * @property {(sign: string) => string} relation
 * @property {(yes: string, test: string, no: string) => string} cases
 */

/**
 * A tree in a style; `names` has what stands for each operand.
 * @param {Tree} rule
 * @param {ReadonlyMap<string, Written>} names
 * @param {Style} style
 * @returns {Written}
 */
export function write(rule, names, style) {
  if (typeof rule === "string") return names.get(rule) ?? { text: rule, strength: ATOM };
  if (typeof rule === "number") {
    const text = style.number(rule);
    return { text, strength: rule < 0 ? 1 : text.includes(" ") ? PRODUCT : ATOM, plain: true };
  }
  const [first, ...parts] = rule;
  const head = String(first);
  const written = parts.map((part) => write(part, names, style));
  const op = NOTATION.get(head);
  if (op !== undefined && parts.length > 0) return style.applied(op, written);
  const texts = written.map(({ text }) => text);
  if (head === "if") {
    const [test = "", yes = "", no = ""] = texts;
    return { text: style.cases(yes, test, no), strength: LOOSE };
  }
  if (parts.length === 0) return { text: style.constant(head), strength: ATOM };
  return { text: texts.join(` ${style.relation(head)} `), strength: LOOSE };
}

/**
 * Whether an operand needs brackets: a negative number does after + and -, and as the base of a power.
 * @param {Notation} op
 * @param {number} position
 * @param {Written} operand
 */
function needs(op, position, { strength, plain }) {
  if (IDENTIFIER.test(op.symbol)) return strength < ATOM;
  if (op.params.length === 1) return strength < UNARY;
  const own = STRENGTH[op.symbol] ?? 0;
  if (own === POWER) return strength < ATOM;
  return !(own > 1 && plain === true) && strength < own + position;
}

/**
 * @param {Notation} op
 * @param {Written[]} operands
 * @param {(text: string) => string} brackets
 */
const bracketed = (op, operands, brackets) =>
  operands.map((operand, position) => (needs(op, position, operand) ? brackets(operand.text) : operand.text));

/**
 * @param {Notation} op
 * @param {Written[]} operands
 * @returns {Written}
 */
function appliedText(op, operands) {
  const { symbol } = op;
  if (IDENTIFIER.test(symbol)) return { text: `${symbol}(${operands.map(({ text }) => text).join(", ")})`, strength: ATOM };
  const [left = "", right] = bracketed(op, operands, TEXT.bracketed);
  if (right === undefined) return { text: symbol + left, strength: UNARY };
  const strength = STRENGTH[symbol] ?? 0;
  if (strength === POWER) return { text: left + (RAISED.get(right) ?? `^${right}`), strength };
  return { text: `${left} ${SIGNS[symbol] ?? symbol} ${right}`, strength };
}

/**
 * @param {Notation} op
 * @param {Written[]} operands
 * @returns {Written}
 */
function appliedLatex(op, operands) {
  const tight = bracketed(op, operands, LATEX.bracketed);
  const text = op.latex.replace(/([«‹])([a-z]+)[»›]/g, (_, mark, param) => {
    const place = op.params.indexOf(param);
    return (mark === "«" ? tight[place] : operands[place]?.text) ?? "";
  });
  const openEnded = !IDENTIFIER.test(op.symbol) && op.latex.includes("«");
  return { text, strength: !openEnded ? POWER : op.params.length === 1 ? UNARY : (STRENGTH[op.symbol] ?? 0) };
}

/**
 * A number as LaTeX: `1.5 \cdot 10^{-7}`.
 * @param {number} value
 */
export function latexNumber(value) {
  const text = number(value);
  if (text === "NaN") return "\\mathrm{NaN}";
  const [mantissa = "", exponent] = text.replace("Infinity", "\\infty").split("e");
  return exponent === undefined ? mantissa : `${mantissa} \\cdot 10^{${exponent}}`;
}

/** @type {Style} */
export const TEXT = {
  number: (value) => number(value),
  constant: (name) => (name === "pi" ? "π" : name),
  bracketed: (text) => `(${text})`,
  applied: appliedText,
  relation: (sign) => SIGNS[sign] ?? sign,
  cases: (yes, test, no) => `${yes} if ${test}, else ${no}`,
};

/** @type {Style} */
export const LATEX = {
  number: latexNumber,
  constant: (name) => (name === "pi" ? "\\pi" : name),
  bracketed: (text) => `\\left(${text}\\right)`,
  applied: appliedLatex,
  relation: (sign) => TEX_SIGNS[sign] ?? (IDENTIFIER.test(sign) ? `\\text{ ${sign} }` : sign),
  cases: (yes, test, no) => `\\begin{cases} ${yes} & \\text{if } ${test} \\\\ ${no} & \\text{otherwise} \\end{cases}`,
};

/**
 * An operation's rule as text, for tooltips: the forward rule, and its derivative for each operand.
 * @param {string} name the operation's
 * @returns {string[]} empty for a name that is none
 */
export function ruleOf(name) {
  const op = NOTATION.get(name);
  if (op === undefined) return [];
  const call = write([name, ...op.params], new Map(), TEXT).text;
  const formula = write(op.formula, new Map(), TEXT).text;
  const slopes = op.derivatives.map((slope, place) => `∂/∂${op.params[place] ?? ""} = ${write(slope, new Map(), TEXT).text}`);
  return [formula === call ? call : `${call} = ${formula}`, ...slopes];
}
