/** A panel draws while it is shown, at most once a frame, and only for what it draws. */

/** @import { Panel, State, Store } from "../types.d.ts" */

/** What the panels draw of the state. */
const DRAWN = /** @type {const} */ (["document", "shown", "drawn", "moved", "home", "selected", "refused", "panel"]);

/**
 * Calls `draw` before the next frame whenever something it may draw has changed; also when what is returned is called.
 * @param {Store} store
 * @param {Panel} panel
 * @param {(state: State) => void} draw
 * @param {(action: () => void) => void} soon
 */
export function watch(store, panel, draw, soon = requestAnimationFrame) {
  let planned = false;
  const plan = () => {
    if (planned) return;
    planned = true;
    soon(() => {
      planned = false;
      if (store.state.panel === panel) draw(store.state);
    });
  };
  /** @type {State | null} */
  let last = null;
  store.subscribe((state) => {
    const before = last;
    last = state;
    if (DRAWN.some((name) => state[name] !== before?.[name])) plan();
  });
  return plan;
}
