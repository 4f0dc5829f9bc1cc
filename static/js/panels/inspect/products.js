/** Sums of products as notation, each once as text and once as LaTeX. Pure. */

/** @import { Line, Name } from "../../explain/types.d.ts" */

import { LATEX, TEXT } from "../../explain/notation.js";

/** More factors, or terms, leave out those in the middle. */
const MANY = 6;
const LEFT_OUT = "…";

/**
 * @typedef {object} Form
 * @property {(value: number) => string} number
 * @property {(text: string) => string} bracketed
 * @property {string} times
 * @property {(of: Name, by: Name) => string} ratio
 */

/** @type {Form} */
const WORDS = { number: TEXT.number, bracketed: TEXT.bracketed, times: " · ", ratio: (of, by) => `∂${of.closed}/∂${by.closed}` };
/** @type {Form} */
const TEX = { number: LATEX.number, bracketed: LATEX.bracketed, times: " \\cdot ", ratio: (of, by) => `\\frac{\\partial ${of.closedLatex}}{\\partial ${by.closedLatex}}` };

/**
 * How fast one node changes with another.
 * @param {Form} form
 * @param {Name} of
 * @param {Name} by
 */
export const partial = (form, of, by) => form.ratio(of, by);

/**
 * @param {Form} form
 * @param {string[]} factors
 */
export const product = (form, factors) => shortened(factors).join(form.times);

/**
 * @param {Form} form
 * @param {string[]} terms
 */
export const sum = (form, terms) => shortened(terms).map((term, place) => (place > 0 && term.startsWith("-") ? form.bracketed(term) : term)).join(" + ");

/**
 * An equation in both forms, its last side the result; a side that repeats the one before it is said once.
 * @param {(form: Form) => string[]} sides
 * @returns {Line}
 */
export function lineOf(sides) {
  const text = distinct(sides(WORDS));
  const result = text.at(-1) ?? "";
  return { symbols: text[0] ?? "", numbers: text.slice(1, -1).join(" = "), result, text: text.join(" = "), latex: distinct(sides(TEX)).join(" = ") };
}

/** @param {string[]} sides */
const distinct = (sides) => sides.filter((side, place) => side !== sides[place - 1]);

/** @param {string[]} parts */
const shortened = (parts) => (parts.length > MANY ? [...parts.slice(0, MANY / 2), LEFT_OUT, ...parts.slice(-MANY / 2)] : parts);
