/** The paths from a node to the output: each a product of slopes, and together the gradient. Pure. */

/** @import { GraphDocument } from "../../types.d.ts" */
/** @import { Graph, Line, Reading } from "../../explain/types.d.ts" */
/** @import { Hop } from "./hops.js" */

import { graphOf, nodeAt, operandsOf } from "../../explain/graph.js";
import { factorOf, hopsAmong, slopeOf } from "./hops.js";
import { lineOf, partial, product } from "./products.js";

/** More paths are counted and not listed. */
const MOST_PATHS = 5;

/**
 * @typedef {object} Paths
 * @property {number} count
 * @property {number} hops how many there are on all paths together, each counted once
 * @property {number} total what the products add up to
 * @property {Line[]} lines of the first ones
 */

/**
 * What is known of a node: how many paths lead from it to the output, what they come to, and where they go first.
 * @typedef {{ count: number, total: number, users: Hop[] }} Way
 */

/**
 * @param {GraphDocument} document
 * @param {number} id
 * @param {Reading} reading
 * @returns {Paths | null} null where there is no path, or none of more than one hop
 */
export function pathsOf(document, id, reading) {
  const graph = graphOf(document, reading);
  const ways = waysIn(graph);
  const { count, total, users } = wayAt(ways, id);
  if (users.every(({ target }) => target === graph.output)) return null;
  const lines = Array.from({ length: Math.min(count, MOST_PATHS) }, (_, place) => lineAlong(graph, pathAt(ways, id, place)));
  return { count, hops: hopsFrom(ways, id), total, lines };
}

/**
 * The way from each node on, found from the output down.
 * @param {Graph} graph
 */
function waysIn(graph) {
  /** @type {Map<number, Way>} */
  const ways = new Map();
  if (graph.output !== null) ways.set(graph.output, { count: 1, total: 1, users: [] });
  for (const node of graph.order) {
    const after = wayAt(ways, node);
    for (const hop of hopsAmong(operandsOf(graph, node))) ways.set(hop.source, joined(wayAt(ways, hop.source), hop, after));
  }
  return ways;
}

/** @type {Way} */
const NONE = { count: 0, total: 0, users: [] };

/** @type {(ways: ReadonlyMap<number, Way>, node: number) => Way} */
const wayAt = (ways, node) => ways.get(node) ?? NONE;

/**
 * @param {Way} before
 * @param {Hop} hop
 * @param {Way} after
 * @returns {Way}
 */
const joined = ({ count, total, users }, hop, after) => ({ count: count + after.count, total: total + slopeOf(hop) * after.total, users: [...users, hop] });

/**
 * The path from a node that has so many before it.
 * @param {ReadonlyMap<number, Way>} ways
 * @param {number} from
 * @param {number} place
 */
function pathAt(ways, from, place) {
  /** @type {Hop[]} */
  const path = [];
  for (let { users } = wayAt(ways, from); users.length > 0; ) {
    for (const hop of users) {
      const { count, users: next } = wayAt(ways, hop.target);
      if (place < count) {
        path.push(hop);
        users = next;
        break;
      }
      place -= count;
    }
  }
  return path;
}

/**
 * How many hops lie between a node and the output.
 * @param {ReadonlyMap<number, Way>} ways
 * @param {number} from
 */
function hopsFrom(ways, from) {
  const seen = new Set([from]);
  let hops = 0;
  for (const node of seen) {
    const { users } = wayAt(ways, node);
    hops += users.length;
    for (const { target } of users) seen.add(target);
  }
  return hops;
}

/**
 * A path as a product, from the output down.
 * @param {Graph} graph
 * @param {Hop[]} path
 */
function lineAlong(graph, path) {
  const down = path.toReversed();
  const name = (/** @type {number} */ node) => nodeAt(graph, node).name;
  return lineOf((form) => [
    product(form, down.map(({ source, target }) => partial(form, name(target), name(source)))),
    product(form, down.map((hop) => factorOf(form, hop))),
    form.number(down.reduce((value, hop) => value * slopeOf(hop), 1)),
  ]);
}
