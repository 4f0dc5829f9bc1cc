/** Views follow the state: each draws only when something it shows has changed, while it is seen, and no more often than it needs. */

/** @import { State, Store } from "./types.d.ts" */

import { afterPaint } from "./paint.js";

/** What is read and not watched rests so many times as long as it took to draw; in milliseconds: so long at least, as laying it out takes time too, and so long at most. */
const REST = 30;
const LEAST = 60;
const LONGEST = 500;

/** @typedef {(action: () => void) => void} Soon calls back when it is time to draw */

/** @type {Soon} */
const atOnce = (action) => action();

/** What is to be drawn with the next frames, one thing with each. @type {(() => void)[]} */
const queue = [];

/** Draws the first in the queue. */
function drawNext() {
  const draw = queue.shift();
  if (queue.length > 0) requestAnimationFrame(drawNext);
  draw?.();
}

/**
 * A time to draw for what is read and not watched: after the picture has been painted, and the longer it takes, the less often.
 * @returns {Soon}
 */
export function atEase() {
  let ready = 0;
  return (action) => {
    const enter = () => {
      queue.push(() => {
        const start = performance.now();
        action();
        const end = performance.now();
        ready = end + Math.min(Math.max(REST * (end - start), LEAST), LONGEST);
      });
      if (queue.length === 1) afterPaint(drawNext);
    };
    const wait = ready - performance.now();
    if (wait > 0) setTimeout(enter, wait);
    else enter();
  };
}

/**
 * Draws now, and again when a part of the state that is shown is not the one last drawn; also when what is returned is called.
 * @param {Store} store
 * @param {readonly (keyof State)[]} shows
 * @param {(state: State, before: State | null) => void} draw is told the state it drew before
 * @param {{ soon?: Soon, when?: (state: State) => boolean }} [how] when it is time to draw, and whether anybody sees it
 */
export function watch(store, shows, draw, { soon = atOnce, when = () => true } = {}) {
  let planned = false;
  /** @type {State | null} */
  let drawn = null;
  const show = () => {
    planned = false;
    const { state } = store;
    if (!when(state)) return;
    const before = drawn;
    drawn = state;
    draw(state, before);
  };
  const plan = () => {
    if (planned) return;
    planned = true;
    soon(show);
  };
  store.subscribe((state) => {
    if (when(state) && shows.some((name) => state[name] !== drawn?.[name])) plan();
  });
  return plan;
}
