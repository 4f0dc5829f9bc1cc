/** A gradient as the chain rule says it: a sum over the nodes that use it. Pure. */

/** @import { GraphDocument } from "../../types.d.ts" */
/** @import { Line, Reading } from "../../explain/types.d.ts" */

import { graphOf, nodeAt, stepsOf } from "../../explain/index.js";
import { factorOf, hopsAmong, termOf } from "./hops.js";
import { lineOf, partial, product, sum } from "./products.js";

/**
 * `∂L/∂a = ∂L/∂d · ∂d/∂a = -2 · -3 = 6`, with a term for each user; where the output itself is one, that term is its
 * slope in numbers, because `∂L/∂a` is what stands on the left.
 * @param {GraphDocument} document
 * @param {number} id
 * @param {Reading} reading
 * @returns {Line | null} null where nothing but the output uses it
 */
export function chainOf(document, id, reading) {
  const graph = graphOf(document, reading);
  const { output } = graph;
  const given = stepsOf(document, reading).flatMap(({ kind, deposits }) => (kind === "give" ? deposits.filter(({ edge }) => edge.source === id) : []));
  const users = hopsAmong(given.map(({ edge }) => edge));
  if (output === null || users.every(({ target }) => target === output)) return null;
  const [result, own] = [nodeAt(graph, output).name, nodeAt(graph, id).name];
  const terms = users.map((hop) => ({ hop, user: nodeAt(graph, hop.target) }));
  return lineOf((form) => [
    partial(form, result, own),
    sum(form, terms.map(({ hop, user }) => (hop.target === output ? termOf(form, hop) : product(form, [partial(form, result, user.name), partial(form, user.name, own)])))),
    sum(form, terms.map(({ hop, user }) => product(form, [form.number(user.handed ?? NaN), factorOf(form, hop)]))),
    form.number(given.at(-1)?.after ?? NaN),
  ]);
}
