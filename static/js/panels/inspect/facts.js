/** Everything there is to say about one node: pure, from the document and what explains it. */

/** @import { Accumulation, Diagnostic, GraphDocument, GraphNode, GraphScope, Num } from "../../types.d.ts" */
/** @import { Line, Step } from "../../explain/types.d.ts" */

import { graphOf, linesOf, nodeAt, ruleOf, stepsOf } from "../../explain/index.js";
import { kinked, slope } from "../../explain/lines.js";
import { insideLines } from "../../own/inside.js";
import { gradsAt, stepThatGave, stepThatMade } from "../../stepped.js";
import { chainOf } from "./chain.js";

/**
 * @typedef {object} Facts
 * @property {GraphNode} node
 * @property {string} name
 * @property {Num | null} grad as far as the steps have come
 * @property {string[]} rule the operation's formula and derivatives; empty for a leaf
 * @property {Line[]} made how its number was computed
 * @property {Line[]} inside the elementary operations that an operation of a learner's own engine is made of
 * @property {Line[]} slopes how fast it changes with each operand
 * @property {boolean[]} kinks for each of the slopes, whether a convention stands in
 * @property {Step | null} seed the step with which the backward pass starts, if it starts here
 * @property {Line | null} chain its gradient by the chain rule, where there is more to it than one slope
 * @property {Line[]} deposits what its users gave it, in this pass
 * @property {boolean} whole whether all there is of the graph is here
 * @property {Link[]} operands
 * @property {Link[]} users
 * @property {GraphScope[]} path the scopes around it, outermost first
 * @property {Diagnostic[]} warnings of its line
 * @property {number | null} madeAt the step that made its value
 * @property {number | null} gaveAt the step that completed its gradient
 */

/** @typedef {{ id: number, name: string }} Link */

/**
 * @typedef {object} Reading
 * @property {string} source
 * @property {Accumulation} rule
 * @property {number | null} step
 */

/**
 * @param {GraphDocument} document
 * @param {number | null} id
 * @param {Reading} reading
 * @returns {Facts | null} null where there is no such node
 */
export function factsOf(document, id, { source, rule, step }) {
  const node = document.nodes.find((one) => one.id === id);
  if (!node) return null;
  const reading = { source, rule };
  const graph = graphOf(document, reading);
  const link = (/** @type {number} */ one) => ({ id: one, name: nodeAt(graph, one).name.plain });
  const into = graph.into.get(node.id) ?? [];
  const grounds = into.filter(({ local }) => node.op !== null && local !== null);
  const steps = stepsOf(document, reading);
  const whole = !document.graph.truncated;
  return {
    node,
    name: nodeAt(graph, node.id).name.plain,
    grad: step === null || node.grad === null ? node.grad : (gradsAt(document, step).get(node.id) ?? null),
    rule: node.op === null ? [] : ruleOf(node.op),
    made: steps.filter((one) => one.kind === "make" && one.node === node.id).flatMap((one) => linesOf(one, document, reading)),
    inside: insideLines(node.inside ?? [], graph),
    slopes: grounds.map((edge) => slope(graph, edge, edge.local ?? NaN)),
    kinks: grounds.map((edge) => kinked(graph, edge)),
    seed: steps.find((one) => one.kind === "seed" && one.node === node.id) ?? null,
    chain: whole && !document.steps ? chainOf(document, node.id, reading) : null,
    deposits: steps.flatMap((one) => {
      const deposits = one.kind === "give" ? one.deposits.filter(({ edge }) => edge.source === node.id) : [];
      return deposits.length > 0 ? linesOf({ ...one, deposits }, document, reading) : [];
    }),
    whole,
    operands: distinct(into.map((edge) => edge.source)).map(link),
    users: distinct(document.edges.filter((edge) => edge.source === node.id).map(({ target }) => target)).map(link),
    path: pathOf(document, node),
    warnings: node.line === null ? [] : document.diagnostics.filter(({ line }) => line === node.line),
    madeAt: node.kind !== "operation" ? null : stepThatMade(document, node.id),
    gaveAt: stepThatGave(document, node.id),
  };
}

/**
 * The scopes around a node, outermost first; a box is not around itself.
 * @param {GraphDocument} document
 * @param {GraphNode} node
 * @returns {GraphScope[]}
 */
export function pathOf({ scopes }, { scope }) {
  const known = new Map(scopes.map((one) => [one.id, one]));
  /** @type {GraphScope[]} */
  const path = [];
  for (let at = known.get(scope ?? ""); at && !path.includes(at); at = known.get(at.parent ?? "")) path.unshift(at);
  return path;
}

/** @param {number[]} ids */
const distinct = (ids) => [...new Set(ids)];
