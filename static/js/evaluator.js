/** Asks for the graph of what is typed: when typing pauses, newest answer wins, again and again while the service is away. */

/** @import { Outcome, Question, Store } from "./types.d.ts" */

import { asked, drawn, failed, refused, waitedLong } from "./store.js";

/**
 * @typedef {object} Evaluator
 * @property {() => void} now asks at once
 * @property {(delay?: number) => void} afterPause asks when nothing has happened for so many milliseconds
 */

/** Milliseconds. */
const PAUSE = 120;
const LONG = 1000;
const FIRST_RETRY = 1000;
const LAST_RETRY = 30_000;

/**
 * How long to wait before asking again: what the service said, else longer each time.
 * @param {number} failures
 * @param {Outcome} outcome
 */
export function retryDelay(failures, outcome) {
  if (outcome.kind === "busy" && outcome.after !== null) return outcome.after * 1000;
  return Math.min(FIRST_RETRY * 2 ** (failures - 1), LAST_RETRY);
}

/**
 * Whether an input was moved that the program does not have: its line was changed, or the address is of another program.
 * @param {Outcome} outcome
 */
const lacksInput = (outcome) => outcome.kind === "refused" && outcome.diagnostics.some(({ code }) => code === "input");

/**
 * @param {Store} store
 * @param {(question: Question, signal: AbortSignal) => Promise<Outcome>} ask
 * @returns {Evaluator}
 */
export function createEvaluator(store, ask) {
  let timer = setTimeout(() => undefined);
  let asking = new AbortController();
  let failures = 0;

  /** @param {number} delay */
  const later = (delay) => {
    clearTimeout(timer);
    timer = setTimeout(now, delay);
  };

  const now = async () => {
    clearTimeout(timer);
    asking.abort();
    asking = new AbortController();
    const { signal } = asking;
    const { source, moved, accumulation, expand, engine, turn, task } = store.state;
    store.apply(asked);
    const long = setTimeout(() => store.apply(waitedLong), LONG);
    const question = { source, inputs: moved, accumulation, expand, engine, turn, task };
    let outcome = await ask(question, signal);
    if (lacksInput(outcome)) outcome = await ask({ ...question, inputs: {} }, signal); // the inputs that are left stay moved
    clearTimeout(long);
    if (!signal.aborted) settle(source, outcome);
  };

  const settle = (/** @type {string} */ source, /** @type {Outcome} */ outcome) => {
    if (outcome.kind === "graph" || outcome.kind === "refused") failures = 0;
    if (outcome.kind === "graph") store.apply(drawn, source, outcome.document, outcome.blanks);
    else if (outcome.kind === "refused") store.apply(refused, outcome.diagnostics);
    else {
      store.apply(failed, outcome.kind);
      later(retryDelay(++failures, outcome));
    }
  };

  return { now, afterPause: (delay = PAUSE) => later(delay) };
}
