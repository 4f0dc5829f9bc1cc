/** The state of the page and its transitions: pure functions from a state and an event to the next state. */

/** @import { Accumulation, Blank, Diagnostic, Direction, Example, GraphDocument, Lock, Moved, Panel, Situation, State, Store, Task } from "./types.d.ts" */

import { matchDocuments } from "./graph/identity.js";

/** @type {readonly Blank[]} */
const NONE = [];

/** @type {Situation} */
export const PLAIN = {
  moved: {},
  step: null,
  selected: null,
  panel: "table",
  accumulation: "pytorch",
  passes: 1,
  direction: null,
  expand: [],
  task: null,
  engine: null,
};

/** The parts of the state that an address holds. */
export const SITUATION = /** @type {(keyof Situation)[]} */ (Object.keys(PLAIN));

/**
 * The page as the server sent it.
 * @param {{ source: string, document: GraphDocument | null, diagnostics: Diagnostic[], examples: Example[], locks?: readonly Lock[], task?: Task | null }} page
 * @returns {State}
 */
export function opened({ source, document, diagnostics, examples, locks = [], task = null }) {
  return {
    ...PLAIN,
    task,
    source,
    examples,
    locks,
    document,
    shown: document,
    drawn: source,
    home: document ? homesOf(document) : {},
    diagnostics: document?.diagnostics ?? diagnostics,
    refused: document === null && diagnostics.length > 0,
    waiting: "no",
    service: "well",
    pointed: null,
    turn: null,
    ignored: [],
    blanks: NONE,
  };
}

/** @type {(state: State, source: string) => State} */
export const typed = (state, source) => (state.source === source ? state : { ...state, source });

/** @type {(state: State) => State} */
export const asked = (state) => ({ ...state, waiting: state.waiting === "long" ? "long" : "briefly" });

/** @type {(state: State) => State} */
export const waitedLong = (state) => ({ ...state, waiting: "long" });

/**
 * A new answer. What was chosen or moved stays so where it is still there; an input that the same program lacks came from the address.
 * @param {State} state
 * @param {string} source
 * @param {GraphDocument} document
 * @param {readonly Blank[]} [blanks] what is to be predicted of it
 * @returns {State}
 */
export function drawn(state, source, document, blanks = NONE) {
  const matched = state.document && matchDocuments(state.document, document);
  const kept = (/** @type {number | null} */ id) => (id === null ? null : matched ? (matched.get(id) ?? null) : id);
  const keys = new Set(document.nodes.map(({ key }) => key));
  const lost = Object.keys(state.moved).filter((key) => !keys.has(key));
  return {
    ...answered(state),
    document,
    blanks,
    shown: document,
    drawn: source,
    home: homesOf(document),
    diagnostics: document.diagnostics,
    refused: false,
    pointed: null,
    ignored: lost.length > 0 && source === state.drawn ? ["values"] : state.ignored,
    selected: kept(state.selected),
    moved: lost.length === 0 ? state.moved : Object.fromEntries(Object.entries(state.moved).filter(([key]) => keys.has(key))),
    step: document.graph.structure === state.document?.graph.structure || state.document === null ? state.step : null,
  };
}

/**
 * The program's own numbers, by key.
 * @param {GraphDocument} document
 * @returns {Moved}
 */
function homesOf({ nodes }) {
  const entries = nodes.map(({ key, data, initial }) => /** @type {const} */ ([key, initial ?? data]));
  return Object.fromEntries(entries.filter(([key, value]) => key !== null && typeof value === "number"));
}

/** @type {(state: State, diagnostics: Diagnostic[]) => State} */
export const refused = (state, diagnostics) => ({ ...answered(state), diagnostics, refused: true });

/** @type {(state: State, service: "busy" | "unreachable") => State} */
export const failed = (state, service) => ({ ...state, waiting: "no", service });

/** @type {(state: State, node: number | null) => State} */
export const pointed = (state, node) => (state.pointed === node ? state : { ...state, pointed: node });

/** @type {(state: State, node: number | null) => State} */
export const selected = (state, node) => (state.selected === node ? state : { ...state, selected: node });

/**
 * An input moved to a number; NaN and infinities are no place to move to, and where the program has it is not moved.
 * @type {(state: State, key: string, value: number) => State}
 */
export function moved(state, key, value) {
  if (!Number.isFinite(value) || placeOf(state.moved, key) === value || state.locks.includes("inputs") || state.task) return state;
  return placeOf(state.home, key) === value ? restored(state, key) : { ...state, moved: { ...state.moved, [key]: value } };
}

/** @type {(numbers: Moved, key: string) => number | undefined} */
const placeOf = (numbers, key) => (Object.hasOwn(numbers, key) ? numbers[key] : undefined);

/**
 * A moved input whose number was written into the program: that is where the program has it now.
 * @type {(state: State, key: string, value: number) => State}
 */
export const settled = (state, key, value) => restored({ ...state, home: { ...state.home, [key]: value } }, key);

/**
 * Inputs back where the program has them: one, or all.
 * @type {(state: State, key?: string) => State}
 */
export function restored(state, key) {
  if (state.locks.includes("inputs")) return state;
  const left = key === undefined ? [] : Object.entries(state.moved).filter(([one]) => one !== key);
  return left.length === Object.keys(state.moved).length ? state : { ...state, moved: Object.fromEntries(left) };
}

/**
 * Other numbers for the same graph.
 * @type {(state: State, shown: GraphDocument) => State}
 */
export const replayed = (state, shown) => (state.shown === shown ? state : { ...state, shown });

/**
 * So many steps done; null for all of them, with nothing marked.
 * @type {(state: State, step: number | null) => State}
 */
export function stepped(state, step) {
  const most = state.document?.graph.steps ?? 0;
  const to = step === null ? null : Math.min(Math.max(Math.round(step), 0), most);
  return state.step === to ? state : { ...state, step: to };
}

/** @type {(state: State, panel: Panel) => State} */
export const turned = (state, panel) => (state.panel === panel ? state : { ...state, panel });

/**
 * The rule by which gradients add up over passes, and how many passes there were.
 * @type {(state: State, accumulation: Accumulation, passes: number) => State}
 */
export const accumulated = (state, accumulation, passes) => ({ ...state, accumulation, passes: Math.max(0, passes) });

/**
 * Which way the picture runs; null for what suits the screen.
 * @type {(state: State, direction: Direction | null) => State}
 */
export const directed = (state, direction) => (state.direction === direction ? state : { ...state, direction });

/**
 * Scopes that are open, by id.
 * @type {(state: State, expand: readonly string[]) => State}
 */
export const expanded = (state, expand) => ({ ...state, expand });

/**
 * Which of a learner's own engine's backward passes is looked at; null for the first two.
 * @type {(state: State, turn: number | null) => State}
 */
export const passed = (state, turn) => (state.turn === turn ? state : { ...state, turn });

/**
 * Whose engine is drawn; the steps of one are not those of the other.
 * @type {(state: State, engine: Situation["engine"]) => State}
 */
export const engined = (state, engine) => (state.engine === engine ? state : { ...state, engine, step: null, selected: null });

/**
 * Everything an address says beside the program.
 * @type {(state: State, situation: Situation, ignored: readonly string[]) => State}
 */
export const situated = (state, situation, ignored) => ({ ...state, ...situation, ignored });

/** @type {(state: State) => State} */
const answered = (state) => ({ ...state, waiting: "no", service: "well" });

/**
 * The node everything points at: under the pointer, else chosen.
 * @param {State} state
 */
export const active = (state) => state.pointed ?? state.selected;

/**
 * Holds the state; tells every subscriber of each change.
 * @param {State} initial
 * @returns {Store}
 */
export function createStore(initial) {
  let state = initial;
  /** @type {((state: State) => void)[]} */
  const subscribers = [];
  return {
    get state() {
      return state;
    },
    apply(transition, ...rest) {
      const next = transition(state, ...rest);
      if (next === state) return;
      state = next;
      for (const update of subscribers) update(state);
    },
    subscribe(update) {
      subscribers.push(update);
      update(state);
    },
  };
}
