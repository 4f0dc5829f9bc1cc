/** How things move: briefly, and not at all for readers who asked for no motion or in pictures too large for it. */

/** @import { BaseType, Selection } from "d3-selection" */

import { easeCubicOut } from "../../vendor/d3.js";

const DURATION = 260;
const MANY = 400;

const calm = matchMedia("(prefers-reduced-motion: reduce)");

/**
 * Whether a picture of so many nodes should move at all.
 * @param {number} count
 */
export const moves = (count) => !calm.matches && count <= MANY;

/**
 * The selection to set attributes on: a transition of it where things move, else itself.
 * @template {BaseType} E, D
 * @template {BaseType} P
 * @param {Selection<E, D, P, unknown>} selection
 * @param {boolean} moving
 */
export function moved(selection, moving) {
  return moving ? selection.transition("place").duration(DURATION).ease(easeCubicOut) : selection.interrupt("place");
}
