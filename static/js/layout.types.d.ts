/** A directed graph without cycles, edges in operand order. */
export interface LayoutGraph {
  /** Number of nodes; they are called 0 … count - 1. */
  count: number;
  /** Source node of every edge. Parallel edges are two edges. */
  source: Int32Array;
  /** Target node of every edge; the edges into a node, in this order, are its operands. */
  target: Int32Array;
  /** Width of every node's box; `nodeWidth` where it is not given. */
  width?: Float64Array;
  /** Height of every node's box; `nodeHeight` where it is not given. */
  height?: Float64Array;
}

/** The picture before an edit, told in the nodes of the graph after it. */
export interface Previous {
  /** Former centre of every node along its layer: `y` where ranks run right, `x` where they run down; NaN: new. */
  y: Float64Array;
  /** Former rank of every node, NaN: a new node. Without it the ranks are found anew, and more nodes move. */
  rank?: Float64Array;
  /** Give up the previous picture where it has come to cost more than 1.25 times the crossings of a fresh one. */
  settle?: boolean;
}

export interface LayoutOptions {
  previous?: Previous;
  nodeWidth?: number;
  nodeHeight?: number;
  /** Free space between two ranks. */
  rankGap?: number;
  /** Free space between two nodes of one rank. */
  rowGap?: number;
  /** Barycentre sweeps at most, from each start order. */
  sweeps?: number;
  /** Where the ranks run. */
  direction?: "right" | "down";
}

/** The picture: boxes and lines between (0, 0) and (width, height). */
export interface Layout {
  /** Centre of every node. */
  x: Float64Array;
  y: Float64Array;
  /** Rank of every node, from 0; every edge goes to a higher one. */
  rank: Int32Array;
  /**
   * Polyline of every edge, [x0, y0, x1, y1, …], from the far side of its source to the near side of its target; it
   * passes ranks between by two points each. The long edges of one source run on one trunk until they branch. The edges
   * into a node end apart: in operand order, except where lines would cross just for that.
   */
  routes: Float64Array[];
  width: number;
  height: number;
  /** Crossings of the lines as drawn, a trunk counted once. */
  crossings: number;
}
