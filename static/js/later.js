/** What comes to life after the first paint. */

/** @import { Editor, Store } from "./types.d.ts" */

import { mountComfort } from "./comfort/mount.js";
import { mountExamples } from "./views/examples.js";
import { mountOutput } from "./views/output.js";
import { mountPanels } from "./views/panels.js";

const part = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));

/**
 * @param {Store} store
 * @param {Editor} editor
 */
export function mountLater(store, editor) {
  mountComfort();
  mountExamples(part("chooser"), store, editor.replace);
  mountOutput(part("output"), store);
  mountPanels(part("panels"), store, {
    table: () => import("./views/table.js"),
  });
}
