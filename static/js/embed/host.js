/**
 * What the page around the frame may ask, and what it is told.
 *
 * Nobody else is answered: not another frame beside this one, not the window that opened it. And before the page around
 * it has asked for anything, it is told nothing but that there is somebody to ask.
 */

/** @import { State, Store } from "../types.d.ts" */

import { ANSWER } from "../predict/transitions.js";
import { SITUATION, situated, stepped } from "../store.js";
import { watch } from "../watch.js";
import { situationIn, stateOf } from "./state.js";

/** What changes; of steps it is told by themselves, and a task is the frame's own. */
const PARTS = SITUATION.filter((part) => part !== "step" && part !== "task");
/** Milliseconds between two messages about what changes. */
const REST = 100;

/** @typedef {{ type: string, id?: unknown, state?: unknown, step?: unknown }} Message */

/**
 * @param {Store} store
 * @param {(source: string) => void} replace puts another program into the editor
 */
export function converse(store, replace) {
  if (parent === window) return;
  /** Where the page around it is, once it has asked. @type {string | null} */
  let origin = null;
  const tell = (/** @type {object} */ message) => origin !== null && parent.postMessage(message, origin);

  addEventListener("message", ({ source, data, origin: from }) => {
    if (source !== parent || typeof data?.type !== "string" || !Object.hasOwn(VERBS, data.type)) return;
    const first = origin === null;
    origin = from === "null" ? "*" : from; // a sandboxed page has no address; it is the parent all the same
    tell({ ...VERBS[data.type](store, data, replace), id: data.id });
    if (first) trouble(store.state);
  });
  const trouble = (/** @type {State} */ { diagnostics, refused }) => refused && tell({ type: "autograd:error", diagnostics });
  watch(store, ["diagnostics", "refused"], trouble);
  report(store, tell);
  parent.postMessage({ type: "autograd:ready" }, "*");
}

/** What can be asked, and the answer to it. @type {Record<string, (store: Store, message: Message, replace: (source: string) => void) => object>} */
const VERBS = {
  "autograd:get-state": ({ state }) => ({ type: "autograd:state", state: stateOf(state) }),
  "autograd:set-state": (store, { state }, replace) => {
    const found = situationIn(state);
    if (found === null) return { type: "autograd:refused", reason: "This is no state of the playground." };
    if (found.source !== store.state.source) replace(found.source);
    store.apply(situated, { ...found.situation, task: store.state.task }, found.ignored);
    return { type: "autograd:done" };
  },
  "autograd:step": (store, { step }) => {
    if (step !== null && !Number.isInteger(step)) return { type: "autograd:refused", reason: "A step is a whole number or null." };
    store.apply(stepped, /** @type {number | null} */ (step));
    return { type: "autograd:done" };
  },
};

/**
 * Tells what happens.
 * @param {Store} store
 * @param {(message: object) => void} tell
 */
function report(store, tell) {
  let begun = false; // what is seen at first is no change, and is taken note of at once
  const soon = (/** @type {() => void} */ action) => {
    if (begun) setTimeout(action, REST);
    else action();
    begun = true;
  };
  watch(store, ["source", ...PARTS], (state, before) => before && tell({ type: "autograd:change", state: stateOf(state) }), { soon });
  watch(store, ["step"], ({ step, document }, before) => before && tell({ type: "autograd:step", step, steps: document?.graph.steps ?? 0 }));
  document.addEventListener(ANSWER, (event) => tell({ type: ANSWER, answer: /** @type {CustomEvent} */ (event).detail }));
}
