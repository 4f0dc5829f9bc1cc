/** A document without the numbers that are to be predicted, and with those that were found put in. */

/** @import { GraphDocument, Num, Task } from "../types.d.ts" */

/**
 * Without gradients, and without the order that they come about in.
 * @param {GraphDocument} document
 * @returns {GraphDocument}
 */
export const bare = (document) => ({
  ...document,
  graph: { ...document.graph, order: [], steps: 0 },
  nodes: document.nodes.map((node) => ({ ...node, grad: null, adjoint: null })),
  edges: document.edges.map((edge) => ({ ...edge, local: null, flow: null })),
});

/**
 * With the numbers that are known of nodes.
 * @param {GraphDocument} document
 * @param {Task["hide"]} hide
 * @param {ReadonlyMap<number, Num>} numbers
 * @returns {GraphDocument}
 */
export function filled(document, hide, numbers) {
  const put = (/** @type {Num} */ number) => (hide === "data" ? { data: number } : { grad: number, adjoint: number });
  const nodes = document.nodes.map((node) => {
    const number = numbers.get(node.id);
    return number === undefined ? node : { ...node, ...put(number) };
  });
  return { ...document, nodes };
}
