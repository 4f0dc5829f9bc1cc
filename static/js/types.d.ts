/** The graph document of `POST /api/v1/graph`, and the shapes the page makes of it. */

/** A number as it travels: JSON has no NaN and no infinities. */
export type Num = number | "NaN" | "Infinity" | "-Infinity";

/** "scope": a closed scope, drawn as one box. */
export type Kind = "input" | "parameter" | "constant" | "operation" | "scope";

/** Half-open offsets in the source, in code points. */
export type Span = [number, number];

export interface GraphNode {
  id: number;
  kind: Kind;
  op: string | null;
  symbol: string | null;
  label: string | null;
  key: string | null;
  data: Num;
  grad: Num | null;
  adjoint: Num | null;
  span: Span | null;
  line: number | null;
  scope: string | null;
  /** Of a scope only: how many nodes it stands for, and how many values leave it, where that is known. */
  nodes?: number;
  leaving?: number;
  /** Only where `.data` was assigned after the graph was made. */
  data_end?: Num;
  /** The program's own number for an input that holds another. */
  initial?: Num;
  /** Of a learner's own engine: its gradient is not the true one, which `adjoint` is; the method that made it, and where. */
  wrong?: boolean;
  method?: string | null;
  defined?: number | null;
  /** The elementary operations that it was computed by, where they are several. */
  inside?: Part[];
}

export interface Part {
  op: string;
  operands: PartOperand[];
  data: Num;
}

/** The number of a node, the result of an earlier part, or a plain number. */
export interface PartOperand {
  node: number | null;
  part: number | null;
  data: Num;
}

export interface GraphEdge {
  source: number;
  target: number;
  /** Operand position. */
  key: number;
  /** How many values it stands for, into a box. */
  values?: number;
  local: Num | null;
  flow: Num | null;
}

export interface Position {
  line: number;
  character: number;
}

export interface Diagnostic {
  severity: "error" | "warning" | "info";
  code: string;
  message: string;
  hint: string | null;
  limit: string | null;
  /** Counted from 1. */
  line: number | null;
  span: Span | null;
  /** Zero-based, in UTF-16 units, as in the Language Server Protocol. */
  range: { start: Position; end: Position } | null;
  /** What to write in place of a part of the text, where that is certain. */
  fix?: { span: Span; text: string } | null;
}

export interface GraphDocument {
  graph: {
    schema: string;
    output: number | null;
    structure: string;
    order: number[];
    steps: number;
    truncated: boolean;
    /** False where other inputs could give another graph. */
    replayable?: boolean;
    /** If not: what makes that uncertain, and where. */
    reruns_because?: { line: number | null; reason: string } | null;
  };
  nodes: GraphNode[];
  edges: GraphEdge[];
  scopes: GraphScope[];
  passes: GraphPass[];
  lines: { executed: number[]; counts: Record<string, number> };
  /** The lines printed. */
  printed: string[];
  diagnostics: Diagnostic[];
  /** What was done step by step, where that does not follow from the graph: by a learner's own engine. */
  steps?: TakenStep[];
  /** What there is to say of such an engine. */
  engine?: Engine;
}

/** A step of a learner's own engine. */
export interface TakenStep {
  phase: "forward" | "backward";
  kind: "compute" | "clear" | "seed" | "give";
  node: number;
  line: number | null;
  wrong: boolean;
  deposits: TakenDeposit[];
}

/** A gradient that such an engine wrote. */
export interface TakenDeposit {
  node: number;
  source: number | null;
  before: Num;
  after: Num;
  /** What was there before is kept. */
  added: boolean;
  /** What it was multiplied from; without `upstream`, `local` is the whole of it. */
  upstream: Num | null;
  local: Num | null;
  line: number;
}

export interface Engine {
  right: boolean;
  /** The first step that is wrong. */
  first: number | null;
  causes: Cause[];
  /** How it was recognised; null where no class of the program computes. */
  attributes: { number: string; gradient: string | null; links: string[] } | null;
  /** The link that closes a circle. */
  closing: { source: number; target: number } | null;
  whole: boolean;
  /** How many of its backward passes were looked at, and of how many. */
  passes: number;
  turns: number;
  /** What its pass takes, and what ours needs. */
  visits: number;
  writes: number;
  operations: number;
  edges: number;
}

/** Why a gradient of a learner's own engine is wrong. */
export interface Cause {
  cause: string;
  line: number | null;
  op: string | null;
  node: number | null;
  theirs: Num | null;
  true: Num | null;
  message: string;
  /** After how many steps it shows, and the step that should have come before. */
  at: number | null;
  instead: number | null;
}

/** A call, a neuron, a layer, a net or a turn of a loop. */
export interface GraphScope {
  id: string;
  name: string;
  kind: "call" | "neuron" | "layer" | "net" | "turn";
  line: number;
  parent: string | null;
}

/** One backward pass; its line is null where the playground called `backward`, its output where the root is not drawn. */
export interface GraphPass {
  output: number | null;
  data: Num;
  line: number | null;
}

/** Inputs by key that a person has moved, and where to. */
export type Moved = Readonly<Record<string, number>>;

export type Accumulation = "pytorch" | "micrograd";

/** What is to be predicted. */
export interface Task {
  hide: "grad" | "data" | "order";
  /** By id or name; all where there are none. */
  nodes: readonly (number | string)[];
  tries: number | null;
  reveal: boolean;
  /** What varies the inputs. */
  seed: number | null;
  /** How far an answer may be off, as a part of the right one. */
  tolerance: number;
}

/** A node that a task asks for. */
export interface Blank {
  node: number;
  name: string;
}

export type Panel = "inspect" | "engine" | "ledger" | "curve" | "surface" | "check" | "train" | "predict" | "table";

/** What the address holds beside the program. */
export interface Situation {
  moved: Moved;
  step: number | null;
  selected: number | null;
  panel: Panel;
  accumulation: Accumulation;
  passes: number;
  direction: Direction | null;
  /** The scopes that were opened, by id. */
  expand: readonly string[];
  /** Whose engine is drawn, where the program has one of its own; null for what suits it. */
  engine: Whose | null;
  /** What is to be predicted: then the document has no gradients. */
  task: Task | null;
}

export type Whose = "own" | "ours";

export type Direction = "right" | "down";

/** What cannot be changed where a link is opened. */
export type Lock = "source" | "inputs";

/** What a short link holds: the body of `POST /api/v1/links`. */
export interface LinkState {
  source: string;
  inputs: Moved;
  step: number | null;
  node: number | null;
  panel: Panel;
  accumulation: Accumulation;
  passes: number;
  layout: "lr" | "tb" | null;
  expand: readonly string[];
  engine: Whose | null;
  locks?: readonly Lock[];
  /** What is to be found out. */
  task?: Task | null;
}

export interface OpenedLink {
  id: string;
  state: LinkState;
}

export interface Example {
  name: string;
  title: string;
  sentence: string;
  level: string;
  source: string;
}

/** What the service is asked: the body of `POST /api/v1/graph`. */
export interface Question {
  source: string;
  inputs: Moved;
  accumulation: Accumulation;
  expand: readonly string[];
  /** Asked of a learner's own engine where the program has one, and it is chosen or there is nothing else to draw. */
  engine?: Whose | null;
  turn?: number | null;
  task?: Task | null;
}

/** What came of asking the service. */
export type Outcome =
  | { kind: "graph"; document: GraphDocument; blanks?: Blank[] }
  | { kind: "refused"; diagnostics: Diagnostic[] }
  /** `after`: seconds the service asked to wait, if it said. */
  | { kind: "busy"; after: number | null }
  | { kind: "unreachable" };

export interface State extends Situation {
  source: string;
  examples: Example[];
  locks: readonly Lock[];
  /** The last good answer, kept while the program is wrong. */
  document: GraphDocument | null;
  /** What all views draw: `document`, with other numbers while inputs are moved. */
  shown: GraphDocument | null;
  /** The text `document` was made from: its spans count in this text. */
  drawn: string;
  /** Where the program has its inputs, by key, as far as that is known. */
  home: Moved;
  diagnostics: Diagnostic[];
  /** The newest answer was that the program is wrong. */
  refused: boolean;
  waiting: "no" | "briefly" | "long";
  service: "well" | "busy" | "unreachable";
  /** The node under the pointer. */
  pointed: number | null;
  /** Of a learner's own engine: the backward pass that is looked at; null for the first two. */
  turn: number | null;
  /** Parts of the address that were not understood. */
  ignored: readonly string[];
  /** What the task asks for, in the order in which it can be answered. */
  blanks: readonly Blank[];
}

export interface Store {
  readonly state: State;
  apply<T extends unknown[]>(transition: (state: State, ...rest: T) => State, ...rest: T): void;
  subscribe(update: (state: State) => void): void;
}

/** What others may ask of the editor. */
export interface Editor {
  /** Puts another program in place of all, as typing would. */
  replace(source: string): void;
  /** Selects a range, in UTF-16 units, and shows it. */
  jump(start: number, end: number): void;
}

/** A node as it is drawn. `x`, `y` is its centre; `name` stays the same across edits of the program. */
export interface Box {
  name: string;
  node: GraphNode;
  lines: { head: string; symbol: string; data: string; grad: string | null };
  x: number;
  y: number;
  /** Of the layout, from 0 at the inputs. */
  rank: number;
  width: number;
  height: number;
  output: boolean;
}

/** An edge as it is drawn. */
export interface Wire {
  name: string;
  edge: GraphEdge;
  /** Its place in the document that is drawn. */
  at: number;
  /** From where to where, in words. */
  ends: string;
  /** x0, y0, x1, y1, … from the border of its source to the border of its target. */
  route: Float64Array;
  direction: Direction;
  /** Where its numbers stand. */
  label: { x: number; y: number };
  /** Empty where there is no gradient. */
  local: string;
  flow: string;
  /** Null where there is no sign to show. */
  color: string | null;
  width: number;
}

/** Which node and which edges of a document each drawn one shows; it stays while numbers change. */
export interface Plan {
  /** By node of the document the id of what is drawn for it. */
  homes: Map<number, number>;
  /** By node the innermost scope it belongs to. */
  scopes: Map<number, string | null>;
  /** The place in the document of the node whose numbers are shown, or -1; and the box, where it is one. */
  nodes: { at: number; box: GraphNode | null }[];
  /** Places in the document; and the edge they make, where that is another. */
  edges: { parts: number[]; edge: Pick<GraphEdge, "source" | "target" | "key" | "values"> | null }[];
}

/** How a document with scopes is made the document that is drawn. */
export interface Scoping {
  planOf(document: GraphDocument, wishes: readonly string[]): Plan;
  planned(plan: Plan, document: GraphDocument): GraphDocument;
}

export interface Scene {
  /** What the scene shows; the next one is matched against it. */
  document: GraphDocument;
  /** How that was made of the whole document. */
  scoping: Scoping;
  plan: Plan;
  direction: Direction;
  boxes: Box[];
  wires: Wire[];
  /** How many names were given so far. */
  names: number;
}
