/** What a right engine would have done: the steps of a learner's own, each taken as soon and as often as it may be. Pure. */

/** @import { GraphDocument, GraphEdge } from "../types.d.ts" */

/** A gradient that is written: whose, and what it is then. @typedef {{ node: number, after: number }} Given */
/** A step: whose gradient is handed on, and what is written. @typedef {{ node: number, seed: boolean, gives: Given[] }} Turn */
/** The same place in both walks; `at` is how many steps of theirs are done then. @typedef {{ at: number | null, theirs: Turn | null, right: Turn | null }} Pair */

/**
 * Their steps back and the right ones side by side. A right walk hands on what is complete, each edge once; where
 * theirs does so too it goes the same way.
 * @param {GraphDocument} document
 * @returns {Pair[]}
 */
export function sideBySide(document) {
  const theirs = theirTurns(document);
  const walk = new RightWalk(document);
  /** @type {Pair[]} */
  const pairs = theirs.map(({ at, turn }, place) => {
    const later = theirs.slice(place + 1).some((one) => one.turn.node === turn.node && !one.turn.seed);
    return { at, theirs: turn, right: turn.seed ? walk.seed() : walk.next(turn, later) };
  });
  if (!theirs.some(({ turn }) => turn.seed)) pairs.unshift({ at: null, theirs: null, right: walk.seed() });
  for (let right = walk.next(null, false); right; right = walk.next(null, false)) pairs.push({ at: null, theirs: null, right });
  return pairs;
}

/** @param {GraphDocument} document */
const theirTurns = ({ steps = [] }) =>
  steps.flatMap(({ phase, kind, node, deposits }, place) => {
    if (phase === "forward" || kind === "clear") return [];
    return [{ at: place + 1, turn: { node, seed: kind === "seed", gives: deposits.map((one) => ({ node: one.node, after: Number(one.after) })) } }];
  });

/** The right walk back, one step at a time. */
class RightWalk {
  /** @type {Map<number, number>} */
  #sums = new Map();
  /** By node the edges to it that have still to bring something. @type {Map<number, number>} */
  #awaited = new Map();
  /** By operation the edges that have still to give. @type {Map<number, GraphEdge[]>} */
  #left = new Map();
  #output;

  /** @param {GraphDocument} document */
  constructor({ graph, nodes, edges }) {
    const reached = new Set(nodes.flatMap(({ id, adjoint }) => (adjoint === null ? [] : [id])));
    this.#output = graph.output ?? -1;
    for (const edge of edges) {
      if (!reached.has(edge.target)) continue;
      this.#awaited.set(edge.source, (this.#awaited.get(edge.source) ?? 0) + 1);
      this.#left.set(edge.target, [...(this.#left.get(edge.target) ?? []), edge]);
    }
  }

  /** @returns {Turn} */
  seed() {
    this.#sums.set(this.#output, 1);
    return { node: this.#output, seed: true, gives: [{ node: this.#output, after: 1 }] };
  }

  /**
   * The step that corresponds to one of theirs, where that may be taken, else the next that may.
   * @param {Turn | null} theirs
   * @param {boolean} later whether theirs goes on with the same node in a later step
   * @returns {Turn | null}
   */
  next(theirs, later) {
    const node = theirs && this.#may(theirs.node) ? theirs.node : [...this.#left.keys()].filter((one) => this.#may(one)).sort((a, b) => b - a)[0];
    if (node === undefined) return null;
    const wanted = new Set(theirs?.gives.map((one) => one.node));
    const edges = this.#left.get(node) ?? [];
    const now = later && node === theirs?.node ? edges.filter(({ source }) => wanted.has(source)) : edges;
    this.#left.set(node, edges.filter((edge) => !now.includes(edge)));
    return { node, seed: false, gives: now.map((edge) => this.#give(node, edge)) };
  }

  /** @param {number} node */
  #may(node) {
    return (this.#left.get(node)?.length ?? 0) > 0 && (this.#awaited.get(node) ?? 0) === 0;
  }

  /**
   * @param {number} node
   * @param {GraphEdge} edge
   * @returns {Given}
   */
  #give(node, { source, local }) {
    const after = (this.#sums.get(source) ?? 0) + (this.#sums.get(node) ?? 0) * Number(local);
    this.#sums.set(source, after);
    this.#awaited.set(source, (this.#awaited.get(source) ?? 0) - 1);
    return { node: source, after };
  }
}
