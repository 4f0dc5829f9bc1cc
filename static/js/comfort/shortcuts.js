/** The list of keys, under `?`. */

import { say } from "../say.js";

/** Keys as they are printed on a keyboard, and the text that says what they do. */
const KEYS = /** @type {const} */ ([
  ["Ctrl Enter", "keys.run"],
  ["Esc Tab", "keys.leave"],
  [". F", "keys.forward"],
  [", B", "keys.back"],
  ["Space", "keys.play"],
  ["← ↑ → ↓", "keys.walk"],
  ["Enter", "keys.open"],
  ["+ −", "keys.zoom"],
  ["0 1", "keys.fit"],
  ["T", "keys.turn"],
  ["/", "keys.search"],
  ["?", "keys.help"],
]);

/**
 * @param {HTMLDialogElement} dialog
 * @param {HTMLElement} opener
 */
export function mountShortcuts(dialog, opener) {
  const list = document.createElement("dl");
  for (const [keys, key] of KEYS) {
    const term = document.createElement("dt");
    for (const one of keys.split(" ")) {
      const cap = document.createElement("kbd");
      cap.textContent = one;
      term.append(cap, " ");
    }
    const meaning = document.createElement("dd");
    meaning.textContent = say(key);
    list.append(term, meaning);
  }
  dialog.querySelector("form")?.before(list);
  opener.addEventListener("click", () => dialog.showModal());
  dialog.addEventListener("click", ({ target }) => {
    if (target === dialog) dialog.close();
  });
  addEventListener("keydown", (event) => {
    if (event.key !== "?" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    event.preventDefault();
    dialog.showModal();
  });
}

/**
 * Whether a key belongs to a text that is being typed.
 * @param {EventTarget | null} target
 */
export const isTyping = (target) =>
  target instanceof HTMLElement && (target.isContentEditable || target.closest("input:not([type=range]), textarea, select") !== null);
