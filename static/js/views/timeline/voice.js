/** Says things to those who listen, and not too many of them. */

/** Milliseconds: at most one sentence in so long, and it is taken away when it has been heard. */
const PAUSE = 1000;
const HEARD = 3000;

/**
 * @param {HTMLElement} element a live region
 * @returns {(text: string) => void}
 */
export function createVoice(element) {
  let last = -PAUSE;
  let waiting = 0;
  let heard = 0;
  return (text) => {
    clearTimeout(waiting);
    const now = performance.now();
    const speak = () => {
      last = performance.now();
      element.textContent = text;
      clearTimeout(heard);
      heard = window.setTimeout(() => (element.textContent = ""), HEARD);
    };
    if (now - last >= PAUSE) speak();
    else waiting = window.setTimeout(speak, PAUSE - (now - last));
  };
}
