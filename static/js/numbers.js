/** Where moved inputs become the picture's numbers: computed here where the page can, asked for at rest, or each time. */

/** @import { Evaluator } from "./evaluator.js" */
/** @import { Replay } from "./replay/types.d.ts" */
/** @import { GraphDocument, Moved, State, Store } from "./types.d.ts" */

import { replayOf } from "./replay/replay.js";
import { replayed } from "./store.js";

/** Milliseconds without a move until the service is asked. */
const REST = 300;

/** @type {WeakMap<GraphDocument, Replay | null>} */
const replays = new WeakMap();

/**
 * The replay of a document, made once; null where other inputs have to be asked for.
 * @param {GraphDocument | null} document
 */
export function replayFor(document) {
  if (document === null) return null;
  let replay = replays.get(document);
  if (replay === undefined) replays.set(document, (replay = replayOf(document)));
  return replay;
}

/**
 * Whether nothing is anywhere else than in the document: then there is nothing to compute.
 * @param {GraphDocument} document
 * @param {Moved} places
 */
const stays = ({ nodes }, places) => nodes.every(({ key, data }) => key === null || !Object.hasOwn(places, key) || Object.is(places[key], data));

/**
 * @param {Store} store
 * @param {Pick<Evaluator, "now" | "afterPause">} evaluator
 * @param {(action: () => void) => void} soon calls back before the next frame is drawn
 */
export function keepNumbers(store, evaluator, soon = requestAnimationFrame) {
  let [planned, behind] = [false, false];
  const show = () => {
    planned = false;
    const { document, home, moved } = store.state;
    const places = { ...home, ...moved };
    if (document === null) return;
    if (stays(document, places)) return store.apply(replayed, document);
    const replay = replayFor(document);
    if (replay) store.apply(replayed, replay(places));
  };

  /** Asks for what cannot be computed here: one question at a time, the next one with the newest inputs. */
  const catchUp = (/** @type {State} */ { waiting, service }) => {
    if (!behind || waiting !== "no") return;
    behind = false;
    if (service === "well") evaluator.now(); // else the evaluator tries again by itself
  };

  let last = store.state;
  store.subscribe((state) => {
    const before = last;
    last = state;
    if (state.moved !== before.moved) {
      if (replayFor(state.document)) evaluator.afterPause(REST);
      else behind = true;
    }
    if (state.document !== before.document) show();
    else if (state.moved !== before.moved && !planned) {
      planned = true;
      soon(show);
    }
    catchUp(state);
  });
  show();
  if (Object.keys(store.state.moved).length > 0) evaluator.now(); // they were moved before, says the address
}
