/** The axes of a plot: lines at round numbers, and the numbers beside them. */

/** @import { Interval, Scale } from "./scale.js" */

import { drawing } from "../controls.js";
import { ticks } from "./scale.js";

/** Pixels. */
const [ACROSS_EACH, UP_EACH] = [60, 24];
const [BESIDE, BELOW] = [4, 14];

/**
 * Lines at round numbers, with the numbers beside them.
 * @param {{ left: number, right: number, top: number, bottom: number, range: Interval, height: Interval, across: Scale, up: Scale }} frame
 */
export function axisLines({ left, right, top, bottom, range, height, across, up }) {
  const columns = ticks(range, Math.max(2, (right - left) / ACROSS_EACH)).flatMap(({ value, text }) => [
    drawing("path", { class: value === 0 ? "zero" : "", d: `M${across(value)},${top}V${bottom}` }),
    drawing("text", { x: across(value), y: bottom + BELOW, "text-anchor": "middle" }, text),
  ]);
  const rows = ticks(height, Math.max(2, (bottom - top) / UP_EACH)).flatMap(({ value, text }) => [
    drawing("path", { class: value === 0 ? "zero" : "", d: `M${left},${up(value)}H${right}` }),
    drawing("text", { x: left - BESIDE, y: up(value) + BESIDE, "text-anchor": "end" }, text),
  ]);
  return [...columns, ...rows];
}
