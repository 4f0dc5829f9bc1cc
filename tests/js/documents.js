/** Graph documents written by hand, for the tests of what reads them. */

/** @import { Diagnostic, GraphDocument, GraphEdge, GraphNode } from "../../static/js/types.d.ts" */

/**
 * @param {Partial<GraphNode> & { id: number }} parts
 * @returns {GraphNode}
 */
export function node(parts) {
  return { kind: "operation", op: null, symbol: null, label: null, key: null, data: 1, grad: 1, adjoint: 1, span: null, line: null, scope: null, ...parts };
}

/**
 * @param {number} id
 * @param {string} label
 * @param {number} [data]
 */
export const input = (id, label, data = 1) => node({ id, kind: "input", label, key: label, data });

/**
 * @param {number} id
 * @param {string} op
 * @param {string | null} [label]
 */
export const operation = (id, op, label = null) => node({ id, op, symbol: op, label });

/**
 * @param {GraphNode[]} nodes
 * @param {Record<number, number[]>} operands by the id of the result
 * @param {Partial<GraphEdge>} [numbers]
 * @returns {GraphDocument}
 */
export function graph(nodes, operands, numbers = {}) {
  const edges = Object.entries(operands).flatMap(([target, sources]) =>
    sources.map((source, key) => ({ source, target: Number(target), key, local: 1, flow: 1, ...numbers })),
  );
  const output = nodes.at(-1)?.id ?? null;
  return {
    graph: { schema: "graph/1", output, structure: "", order: [], steps: 0, truncated: false },
    nodes,
    edges,
    scopes: [],
    passes: [],
    lines: { executed: [], counts: {} },
    printed: [],
    diagnostics: [],
  };
}

/** L = (a*b + c) * f */
export const CHAIN = graph(
  [input(0, "a"), input(1, "b"), operation(2, "mul"), input(3, "c"), operation(4, "add"), input(5, "f"), operation(6, "mul", "L")],
  { 2: [0, 1], 4: [2, 3], 6: [4, 5] },
);

/** y = x*x */
export const SQUARE = graph([input(0, "x", 3), operation(1, "mul", "y")], { 1: [0, 0] });

/**
 * @param {Partial<Diagnostic>} parts
 * @returns {Diagnostic}
 */
export function diagnostic(parts) {
  return { severity: "error", code: "name", message: "something is wrong", hint: null, limit: null, line: null, span: null, range: null, ...parts };
}
