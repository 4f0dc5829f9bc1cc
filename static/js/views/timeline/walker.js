/** Walks through the steps: by one, to a place, or by itself until anything else moves. */

/** @import { State, Store } from "../../types.d.ts" */

import { stepped } from "../../store.js";
import { createMetronome } from "./metronome.js";

/** @typedef {ReturnType<typeof createWalker>} Walker */

/**
 * How many steps there are, and how many are done.
 * @param {State} state
 */
export function placeOf({ document, step }) {
  const steps = document?.graph.steps ?? 0;
  return { steps, place: Math.min(step ?? steps, steps) };
}

/**
 * @param {Store} store
 * @param {(playing: boolean) => void} changed
 */
export function createWalker(store, changed) {
  const go = (/** @type {number | null} */ step) => store.apply(stepped, step);
  /** What playing is about: it stops where anything else moves. */
  let held = store.state;
  const hold = (/** @type {number} */ step) => {
    held = { ...store.state, step };
    go(step);
  };
  const metronome = createMetronome(() => {
    hold(placeOf(store.state).place + 1);
    const { steps, place } = placeOf(store.state);
    return place < steps;
  }, changed);

  store.subscribe(({ step, source, moved }) => {
    if (step !== held.step || source !== held.source || moved !== held.moved) metronome.pause();
  });
  return {
    pause: metronome.pause,
    hurry: metronome.hurry,
    toggle() {
      if (metronome.playing) return metronome.pause();
      const { steps, place } = placeOf(store.state);
      hold(store.state.step === null || place === steps ? 0 : place);
      metronome.play();
    },
    /** So many steps on or back; the first step on leads away from the finished picture. */
    by(/** @type {number} */ count) {
      metronome.pause();
      go((store.state.step === null && count === 1 ? 0 : placeOf(store.state).place) + count);
    },
    /** To a place; null for the finished picture. */
    to(/** @type {number | null} */ step) {
      metronome.pause();
      go(step);
    },
  };
}
