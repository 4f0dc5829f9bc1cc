/** Graph documents as the service answers them, numbers and all, worked out by hand. */

/** @import { GraphDocument } from "../../static/js/types.d.ts" */

import { graph, input, operation } from "./documents.js";

/**
 * A document with the numbers of a run: per node data and adjoint, per edge local and flow.
 * @param {GraphDocument} bare
 * @param {[number, number][]} nodes
 * @param {[number, number][]} edges
 * @param {number[]} order
 * @returns {GraphDocument}
 */
function recorded(bare, nodes, edges, order) {
  return {
    ...bare,
    graph: { ...bare.graph, order, steps: 2 * order.length + 1 },
    nodes: bare.nodes.map((node, place) => ({ ...node, data: nodes[place][0], grad: nodes[place][1], adjoint: nodes[place][1] })),
    edges: bare.edges.map((edge, place) => ({ ...edge, local: edges[place][0], flow: edges[place][1] })),
    passes: [{ output: bare.graph.output, data: nodes[nodes.length - 1][0], line: null }],
  };
}

/** L = (a*b + c) * f, where a = 2, b = -3, c = 10, f = -2 */
export const SEED = recorded(
  graph([input(0, "a"), input(1, "b"), input(2, "c"), input(3, "f"), operation(4, "mul"), operation(5, "add"), operation(6, "mul", "L")], {
    4: [0, 1],
    5: [4, 2],
    6: [5, 3],
  }),
  [[2, 6], [-3, -4], [10, -2], [-2, 4], [-6, -2], [4, -2], [-8, 1]],
  [[-3, 6], [2, -4], [1, -2], [1, -2], [-2, -2], [4, 4]],
  [6, 5, 4],
);

/** y = x * x, where x = 3 */
export const SQUARED = recorded(graph([input(0, "x"), operation(1, "mul", "y")], { 1: [0, 0] }), [[3, 6], [9, 1]], [[3, 3], [3, 3]], [1]);

/** r = x / y, where x = 1, y = 2 */
export const QUOTIENT = recorded(
  graph([input(0, "x"), input(1, "y"), operation(2, "div", "r")], { 2: [0, 1] }),
  [[1, 0.5], [2, -0.25], [0.5, 1]],
  [[0.5, 0.5], [-0.25, -0.25]],
  [2],
);
