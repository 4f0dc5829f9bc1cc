/** A step as lines of notation, `dL/da += dL/dd · b = -2 · -3 = 6`: `engine/explain/lines.py`. */

/** @import { GraphDocument } from "../types.d.ts" */
/** @import { Deposit, Edge, Graph, Line, Name, Notation, Reading, Step, Tree, Written } from "./types.d.ts" */
/** @import { Style } from "./notation.js" */

import { number } from "../format.js";
import { NOTATION } from "../generated/notation.js";
import { takenLines } from "../own/lines.js";
import { graphOf, nodeAt, operandsOf } from "./graph.js";
import { LATEX, TEXT, latexNumber, write, ATOM } from "./notation.js";
import { TIMES, holds, reason, resolved } from "./tree.js";

/** More deposits than that, which only boxes make, are counted and not listed. */
export const MANY = 6;
const ABOVE = "above"; // the name under which a product has the gradient from above

/**
 * The lines of a step: one forward and for the seed, backward one for each deposit.
 * @param {Step} step
 * @param {GraphDocument} document
 * @param {Reading} [reading]
 * @returns {Line[]}
 */
export function linesOf(step, document, reading) {
  const graph = graphOf(document, reading);
  if (step.taken) return takenLines(step, document, graph);
  const { name, op } = nodeAt(graph, step.node);
  if (step.kind === "seed") return [line(gradient(graph, name), "", "1", `${gradientLatex(graph, name)} = 1`)];
  if (step.kind === "make") return op === null ? [] : [made(graph, step, op)];
  return step.deposits.flatMap((deposit) => (deposit.amount === null ? [] : [deposited(graph, deposit, deposit.amount)]));
}

/**
 * The lines of a step as one formula.
 * @type {(step: Step, document: GraphDocument, reading?: Reading) => string}
 */
export const latexOf = (step, document, reading) => gathered(linesOf(step, document, reading));

/**
 * Lines as one formula.
 * @param {Line[]} lines
 */
export function gathered(lines) {
  const rows = lines.map(({ latex }) => latex);
  if (rows.length < 2) return rows[0] ?? "";
  const shown = [...rows.slice(0, MANY), ...(rows.length > MANY ? ["\\vdots"] : [])];
  return `\\begin{gathered} ${shown.join(" \\\\ ")} \\end{gathered}`;
}

/**
 * @param {string} symbols
 * @param {string} numbers
 * @param {string} result
 * @param {string} latex
 * @returns {Line}
 */
const line = (symbols, numbers, result, latex) => ({ symbols, numbers, result, text: equation(symbols, numbers, result), latex });

/** @param {string[]} sides */
const equation = (...sides) => sides.filter((side) => side !== "").join(" = ");

/** @param {Graph} graph @param {Name} name */
const gradient = (graph, name) => `d${outputOf(graph).closed}/d${name.closed}`;

/** @param {Graph} graph @param {Name} name */
const gradientLatex = (graph, name) => `\\frac{\\partial ${outputOf(graph).closedLatex}}{\\partial ${name.closedLatex}}`;

/** @param {Graph} graph */
const outputOf = (graph) => nodeAt(graph, graph.output ?? -1).name;

/**
 * How an operation is computed: `d = a · b = 2 · -3 = -6`.
 * @param {Graph} graph
 * @param {Step} step
 * @param {Notation} op
 * @returns {Line}
 */
function made(graph, step, op) {
  const { name, data } = nodeAt(graph, step.node);
  const head = headOf(op);
  const numbers = step.deposits.map((deposit) => deposit.data).filter((value) => value !== null);
  /** @type {Tree} */
  const placed = [head, ...numbers];
  /** @param {Style} style @param {Written} own @param {"text" | "latex"} form */
  const sides = (style, own, form) => {
    const symbols = write([head, ...op.params], namesAt(graph, step.node, form), style).text;
    const numeric = numbers.length === op.params.length ? write(placed, new Map(), style).text : "";
    return [name.own ? `${own.text} = ${symbols}` : symbols, numeric, style.number(data ?? NaN)];
  };
  const [symbols = "", numeric = "", result = ""] = sides(TEXT, name.text, "text");
  return line(symbols, numeric, result, equation(...sides(LATEX, name.latex, "latex")));
}

/** @param {Notation} op */
const headOf = (op) => [...NOTATION].find(([, one]) => one === op)?.[0] ?? "";

/**
 * What the operands of a node are called, by param.
 * @param {Graph} graph
 * @param {number} node
 * @param {"text" | "latex"} form
 * @returns {Map<string, Written>}
 */
function namesAt(graph, node, form) {
  const params = nodeAt(graph, node).op?.params ?? [];
  return new Map(operandsOf(graph, node).map(({ source }, place) => [params[place] ?? "", nodeAt(graph, source).name[form]]));
}

/**
 * The rule of the slope along an edge, the operands' numbers there, and those of them that are constants.
 * @param {Graph} graph
 * @param {Edge} edge
 */
function pointOf(graph, edge) {
  const op = nodeAt(graph, edge.target).op;
  /** @type {Map<string, number | null>} */
  const numbers = new Map();
  /** @type {Map<string, number>} */
  const fixed = new Map();
  operandsOf(graph, edge.target).forEach(({ source }, place) => {
    const { kind, data } = nodeAt(graph, source);
    const param = op?.params[place] ?? "";
    numbers.set(param, data);
    if (kind === "constant" && data !== null) fixed.set(param, data);
  });
  return { op, rule: op?.derivatives[edge.key] ?? NaN, numbers, fixed };
}

/**
 * A rule with the names of the operands at an edge put in.
 * @param {Graph} graph
 * @param {Edge} edge
 * @param {Tree} rule
 * @param {Style} style
 */
function spelled(graph, edge, rule, style) {
  const target = nodeAt(graph, edge.target).name;
  const names = namesAt(graph, edge.target, style === TEXT ? "text" : "latex");
  const above = style === TEXT ? gradient(graph, target) : gradientLatex(graph, target);
  return write(rule, names.set(ABOVE, { text: above, strength: ATOM }), style).text;
}

/**
 * The slope along an edge: `∂d/∂a = b = -3`.
 * @param {Graph} graph
 * @param {Edge} edge
 * @param {number} local
 * @returns {Line}
 */
export function slope(graph, edge, local) {
  const target = nodeAt(graph, edge.target).name;
  const operand = nodeAt(graph, edge.source).name;
  const { rule: whole, numbers, fixed } = pointOf(graph, edge);
  const rule = resolved(whole, numbers, fixed);
  /** @param {Style} style */
  const said = (style) => (typeof rule === "number" ? "" : spelled(graph, edge, rule, style));
  const ratio = `\\frac{\\partial ${target.closedLatex}}{\\partial ${operand.closedLatex}}`;
  const symbols = equation(`∂${target.closed}/∂${operand.closed}`, said(TEXT));
  return line(symbols, "", number(local), equation(ratio, said(LATEX), latexNumber(local)));
}

/**
 * The comparison that decided the slope along an edge; empty where none did.
 * @param {Graph} graph
 * @param {Edge} edge
 */
export function why(graph, edge) {
  const { rule, numbers, fixed } = pointOf(graph, edge);
  const found = reason(rule, numbers, fixed);
  return found === null ? "" : spelled(graph, edge, found, TEXT);
}

/**
 * Whether there is no slope along an edge, and a convention stands in.
 * @param {Graph} graph
 * @param {Edge} edge
 */
export function kinked(graph, edge) {
  const { op, numbers } = pointOf(graph, edge);
  return op !== null && op.kink !== null && ![...numbers.values()].includes(null) && holds(op.kink, numbers);
}

/**
 * @param {Graph} graph
 * @param {Deposit} deposit
 * @param {number} amount
 * @returns {Line}
 */
function deposited(graph, { edge, upstream, local }, amount) {
  const { name: operand } = nodeAt(graph, edge.source);
  const [head, latexHead] = [gradient(graph, operand), `${gradientLatex(graph, operand)} \\mathrel{+}=`];
  if (upstream === null || local === null) return line(`${head} += ${number(amount)}`, "", "", `${latexHead} ${latexNumber(amount)}`);
  const { rule, numbers, fixed } = pointOf(graph, edge);
  /** @type {Tree} */
  const product = [TIMES, ABOVE, resolved(rule, numbers, fixed)];
  /** @param {Style} style */
  const numeric = (style) => write([TIMES, upstream, local], new Map(), style).text;
  const latex = `${latexHead} ${equation(spelled(graph, edge, product, LATEX), numeric(LATEX), latexNumber(amount))}`;
  return line(`${head} += ${spelled(graph, edge, product, TEXT)}`, numeric(TEXT), number(amount), latex);
}
