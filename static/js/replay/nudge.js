/** What a gradient promises when an input moves, and what then happens. */

/** @import { GraphDocument } from "../types.d.ts" */
/** @import { Nudge } from "./types.d.ts" */

/**
 * The predicted change of the output, gradient times distance, beside the true one. The two documents differ in where
 * that one input stands; null where there is no such input or no output.
 * @param {GraphDocument} document
 * @param {GraphDocument} replayed
 * @param {string} key
 * @returns {Nudge | null}
 */
export function nudge(document, replayed, key) {
  const place = document.nodes.findIndex((node) => node.key === key);
  const output = document.nodes.findIndex(({ id }) => id === document.graph.output);
  if (place < 0 || output < 0) return null;
  const distance = (/** @type {number} */ at) => Number(replayed.nodes[at].data) - Number(document.nodes[at].data);
  const [dx, actual] = [distance(place), distance(output)];
  const predicted = Number(document.nodes[place].adjoint) * dx;
  return { dx, predicted, actual, error: actual - predicted };
}
