/** What the browser may keep of the editor between visits: a draft, the size of letters. Without storage nothing is kept. */

const DRAFT = "autograd.draft";
const SIZE = "autograd.editor.size";

/** Percent of the page's own size. */
export const SIZES = [80, 90, 100, 115, 130, 150, 175, 200];
const PLAIN = 100;

/**
 * @param {() => Storage} storage asked anew each time: a browser may refuse it
 */
export function keeping(storage) {
  /** @param {string} key */
  const read = (key) => {
    try {
      return storage().getItem(key);
    } catch {
      return null;
    }
  };
  /** @param {string} key @param {string | null} value */
  const write = (key, value) => {
    try {
      if (value === null) storage().removeItem(key);
      else storage().setItem(key, value);
    } catch {
      // refused or full: then it is not kept
    }
  };
  return {
    draft: () => read(DRAFT),
    keepDraft: (/** @type {string | null} */ source) => write(DRAFT, source),
    size: () => SIZES.find((size) => String(size) === read(SIZE)) ?? PLAIN,
    keepSize: (/** @type {number} */ size) => write(SIZE, String(size)),
  };
}

/** @typedef {ReturnType<typeof keeping>} Kept */

/**
 * The next larger or smaller size; the same at either end.
 * @param {number} size
 * @param {1 | -1} direction
 */
export const resized = (size, direction) => SIZES[SIZES.indexOf(size) + direction] ?? size;
