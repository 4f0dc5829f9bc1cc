/** What the browser may keep of the editor between visits: a draft, the size of letters. Without storage nothing is kept. */

import { remember, remembered } from "../../comfort/memory.js";

const DRAFT = "draft";
const SIZE = "editor.size";

/** Percent of the page's own size. */
export const SIZES = [80, 90, 100, 115, 130, 150, 175, 200];
const PLAIN = 100;

/** @param {() => Storage} [storage] the browser's own, where nothing else is said */
export const keeping = (storage) => ({
  draft: () => remembered(DRAFT, storage),
  keepDraft: (/** @type {string | null} */ source) => remember(DRAFT, source, storage),
  size: () => SIZES.find((size) => String(size) === remembered(SIZE, storage)) ?? PLAIN,
  keepSize: (/** @type {number} */ size) => remember(SIZE, String(size), storage),
});

/** @typedef {ReturnType<typeof keeping>} Kept */

/**
 * The next larger or smaller size; the same at either end.
 * @param {number} size
 * @param {1 | -1} direction
 */
export const resized = (size, direction) => SIZES[SIZES.indexOf(size) + direction] ?? size;
