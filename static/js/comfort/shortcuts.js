/** The list of keys, under `?`. */

import { say } from "../say.js";
import { remember, remembered } from "./memory.js";

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

/** Remembered where keys that work alone are not wanted. */
const OFF = "keys-off";

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
  dialog.querySelector("form")?.before(list, switchOf());
  opener.addEventListener("click", () => dialog.showModal());
  dialog.addEventListener("click", ({ target }) => {
    if (target === dialog) dialog.close();
  });
  addEventListener("keydown", (event) => {
    if (event.key !== "?" || !isShortcut(event)) return;
    event.preventDefault();
    dialog.showModal();
  });
}

/** Who dictates, or hits keys by accident, can do without keys that work alone. */
function switchOf() {
  const label = document.createElement("label");
  const box = document.createElement("input");
  box.type = "checkbox";
  box.checked = remembered(OFF) === null;
  box.addEventListener("change", () => remember(OFF, box.checked ? null : "yes"));
  label.append(box, ` ${say("keys.single")}`);
  return label;
}

/**
 * Whether a key pressed alone is a shortcut: not where something is typed, and not for those who want none.
 * @param {KeyboardEvent} event
 */
export const isShortcut = ({ ctrlKey, metaKey, altKey, defaultPrevented, target }) =>
  !(ctrlKey || metaKey || altKey || defaultPrevented || isTyping(target) || remembered(OFF) !== null);

/**
 * Whether a key belongs to a text that is being typed.
 * @param {EventTarget | null} target
 */
const isTyping = (target) =>
  target instanceof HTMLElement && (target.isContentEditable || target.closest("input:not([type=range]), textarea, select") !== null);
