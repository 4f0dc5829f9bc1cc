/** Nodes that are mentioned in a text or a table: to point at is to see them in the picture, to press is to choose them. */

/** @import { Store } from "../types.d.ts" */

import { pointed, selected } from "../store.js";

/**
 * A button with the name of a node.
 * @param {number} node
 * @param {string} name
 */
export function mention(node, name) {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "mention", textContent: name });
  button.dataset.node = String(node);
  return button;
}

/**
 * Listens to what has a `data-node` inside an element.
 * @param {HTMLElement} element
 * @param {Store} store
 */
export function listenToMentions(element, store) {
  const nodeOf = (/** @type {Event} */ { target }) => {
    const found = target instanceof Element ? target.closest("[data-node]") : null;
    return found === null ? null : Number(found.getAttribute("data-node"));
  };
  for (const name of ["pointerover", "focusin"]) element.addEventListener(name, (event) => store.apply(pointed, nodeOf(event)));
  for (const name of ["pointerleave", "focusout"]) element.addEventListener(name, () => store.apply(pointed, null));
  element.addEventListener("click", (event) => {
    const node = event.target instanceof Element && event.target.closest("button") ? nodeOf(event) : null;
    if (node !== null) store.apply(selected, node);
  });
}
