/** The shapes of `static/js/explain`: the same as in `engine/explain`, where they are described. */

import type { Accumulation, TakenStep } from "../types.d.ts";

/** A number, the name of an operand, or a head and what it is applied to. */
export type Tree = number | string | readonly Tree[];

/** How an operation is written: its record, with texts as trees. */
export interface Notation {
  symbol: string;
  params: readonly string[];
  /** «x» where an operand may need brackets, ‹x› where it never does. */
  latex: string;
  formula: Tree;
  derivatives: readonly Tree[];
  kink: Tree | null;
}

/** What a document does not say of itself: the text it was made from, and by which rule it adds up. */
export interface Reading {
  source?: string;
  rule?: Accumulation;
}

/** A piece of notation, and how strongly it holds together. */
export interface Written {
  text: string;
  strength: number;
  /** A number: no product needs brackets around it. */
  plain?: boolean;
}

export interface Name {
  plain: string;
  /** Holds together by itself. */
  word: boolean;
  /** More than a piece of source: can stand left of a `=`. */
  own: boolean;
  text: Written;
  latex: Written;
  /** In brackets where it is a piece of source. */
  closed: string;
  closedLatex: string;
}

export interface Edge {
  /** Its place in the document. */
  index: number;
  source: number;
  target: number;
  key: number;
  local: number | null;
  flow: number | null;
}

export interface Node {
  kind: string;
  readonly name: Name;
  op: Notation | null;
  data: number | null;
  /** The gradient that it hands on. */
  handed: number | null;
  /** A box's kind of scope. */
  scope: string | null;
}

export interface Graph {
  nodes: Map<number, Node>;
  into: Map<number, Edge[]>;
  order: number[];
  output: number | null;
}

/** What a step does along one edge; sums are those of this pass. */
export interface Deposit {
  edge: Edge;
  data: number | null;
  local: number | null;
  upstream: number | null;
  amount: number | null;
  before: number | null;
  after: number | null;
  /** Of an engine that may do otherwise: whether what was there before is kept. */
  added?: boolean;
}

export interface Step {
  index: number;
  phase: "forward" | "backward";
  kind: "make" | "seed" | "give" | "clear";
  node: number;
  deposits: Deposit[];
  /** What a learner's own engine did here. */
  taken?: TakenStep;
}

export interface Line {
  symbols: string;
  numbers: string;
  result: string;
  /** The whole line. */
  text: string;
  latex: string;
}

/** One deposit to a node: in which pass (from 1), along which edge (null for the seed), how much, and the sum then. */
export interface Entry {
  turn: number;
  edge: Edge | null;
  /** Null where it comes out of a box and is not known. */
  amount: number | null;
  total: number | null;
  /** Of a learner's own engine: after how many steps, from which numbers, and whether what was there before is kept. */
  at?: number;
  local?: number | null;
  upstream?: number | null;
  added?: boolean;
}

export type Words = Readonly<Record<string, string>>;

/** An element with either text or other elements in it. */
export interface Element {
  tag: string;
  inside: string | Element[];
  /** Upright, though it is one letter. */
  normal: boolean;
}
