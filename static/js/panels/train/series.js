/** Loss over steps, in bounded memory, and where it stands in a plot. Pure. */

/** @import { Interval } from "../plot/scale.js" */
/** @import { Series } from "./types.d.ts" */

/** Points of a line. */
const MOST = 800;
const ROOM = 0.06;
/** A plot grows in leaps, so that its axes need not be drawn anew with every step: to so many, times a power of ten. */
const LEAPS = [1, 1.5, 2, 3, 5, 7, 10];
/** … and downwards to such parts of a power of ten. */
const PARTS = 4;

/** @returns {Series} */
export const series = () => ({ steps: [], losses: [] });

/**
 * Adds a point; a line that has become long keeps every other of its points, and its last one.
 * @param {Series} line changed
 * @param {number} step
 * @param {number} loss
 */
export function extend(line, step, loss) {
  if (step <= (line.steps.at(-1) ?? -1)) return;
  line.steps.push(step);
  line.losses.push(loss);
  if (line.steps.length <= MOST) return;
  const last = line.steps.length - 1;
  const kept = (/** @type {number} */ _, /** @type {number} */ i) => i % 2 === 0 || i === last;
  line.steps = line.steps.filter(kept);
  line.losses = line.losses.filter(kept);
}

/** What is drawn of a loss: itself, or its power of ten; NaN where it has no place. @type {(loss: number, decades: boolean) => number} */
export const heightOf = (loss, decades) => (!decades ? loss : loss > 0 ? Math.log10(loss) : NaN);

/**
 * How far the lines reach across and up, with a little room.
 * @param {readonly Series[]} lines
 * @param {boolean} decades
 * @returns {{ across: Interval, up: Interval }}
 */
export function extents(lines, decades) {
  let [most, low, high] = [1, Infinity, -Infinity];
  for (const { steps, losses } of lines) {
    most = Math.max(most, steps.at(-1) ?? 1);
    for (const loss of losses) {
      const height = heightOf(loss, decades);
      if (!Number.isFinite(height)) continue;
      [low, high] = [Math.min(low, height), Math.max(high, height)];
    }
  }
  if (low > high) [low, high] = [0, 1];
  if (!decades && low >= 0) low = 0;
  const room = ROOM * (high - low) || (decades ? 0.5 : Math.abs(high) || 1);
  const bottom = decades ? Math.floor((low - room) * PARTS) / PARTS : low === 0 ? 0 : low - room;
  return { across: [0, leap(most)], up: [bottom, high + room] };
}

/**
 * A line as a path; it is broken where a loss has no place.
 * @param {Series} line
 * @param {boolean} decades
 * @param {(step: number) => number} across
 * @param {(height: number) => number} up
 */
export function pathOf({ steps, losses }, decades, across, up) {
  let path = "";
  let pen = "M";
  for (let i = 0; i < steps.length; i++) {
    const y = up(heightOf(losses[i], decades));
    if (Number.isFinite(y)) path += `${pen}${across(steps[i]).toFixed(1)},${y.toFixed(1)}`;
    pen = Number.isFinite(y) ? "L" : "M";
  }
  return path;
}

/** The next place a plot grows to. @param {number} most */
function leap(most) {
  const decade = 10 ** Math.floor(Math.log10(most));
  return decade * (LEAPS.find((one) => one * decade >= most) ?? 10);
}
