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
  const last = new Map(theirs.flatMap(({ turn }, place) => (turn.seed ? [] : [[turn.node, place]])));
  /** @type {Pair[]} */
  const pairs = theirs.map(({ at, turn }, place) => {
    const later = (last.get(turn.node) ?? -1) > place;
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
  /** The operations that may give now. @type {Set<number>} */
  #ready = new Set();
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
    for (const node of this.#left.keys()) if (!this.#awaited.has(node)) this.#ready.add(node);
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
    if (this.#ready.size === 0) return null;
    const node = theirs && this.#ready.has(theirs.node) ? theirs.node : Math.max(...this.#ready);
    const wanted = new Set(theirs?.gives.map((one) => one.node));
    const edges = this.#left.get(node) ?? [];
    const now = later && node === theirs?.node ? edges.filter(({ source }) => wanted.has(source)) : edges;
    const left = edges.filter((edge) => !now.includes(edge));
    this.#left.set(node, left);
    if (left.length === 0) this.#ready.delete(node);
    return { node, seed: false, gives: now.map((edge) => this.#give(node, edge)) };
  }

  /**
   * @param {number} node
   * @param {GraphEdge} edge
   * @returns {Given}
   */
  #give(node, { source, local }) {
    const after = (this.#sums.get(source) ?? 0) + (this.#sums.get(node) ?? 0) * Number(local);
    this.#sums.set(source, after);
    const awaited = (this.#awaited.get(source) ?? 0) - 1;
    this.#awaited.set(source, awaited);
    if (awaited === 0 && this.#left.has(source)) this.#ready.add(source);
    return { node: source, after };
  }
}
