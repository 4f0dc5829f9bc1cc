/** What is explained: a document by node, with numbers as numbers. The same as `engine/explain/graph.py`. */

/** @import { GraphDocument, GraphNode, Num } from "../types.d.ts" */
/** @import { Edge, Graph, Name, Node, Reading } from "./types.d.ts" */

import { NOTATION } from "../generated/notation.js";
import { namesOf } from "./names.js";

/** @type {WeakMap<GraphDocument, { source: string, rule: string, graph: Graph }[]>} the readings of a document */
const READ = new WeakMap();

/**
 * The graph of a document; asked for again, the same one.
 * @param {GraphDocument} document
 * @param {Reading} [reading]
 * @returns {Graph}
 */
export function graphOf(document, { source = "", rule = "pytorch" } = {}) {
  const readings = READ.get(document) ?? [];
  const known = readings.find((one) => one.source === source && one.rule === rule);
  if (known !== undefined) return known.graph;
  const graph = read(document, source, rule);
  READ.set(document, [...readings, { source, rule, graph }]);
  return graph;
}

/** A node, whose name is worked out when it is spoken of. @implements {Node} */
class Drawn {
  #names;
  #id;

  /**
   * @param {GraphNode} node
   * @param {Names} names
   * @param {string} rule
   * @param {string | null} scope
   */
  constructor({ id, kind, op, data, grad, adjoint }, names, rule, scope) {
    this.#names = names;
    this.#id = id;
    this.kind = /** @type {string} */ (kind);
    this.op = NOTATION.get(op ?? "") ?? null;
    this.data = real(data);
    this.handed = real(rule === "pytorch" ? adjoint : grad);
    this.scope = scope;
  }

  get name() {
    return this.#names.of(this.#id);
  }
}

/** The names of a document, worked out together. */
class Names {
  /** @type {Map<number, Name> | null} */
  #names = null;

  /**
   * @param {GraphDocument} document
   * @param {string} source
   */
  constructor(document, source) {
    this.document = document;
    this.source = source;
  }

  /** @param {number} id @returns {Name} */
  of(id) {
    this.#names ??= namesOf(this.document, this.source);
    const name = this.#names.get(id);
    if (name === undefined) throw new RangeError(`no node ${id}`);
    return name;
  }
}

/**
 * @param {GraphDocument} document
 * @param {string} source
 * @param {string} rule
 * @returns {Graph}
 */
function read(document, source, rule) {
  const names = new Names(document, source);
  const kinds = new Map(document.scopes.map(({ id, kind }) => [id, kind]));
  /** @type {Map<number, Node>} */
  const nodes = new Map();
  /** @type {Map<number, Edge[]>} */
  const into = new Map();
  for (const node of document.nodes) {
    const box = /** @type {string} */ (node.kind) === "scope";
    nodes.set(node.id, new Drawn(node, names, rule, box ? (kinds.get(node.key ?? "") ?? "call") : null));
    into.set(node.id, []);
  }
  document.edges.forEach(({ source: from, target, key, local, flow }, index) =>
    into.get(target)?.push({ index, source: from, target, key, local: real(local), flow: real(flow) }),
  );
  for (const [id, node] of nodes) if (node.op?.params.length !== into.get(id)?.length) node.op = null; // its operands are not all drawn
  return { nodes, into, order: document.graph.order, output: document.graph.output };
}

/**
 * The graph of a document where neither names nor gradients matter: any reading of it will do.
 * @param {GraphDocument} document
 */
export const bareGraphOf = (document) => READ.get(document)?.[0]?.graph ?? graphOf(document);

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
