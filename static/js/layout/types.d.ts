/** What the stages of the layout work on. */

import type { Adjacency } from "./adjacency.js";

/** Edges with the least ranks they must span. Not every edge counts in `net`: those that do not cost nothing. */
export interface Network {
  /** vertices; the last one is the root of the tree */
  count: number;
  tail: Int32Array;
  head: Int32Array;
  /** least `rank[head] - rank[tail]` */
  length: Int32Array;
  /** edges out - edges in, of every vertex */
  net: Int32Array;
  out: Adjacency;
  into: Adjacency;
}

/** The subtree of `v` is `postorder[place[v] - size[v] + 1] … postorder[place[v]]`. */
export interface Tree {
  /** edge to the parent of every vertex, -1 for the root */
  parentEdge: Int32Array;
  parent: Int32Array;
  /** vertices, children before parents */
  postorder: Int32Array;
  /** of every vertex in the postorder */
  place: Int32Array;
  /** vertices in every subtree */
  size: Int32Array;
  /** edges out - edges in, of every subtree */
  net: Int32Array;
  /** vertices whose subtree is no longer as numbered */
  changed: Uint8Array;
}

export interface Spacing {
  /** of every node along its layer */
  extent: Float64Array;
  /** between two nodes */
  gap: number;
}

/** Blocks of vertices that touch each other. */
export interface Pool {
  /** weighted sum of where a block's vertices want its layer's first to be */
  sum: Float64Array;
  weight: Float64Array;
  /** where the block ends in `sequence` */
  end: Int32Array;
}

export interface State {
  /** of every segment */
  pull: Float64Array;
  pins: Float64Array | undefined;
  steps: Float64Array;
  centre: Float64Array;
  pool: Pool;
  /** which neighbours pull */
  sides: { left: boolean; right: boolean };
}
