/** Which chapters are done, as this browser remembers. */

import { remember, remembered } from "../comfort/memory.js";

const DONE = "learn";

/**
 * The slugs of the chapters that are done.
 * @param {() => Storage} [storage]
 * @returns {Set<string>}
 */
export const done = (storage) => new Set((remembered(DONE, storage) ?? "").split(" ").filter(Boolean));

/**
 * @param {string} slug
 * @param {() => Storage} [storage]
 */
export const finish = (slug, storage) => remember(DONE, [...done(storage).add(slug)].join(" "), storage);

/** @param {() => Storage} [storage] */
export const forget = (storage) => remember(DONE, null, storage);
