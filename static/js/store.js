/** The state of the page and its transitions: pure functions from a state and an event to the next state. */

/** @import { Diagnostic, Example, GraphDocument, State, Store } from "./types.d.ts" */

import { matchDocuments } from "./graph/identity.js";

/**
 * The page as the server sent it.
 * @param {{ source: string, document: GraphDocument | null, diagnostics: Diagnostic[], examples: Example[] }} page
 * @returns {State}
 */
export function opened({ source, document, diagnostics, examples }) {
  return {
    source,
    examples,
    document,
    drawn: source,
    diagnostics: document?.diagnostics ?? diagnostics,
    refused: document === null && diagnostics.length > 0,
    waiting: "no",
    service: "well",
    pointed: null,
    selected: null,
  };
}

/** @type {(state: State, source: string) => State} */
export const typed = (state, source) => ({ ...state, source });

/** @type {(state: State) => State} */
export const asked = (state) => ({ ...state, waiting: state.waiting === "long" ? "long" : "briefly" });

/** @type {(state: State) => State} */
export const waitedLong = (state) => ({ ...state, waiting: "long" });

/** @type {(state: State, source: string, document: GraphDocument) => State} */
export function drawn(state, source, document) {
  const moved = state.document && matchDocuments(state.document, document);
  const selected = moved && state.selected !== null ? moved.get(state.selected) : undefined;
  return {
    ...answered(state),
    document,
    drawn: source,
    diagnostics: document.diagnostics,
    refused: false,
    pointed: null,
    selected: selected ?? null,
  };
}

/** @type {(state: State, diagnostics: Diagnostic[]) => State} */
export const refused = (state, diagnostics) => ({ ...answered(state), diagnostics, refused: true });

/** @type {(state: State, service: "busy" | "unreachable") => State} */
export const failed = (state, service) => ({ ...state, waiting: "no", service });

/** @type {(state: State, node: number | null) => State} */
export const pointed = (state, node) => (state.pointed === node ? state : { ...state, pointed: node });

/** @type {(state: State, node: number | null) => State} */
export const selected = (state, node) => (state.selected === node ? state : { ...state, selected: node });

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
