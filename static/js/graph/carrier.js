/** Carries the drawing: moved as an image, drawn anew at rest. It is cut off not far from the frame, to be drawn fast. */

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
