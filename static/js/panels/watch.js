/** A panel draws while it is shown, at most once a frame, and only for what it draws. */

/** @import { Panel, State, Store } from "../types.d.ts" */
/** @import { Soon } from "../watch.js" */

import { watch as follow } from "../watch.js";

/** What the panels draw of the state. */
const DRAWN = /** @type {const} */ (["document", "shown", "drawn", "moved", "home", "selected", "refused", "panel"]);

/**
 * Calls `draw` before the next frame whenever something it may draw has changed; also when what is returned is called.
 * @param {Store} store
 * @param {Panel} panel
 * @param {(state: State) => void} draw
 * @param {Soon} soon
 */
export function watch(store, panel, draw, soon = requestAnimationFrame) {
  return follow(store, DRAWN, draw, { soon, when: (state) => state.panel === panel });
}
