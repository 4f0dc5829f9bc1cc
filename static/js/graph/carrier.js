/**
 * What carries the drawing: while things move it is moved as an image, where they rest the drawing is drawn anew. It is
 * larger than the frame, so that there is something to move in, and cut off at its border: what a browser draws ahead, and
 * looks through at every frame, is no more than that.
 */

/** @import { Selection } from "d3-selection" */
/** @import { ZoomTransform } from "d3-zoom" */

import { zoomIdentity } from "../../vendor/d3.js";

/** How far it reaches beyond each side of the frame, in frames; `graph.css` has the same. */
const REACH = 0.5;

/**
 * @param {HTMLElement} carrier
 * @param {Selection<SVGGElement, unknown, null, undefined>} world
 */
export function createCarrier(carrier, world) {
  let drawn = zoomIdentity;
  const draw = (/** @type {ZoomTransform} */ transform) => {
    drawn = transform;
    world.attr("transform", transform.toString());
    carrier.style.transform = "";
  };
  const move = (/** @type {ZoomTransform} */ transform, /** @type {[number, number]} */ size) => {
    const k = transform.k / drawn.k;
    const shift = /** @type {const} */ ([transform.x - drawn.x * k, transform.y - drawn.y * k]);
    if (shift.some((by, i) => -by < -REACH * size[i] * k || size[i] - by > (1 + REACH) * size[i] * k)) draw(transform);
    else carrier.style.transform = `translate(${shift[0]}px,${shift[1]}px) scale(${k})`;
  };
  return { draw, move };
}
