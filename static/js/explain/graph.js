/** What is explained: a document by node, with numbers as numbers. The same as `engine/explain/graph.py`. */

/** @import { GraphDocument, Num } from "../types.d.ts" */
/** @import { Edge, Graph, Node, Reading } from "./types.d.ts" */

import { NOTATION } from "../generated/notation.js";
import { namesOf } from "./names.js";

/** @type {WeakMap<GraphDocument, { source: string, rule: string, graph: Graph }>} the last reading of a document */
const READ = new WeakMap();

/**
 * The graph of a document; asked for again, the same one.
 * @param {GraphDocument} document
 * @param {Reading} [reading]
 * @returns {Graph}
 */
export function graphOf(document, { source = "", rule = "pytorch" } = {}) {
  const last = READ.get(document);
  if (last !== undefined && last.source === source && last.rule === rule) return last.graph;
  const graph = read(document, source, rule);
  READ.set(document, { source, rule, graph });
  return graph;
}

/**
 * @param {GraphDocument} document
 * @param {string} source
 * @param {string} rule
 * @returns {Graph}
 */
function read(document, source, rule) {
  const names = namesOf(document, source);
  const kinds = new Map(document.scopes.map(({ id, kind }) => [id, kind]));
  /** @type {Map<number, Node>} */
  const nodes = new Map();
  /** @type {Map<number, Edge[]>} */
  const into = new Map();
  for (const node of document.nodes) {
    const name = names.get(node.id);
    if (name === undefined) continue;
    const kind = /** @type {string} */ (node.kind);
    nodes.set(node.id, {
      kind,
      name,
      op: NOTATION.get(node.op ?? "") ?? null,
      data: real(node.data),
      handed: real(rule === "pytorch" ? node.adjoint : node.grad),
      scope: kind === "scope" ? (kinds.get(node.key ?? "") ?? "call") : null,
    });
    into.set(node.id, []);
  }
  document.edges.forEach(({ source: from, target, key, local, flow }, index) =>
    into.get(target)?.push({ index, source: from, target, key, local: real(local), flow: real(flow) }),
  );
  return { nodes, into, order: document.graph.order, output: document.graph.output };
}

/**
 * A number as it travels, as a number.
 * @param {Num | null | undefined} value
 */
const real = (value) => (value === null || value === undefined ? null : Number(value));

/**
 * A node of a graph; there is one for every id that a document speaks of.
 * @param {Graph} graph
 * @param {number} id
 * @returns {Node}
 */
export function nodeAt({ nodes }, id) {
  const node = nodes.get(id);
  if (node === undefined) throw new RangeError(`no node ${id}`);
  return node;
}

/**
 * The operands of a node.
 * @param {Graph} graph
 * @param {number} id
 * @returns {readonly Edge[]}
 */
export const operandsOf = ({ into }, id) => into.get(id) ?? [];
