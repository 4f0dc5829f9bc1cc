/** Puts a text on the clipboard. */

/**
 * Whether it could be done: without a secure address the browser has no clipboard, and the old way is tried.
 * @param {string} text
 * @returns {Promise<boolean>}
 */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelected(text);
  }
}

/** @param {string} text */
function copySelected(text) {
  const focused = document.activeElement;
  const area = document.createElement("textarea");
  area.value = text;
  area.style.cssText = "position: fixed; opacity: 0";
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  return done;
}

/** Milliseconds that a button says what came of it. */
const SAID = 1500;

/**
 * Copies when a button is pressed, and says on it whether it was done.
 * @param {HTMLButtonElement} button
 * @param {() => string} text
 * @param {{ done: string, failed: string }} said
 */
export function copyOnPress(button, text, { done, failed }) {
  const name = button.textContent;
  let timer = 0;
  button.addEventListener("click", async () => {
    button.textContent = (await copy(text())) ? done : failed;
    clearTimeout(timer);
    timer = window.setTimeout(() => (button.textContent = name), SAID);
  });
}
