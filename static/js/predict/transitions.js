/** What predicting does to the state. */

/** @import { Num, Situation, State, Task } from "../types.d.ts" */

import { PLAIN, situated } from "../store.js";
import { bare, filled } from "./hidden.js";

/** The event that tells what came of an answer. */
export const ANSWER = "autograd:answer";

/**
 * A task begins, or with null ends; what it hides is gone at once, and the service is asked for the rest.
 * @type {(state: State, task: Task | null) => State}
 */
export function predicting(state, task) {
  const document = state.document && task ? bare(state.document) : state.document;
  const { moved, step, accumulation, passes, engine, selected } = PLAIN;
  return { ...state, moved, step, accumulation, passes, engine, selected, task, document, shown: document, blanks: [], panel: "predict" };
}

/**
 * Everything an address says beside the program; what a task hides is gone with it.
 * @type {(state: State, situation: Situation, ignored: readonly string[]) => State}
 */
export function arrived(state, situation, ignored) {
  const next = situated(state, situation, ignored);
  if (situation.task === null || state.task !== null || state.document === null) return next;
  const document = bare(state.document);
  return { ...next, document, shown: document };
}

/**
 * Numbers that were found or shown.
 * @type {(state: State, numbers: ReadonlyMap<number, Num>) => State}
 */
export function found(state, numbers) {
  if (state.document === null || state.task === null || numbers.size === 0) return state;
  const document = filled(state.document, state.task.hide, numbers);
  return { ...state, document, shown: document };
}
