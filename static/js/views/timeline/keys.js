/** The keys that walk wherever the focus is, except where keys mean something else. */

/** @import { Walker } from "./walker.js" */

import { isShortcut } from "../../comfort/shortcuts.js";

/** Where letters are typed; Space plays only where it neither presses nor scrolls: on the page itself and in the picture. */
const TYPED_INTO = "input, textarea, select, [contenteditable], [role=tablist], [role=slider], dialog";
const IDLE = "body, svg *";

/**
 * @param {HTMLElement} element nothing is done while it is hidden
 * @param {Walker} walker
 */
export function listenToKeys(element, { by, toggle }) {
  /** @type {Record<string, (() => void) | undefined>} */
  const acts = { ".": () => by(1), f: () => by(1), ",": () => by(-1), b: () => by(-1), " ": toggle };
  element.ownerDocument.addEventListener("keydown", (event) => {
    const { key, target } = event;
    const act = acts[key.toLowerCase()];
    if (!act || element.hidden || !isShortcut(event)) return;
    if (!(target instanceof Element) || target.closest(TYPED_INTO) || (key === " " && !target.matches(IDLE))) return;
    event.preventDefault();
    act();
  });
}
