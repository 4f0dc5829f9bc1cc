/** How things move: briefly, and not at all for readers who asked for no motion or in pictures too large for it. */

/** @import { BaseType, Selection } from "d3-selection" */

import { easeCubicOut } from "../../vendor/d3.js";
import { afterPaint } from "../paint.js";

const DURATION = 260;
const MANY = 400;
const NUMBER = /-?\d+(?:\.\d+)?(?:e[-+]?\d+)?/g;

const calm = matchMedia("(prefers-reduced-motion: reduce)");

/**
 * Whether a picture of so many nodes should move at all.
 * @param {number} count
 */
export const moves = (count) => !calm.matches && count <= MANY;

/**
 * Sets an attribute that places something, only where it changes; where things move, in a transition once what is new is painted.
 * @template {import("d3-selection").BaseType} E, D
 * @template {BaseType} P
 * @param {Selection<E, D, P, unknown>} selection
 * @param {string} name
 * @param {(datum: D) => string} value
 * @param {boolean} moving
 */
export function place(selection, name, value, moving) {
  selection.interrupt("place");
  const changed = selection.filter(function (datum) {
    return /** @type {Element} */ (/** @type {unknown} */ (this)).getAttribute(name) !== value(datum);
  });
  if (!moving) changed.attr(name, value);
  else
    afterPaint(() => {
      const transition = changed.transition("place").duration(DURATION).ease(easeCubicOut);
      transition.attrTween(name, function (datum) {
        return between(/** @type {Element} */ (/** @type {unknown} */ (this)).getAttribute(name) ?? "", value(datum));
      });
    });
}

/** @typedef {(place: { x: number, y: number }) => boolean} Near whether what is drawn there may be seen */

/**
 * Draws what is seen, and what is out of sight once that is painted.
 * @template {BaseType} E
 * @template D
 * @template {BaseType} P
 * @param {Selection<E, D, P, unknown>} selection
 * @param {(datum: D) => boolean} seen
 * @param {(this: E, datum: D) => void} draw
 */
export function seenFirst(selection, seen, draw) {
  selection.filter(seen).each(draw);
  const rest = selection.filter((datum) => !seen(datum));
  if (!rest.empty()) afterPaint(() => rest.each(draw));
}

/**
 * From one text to another by the numbers in them. D3's own way with transforms asks the browser to lay out each.
 * @param {string} from
 * @param {string} to
 * @returns {(t: number) => string}
 */
export function between(from, to) {
  const [starts, ends] = [from, to].map((text) => (text.match(NUMBER) ?? []).map(Number));
  const words = to.split(NUMBER);
  if (starts?.length !== ends?.length) return () => to;
  return (t) => (t === 1 ? to : words.reduce((text, word, i) => `${text}${mixed(starts?.[i - 1] ?? 0, ends?.[i - 1] ?? 0, t)}${word}`));
}

/**
 * @param {number} from
 * @param {number} to
 * @param {number} t
 */
const mixed = (from, to, t) => from + (to - from) * t;
