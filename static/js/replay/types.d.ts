/** What the replay of a graph works on. */

import type { GraphDocument, Moved } from "../types.d.ts";

type Slope = (x: number, y: number, z: number) => number;

/** How an operation is computed, and the slope of its result for each operand. */
export interface Rule {
  forward: (x: number, y: number) => number;
  slopes: Slope[];
}

/** A graph as straight-line code: a slot per node, operands before results. */
export interface Tape {
  /** The numbers of the slots as the document has them: what leaves start from. */
  data: Float64Array;
  /** Per slot its rule; null for a leaf. */
  rules: (Rule | null)[];
  /** Per slot the slots of its operands; of one operand twice the same, of none -1. */
  first: Int32Array;
  second: Int32Array;
  /** Per slot where its edges stand among those of the document; -1 where there is none, or no gradient goes along it. */
  firstEdge: Int32Array;
  secondEdge: Int32Array;
  /** How many edges the document has. */
  edges: number;
  output: number;
  /** The operations in the order of the backward pass. */
  order: Int32Array;
  /** The slots of inputs, by key. */
  inputs: ReadonlyMap<string, number>;
  /** The slots of nodes, by id. */
  slots: ReadonlyMap<number, number>;
}

/** How the `.grad`s of a document came about: by whose rule, and in how many passes since they were cleared. */
export interface History {
  rule: "pytorch" | "micrograd";
  passes: number;
}

/** What backward passes leave: `handed` is what each slot handed on in the last one. */
export interface Gradients {
  grad: Float64Array;
  adjoint: Float64Array;
  handed: Float64Array;
}

/** The document with other numbers for its inputs. */
export interface Replay {
  (moved: Moved): GraphDocument;
  readonly tape: Tape;
}

/** Where a curve is looked at: the inputs that stay where they were moved to, and the node that is the result (else the output). */
export interface View {
  moved?: Moved;
  node?: number;
}

export interface Secant {
  h: number;
  slope: number;
  /** How far it is from the slope at the point. */
  error: number;
}

export interface Nudge {
  dx: number;
  predicted: number;
  actual: number;
  /** actual - predicted */
  error: number;
}

export interface Descent {
  optimizer: "sgd" | "momentum" | "adam";
  rate: number;
  steps: number;
  /** The inputs that move; all of them where it is left out. */
  keys?: string[];
  /** Where the inputs start, if not where the program has them. */
  moved?: Moved;
}

/** A point of a descent path: where the inputs stand, the output, its slopes there. */
export interface Place {
  at: Moved;
  value: number;
  slopes: Moved;
}
