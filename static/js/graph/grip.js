/** An input can be moved by its node: up for more, down for less. A finger scrolls instead; it has the sliders. */

/** @import { Box, Store } from "../types.d.ts" */
/** @import { Picture } from "./types.d.ts" */

import { select } from "../../vendor/d3.js";
import { rangeOf, snapped } from "../inputs/range.js";
import { moved } from "../store.js";

/** Pixels of the screen before a press becomes a move, and for the whole range. */
const SLACK = 4;
const TRAVEL = 240;

/**
 * @param {Picture} picture
 * @param {Store} store
 */
export function mountGrip({ svg }, store) {
  const drawing = /** @type {SVGSVGElement} */ (svg.node());
  /** @type {{ key: string, y: number, from: number, moving: boolean } | null} */
  let held = null;

  drawing.addEventListener("pointerdown", ({ target, pointerType, button, clientY }) => {
    const node = inputAt(target);
    if (pointerType === "touch" || button !== 0 || typeof node?.data !== "number" || node.key === null) return;
    held = { key: node.key, y: clientY, from: node.data, moving: false };
  });
  // What begins on an input is not a pan of the picture.
  drawing.addEventListener("mousedown", (event) => held && event.stopPropagation());
  drawing.addEventListener("pointermove", ({ pointerId, clientY }) => {
    if (held === null || (!held.moving && Math.abs(clientY - held.y) < SLACK)) return;
    held.moving = true;
    drawing.setPointerCapture(pointerId);
    const range = rangeOf(held.from);
    store.apply(moved, held.key, snapped(range, held.from + ((held.y - clientY) / TRAVEL) * (range.max - range.min)));
  });
  drawing.addEventListener("pointerup", () => {
    if (held?.moving) drawing.addEventListener("click", (event) => event.stopPropagation(), { capture: true, once: true });
    held = null;
  });
  drawing.addEventListener("pointercancel", () => (held = null));
}

/**
 * The input whose node an event happened in.
 * @param {EventTarget | null} target
 */
function inputAt(target) {
  const group = target instanceof Element ? target.closest("g.node.input") : null;
  return group === null ? null : /** @type {Box} */ (select(group).datum()).node;
}
