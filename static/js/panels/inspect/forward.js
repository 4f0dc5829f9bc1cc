/** Forward mode from one node: how fast all that follows changes with it, found along the program. Pure. */

/** @import { GraphDocument } from "../../types.d.ts" */
/** @import { Graph, Line, Reading } from "../../explain/types.d.ts" */
/** @import { Hop } from "./hops.js" */

import { graphOf, nodeAt, operandsOf } from "../../explain/graph.js";
import { slope } from "../../explain/lines.js";
import { factorOf, hopsAmong, slopeOf, termOf } from "./hops.js";
import { lineOf, partial, product, sum } from "./products.js";

/** More nodes that follow are counted and not listed; the output always is. */
const MOST_LINES = 5;

/**
 * @typedef {object} Forward
 * @property {Line[]} lines
 * @property {number} rest how many nodes there are beside
 */

/**
 * @param {GraphDocument} document
 * @param {number} id
 * @param {Reading} reading
 * @returns {Forward} without lines where nothing follows
 */
export function forwardOf(document, id, reading) {
  const graph = graphOf(document, reading);
  /** @type {Map<number, number>} */
  const speeds = new Map([[id, 1]]);
  /** @type {Line[]} */
  const lines = [];
  let rest = 0;
  for (const node of graph.order.toReversed()) {
    const hops = hopsAmong(operandsOf(graph, node)).filter(({ source }) => speeds.has(source));
    if (hops.length === 0) continue;
    speeds.set(node, hops.reduce((speed, hop) => speed + slopeOf(hop) * (speeds.get(hop.source) ?? NaN), 0));
    if (lines.length < MOST_LINES || node === graph.output) lines.push(lineAt(graph, node, { id, hops, speeds }));
    else rest++;
  }
  return { lines, rest };
}

/**
 * `∂L/∂a = ∂L/∂d · ∂d/∂a = -2 · -3 = 6`, with a term for each operand that changes; where the node itself is one of
 * several, that term is its slope in numbers.
 * @param {Graph} graph
 * @param {number} node
 * @param {{ id: number, hops: Hop[], speeds: ReadonlyMap<number, number> }} before
 */
function lineAt(graph, node, { id, hops, speeds }) {
  const [first, ...others] = operandsOf(graph, node).filter(({ source }) => speeds.has(source));
  if (first?.source === id && first.local !== null && others.length === 0) return slope(graph, first, first.local);
  const [result, own] = [nodeAt(graph, node).name, nodeAt(graph, id).name];
  const terms = hops.map((hop) => ({ hop, direct: hop.source === id, operand: nodeAt(graph, hop.source).name, speed: speeds.get(hop.source) ?? NaN }));
  return lineOf((form) => [
    partial(form, result, own),
    sum(form, terms.map(({ hop, direct, operand }) => (direct ? termOf(form, hop) : product(form, [partial(form, result, operand), partial(form, operand, own)])))),
    sum(form, terms.map(({ hop, direct, speed }) => (direct ? termOf(form, hop) : product(form, [factorOf(form, hop), form.number(speed)])))),
    form.number(speeds.get(node) ?? NaN),
  ]);
}
