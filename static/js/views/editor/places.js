/** Where the nodes of a graph stand in a text: pure. The service counts code points, the editor UTF-16 units. */

/** @import { GraphDocument, GraphNode } from "../../types.d.ts" */

/** @typedef {{ id: number, start: number, end: number }} Place a node's text, half-open, in UTF-16 units */

/**
 * The places of all nodes that stand in the text, in the document's order.
 * @param {string} source
 * @param {readonly GraphNode[]} nodes
 * @returns {Place[]}
 */
export function placesOf(source, nodes) {
  const units = unitsOf(source);
  return nodes.flatMap(({ id, span }) => (span === null ? [] : [{ id, start: units(span[0]), end: units(span[1]) }]));
}

/**
 * The way from code points to UTF-16 units, for a whole text at once.
 * @param {string} source
 * @returns {(point: number) => number}
 */
function unitsOf(source) {
  if (!/[\ud800-\udbff]/.test(source)) return (point) => Math.min(point, source.length);
  /** @type {number[]} */
  const starts = [];
  let at = 0;
  for (const letter of source) {
    starts.push(at);
    at += letter.length;
  }
  return (point) => starts[point] ?? source.length;
}

/**
 * The node of the smallest expression around an offset; of those as small, the one made last.
 * @param {readonly Place[]} places
 * @param {number} offset
 * @returns {number | null}
 */
export function nodeAt(places, offset) {
  let best = null;
  let size = Infinity;
  for (const { id, start, end } of places) {
    if (start > offset || end < offset || end - start > size) continue;
    best = id;
    size = end - start;
  }
  return best;
}

/**
 * What each line made, by line from 1: of each expression there the node made last, unless the same line uses it. A line
 * that makes a net makes all its parameters at once, and none of them is what it made.
 * @param {GraphDocument} document
 * @returns {Map<number, GraphNode[]>}
 */
export function madeBy({ nodes, edges }) {
  const lineOf = new Map(nodes.map(({ id, line }) => [id, line]));
  const used = new Set(edges.filter(({ source, target }) => lineOf.get(source) === lineOf.get(target)).map(({ source }) => source));
  /** @type {Map<number, Map<string, GraphNode>>} */
  const lines = new Map();
  for (const node of nodes) {
    if (node.line === null || node.kind === "constant" || node.kind === "parameter") continue;
    const line = lines.get(node.line) ?? new Map();
    lines.set(node.line, line);
    const place = String(node.span);
    line.delete(place);
    if (!used.has(node.id)) line.set(place, node);
  }
  return new Map([...lines].flatMap(([line, made]) => (made.size === 0 ? [] : [[line, [...made.values()]]])));
}
