/** The shapes of the training panel. */

import type { GraphDocument, Num } from "../../types.d.ts";

/** What is trained on: one of the playground's sets, a line with noise, or points of one's own. */
export type DataName = "xor" | "moons" | "circles" | "spiral" | "blobs" | "line" | "own";

export type OptimizerName = "sgd" | "momentum" | "adam";

/** Points of one's own: each a number or a pair, and what is to be answered there. */
export interface Points {
  inputs: number[] | [number, number][];
  targets: number[];
}

/** What a person chooses by clicking: all of it stands in the program. */
export interface Choices {
  data: DataName;
  /** How many points, and how much they are shaken, where the set lets choose. */
  count: number;
  noise: number;
  own: Points;
  /** The sizes of the hidden layers. */
  hidden: number[];
  /** The name of an operation of one number; empty for what a net does unless told. */
  activation: string;
  optimizer: OptimizerName;
  rate: number;
  seed: number;
  turns: number;
}

/** The gradients of a layer. */
export interface Layer {
  scope: string;
  line: number | null;
  count: number;
  mean: Num | null;
  largest: Num | null;
  zeros: number;
  broken: number;
  histogram: number[];
}

/** What a neuron answers over the plane. */
export interface NeuronField {
  name: string;
  size: number;
  values: string;
}

/** A function of two numbers over a part of the plane; `values` are floats in base64, row by row from the lowest y. */
export interface Field extends NeuronField {
  x: [number, number];
  y: [number, number];
  outputs: number;
  neurons: NeuronField[];
}

/** How a training stands after a backward pass. */
export interface Frame {
  frame: number;
  step: number;
  loss: Num | null;
  line: number | null;
  inputs: Record<string, Num>;
  parameters: { count: number; norm: Num; values: Num[] | null; labels?: (string | null)[] };
  gradients: Layer[];
  printed: string[];
  field: Field | null;
  steps_a_second: number;
}

export interface Problem {
  title: string;
  detail?: string | null;
  diagnostics?: { message: string; hint: string | null; line: number | null; limit: string | null }[];
}

/** What is heard of a training. */
export type News =
  | { kind: "started"; job: string }
  | { kind: "frame"; frame: Frame }
  | { kind: "done"; document: GraphDocument & { cancelled: boolean; frame: Frame } }
  | { kind: "problem"; problem: Problem }
  /** The connection broke; it is tried again. */
  | { kind: "resuming" }
  /** It cannot be gone on with. */
  | { kind: "lost" }
  | { kind: "busy" };

/** A line that was drawn: so many steps, and the loss there. */
export interface Series {
  steps: number[];
  losses: number[];
}

/** Something to be said of a layer's gradients, or of a neuron. */
export interface Finding {
  kind: "vanishing" | "exploding" | "broken" | "dead";
  /** The layers or neurons it is said of. */
  names: string[];
  line: number | null;
  /** The number that shows it. */
  size: number;
}

/** A line of the array program, and the scalar operations it stands for. */
export interface ArrayLine {
  name: string;
  shape: number[];
  text: string;
  /** How many results stand in it; `nodes` are the first of them. */
  count: number;
  nodes: number[];
  scalars: string[];
}

export interface Arrays {
  way: "scalars" | "levels" | "arrays";
  operations: number;
  lines: ArrayLine[];
  scalar_s: number;
  array_s: number;
}
