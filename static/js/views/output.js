/** What the program printed. */

/** @import { Store } from "../types.d.ts" */

import { watch } from "../watch.js";

/**
 * @param {HTMLElement} element
 * @param {Store} store
 */
export function mountOutput(element, store) {
  const text = /** @type {HTMLElement} */ (element.querySelector("pre"));
  watch(store, ["document", "refused"], ({ document, refused }) => {
    const printed = document?.printed.join("\n") ?? "";
    if (text.textContent !== printed) text.textContent = printed;
    element.classList.toggle("empty", printed === "");
    element.classList.toggle("stale", refused);
  });
}
