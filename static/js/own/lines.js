/** A step of a learner's own engine as lines of notation: `a.grad = 4 + -3 · 2 = -2`. */

/** @import { GraphDocument } from "../types.d.ts" */
/** @import { Deposit, Graph, Line, Name, Step } from "../explain/types.d.ts" */

import { number } from "../format.js";
import { escaped, latexName, visible } from "../explain/names.js";
import { latexNumber } from "../explain/notation.js";

const WORD = /^\w+$/;
const GRADIENT = "grad";

/**
 * @param {Step} step
 * @param {GraphDocument} document
 * @param {Graph} graph
 * @returns {Line[]}
 */
export function takenLines(step, document, graph) {
  if (step.kind === "make") return [made(step, document, graph)];
  const attribute = document.engine?.attributes?.gradient ?? GRADIENT;
  return step.deposits.map((deposit) => written(deposit, attribute, graph));
}

/**
 * How a number was made: `d = c + a = -6 + 2 = -4`.
 * @param {Step} step
 * @param {GraphDocument} document
 * @param {Graph} graph
 * @returns {Line}
 */
function made({ node, deposits }, document, graph) {
  const symbol = visible(document.nodes.find(({ id }) => id === node)?.symbol ?? "");
  const sign = latexName(symbol);
  const own = nameOf(graph, node);
  const operands = deposits.map(({ edge }) => nameOf(graph, edge.source));
  const data = deposits.map((deposit) => deposit.data ?? NaN);
  const result = graph.nodes.get(node)?.data ?? NaN;
  return line(
    [own.plain, applied(symbol, operands.map(({ closed }) => closed)), applied(symbol, data.map((one) => number(one))), number(result)],
    [own.latex.text, applied(sign, operands.map(({ closedLatex }) => closedLatex), symbol), applied(sign, data.map((one) => latexNumber(one)), symbol), latexNumber(result)],
  );
}

/**
 * An operation as it is called: between two operands where it is a sign, else before them.
 * @param {string} symbol
 * @param {string[]} operands
 * @param {string} [sign] what decides
 */
function applied(symbol, operands, sign = symbol) {
  const [left, right, ...more] = operands;
  return right !== undefined && more.length === 0 && !WORD.test(sign) ? `${left} ${symbol} ${right}` : `${symbol}(${operands.join(", ")})`;
}

/**
 * What was written: with what was there before, where that is kept.
 * @param {Deposit} deposit
 * @param {string} attribute
 * @param {Graph} graph
 * @returns {Line}
 */
function written({ edge, before, after, amount, local, upstream, added }, attribute, graph) {
  const { closed, closedLatex } = nameOf(graph, edge.source);
  const terms = (/** @type {(value: number) => string} */ form, /** @type {string} */ times) => {
    const product = local === null || upstream === null ? [amount ?? NaN] : [local, upstream];
    return [...(added ? [form(before ?? NaN)] : []), product.map((one) => form(one)).join(times)].join(" + ");
  };
  const result = after ?? NaN;
  const sides = terms(number, " · ") === number(result) ? [] : [terms(number, " · ")];
  const latexSides = sides.length === 0 ? [] : [terms(bracketed, " \\cdot ")];
  return line([`${closed}.${attribute}`, ...sides, number(result)], [`${closedLatex}\\text{${escaped(`.${attribute}`)}}`, ...latexSides, latexNumber(result)]);
}

/** @param {number} value */
const bracketed = (value) => (value < 0 ? `(${latexNumber(value)})` : latexNumber(value));

/** @type {(graph: Graph, node: number) => Name} */
function nameOf({ nodes }, node) {
  const found = nodes.get(node);
  if (found === undefined) throw new RangeError(`no node ${node}`);
  return found.name;
}

/**
 * @param {string[]} sides
 * @param {string[]} latex
 * @returns {Line}
 */
const line = (sides, latex) => ({ symbols: sides[0] ?? "", numbers: sides.slice(1, -1).join(" = "), result: sides.at(-1) ?? "", text: sides.join(" = "), latex: latex.join(" = ") });
