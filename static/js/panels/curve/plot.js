/** The curve as a picture: axes, the line, the point with its tangent, the secant. */

/** @import { Secant } from "../../replay/types.d.ts" */
/** @import { Interval } from "../plot/scale.js" */
/** @import { Curve } from "./here.js" */

import { drawing, set } from "../controls.js";
import { gapsOf, heightOf, lineOf } from "./line.js";
import { axisLines } from "../plot/axes.js";
import { linear } from "../plot/scale.js";

/** Room for numbers, in pixels. */
const LEFT = 50;
const BOTTOM = 18;
const EDGE = 6;

/** @typedef {ReturnType<typeof frameOf>} Frame where things stand in the picture */

/**
 * @param {{ width: number, height: number }} size
 * @param {Interval} range
 * @param {Interval} height
 */
export function frameOf({ width, height: tall }, range, height) {
  const box = { left: LEFT, right: Math.max(LEFT + 1, width - EDGE), top: EDGE, bottom: Math.max(EDGE + 1, tall - BOTTOM) };
  return { ...box, range, height, across: linear(range, [box.left, box.right]), up: linear(height, [box.bottom, box.top]) };
}

export function createPlot() {
  const axes = drawing("g", { class: "axes" });
  const gaps = drawing("g", { class: "gaps" });
  const [curve, tangent, secant, theirs] = ["curve", "tangent", "secant", "theirs"].map((name) => drawing("path", { class: name }));
  const ends = ["reach", "point"].map((name) => drawing("circle", { class: name, r: 6 }));
  const clip = drawing("rect");
  const inside = drawing("g", { "clip-path": "url(#curve-clip)" }, gaps, curve, secant, theirs, tangent, ...ends);
  const picture = drawing("svg", { role: "img", class: "plot" }, drawing("clipPath", { id: "curve-clip" }, clip), axes, inside);

  /**
   * @param {{ width: number, height: number }} size
   * @param {Interval} range
   * @param {Curve} found
   * @param {Secant | null} chord
   * @returns {Frame}
   */
  const draw = (size, range, found, chord) => {
    const { xs, ys, point } = found;
    const frame = frameOf(size, range, heightOf(ys, point.y));
    const { across, up, left, right, top, bottom } = frame;
    set(picture, { viewBox: `0 0 ${size.width} ${size.height}` });
    set(clip, { x: left, y: top, width: right - left, height: bottom - top });
    axes.replaceChildren(...axisLines(frame));
    gaps.replaceChildren(...gapsOf(xs, ys).map(([from, to]) => {
      const start = Math.max(left, across(from) - 1);
      return drawing("rect", { x: start, y: top, width: Math.max(2, across(to) + 1 - start), height: bottom - top });
    }));
    set(curve, { d: lineOf(xs, ys, frame.height, across, up) });
    set(tangent, { d: straight(frame, point, point.slope) });
    set(theirs, { d: point.right === false ? straight(frame, point, point.written ?? NaN) : "" });
    set(secant, { d: chord ? straight(frame, point, chord.slope) : "" });
    place(ends[1], frame, point.x, point.y);
    place(ends[0], frame, chord ? point.x + chord.h : NaN, chord ? point.y + chord.slope * chord.h : NaN);
    return frame;
  };
  return { element: picture, draw };
}

/**
 * A straight line through a point, from one side of the plot to the other.
 * @param {Frame} frame
 * @param {{ x: number, y: number }} point
 * @param {number} slope
 */
function straight({ range, height, across, up }, { x, y }, slope) {
  const room = 50 * (height[1] - height[0]);
  // a steep line is cut where it is far outside: no renderer likes numbers that are too large
  const reach = Math.min(Math.max(range[1] - x, x - range[0], range[1] - range[0]), Math.abs(room / slope) || Infinity);
  const ends = [x - reach, x + reach].map((at) => [across(at), up(y + slope * (at - x))]);
  return ends.flat().every(Number.isFinite) ? `M${ends[0].join(",")}L${ends[1].join(",")}` : "";
}

/**
 * @param {SVGElement} mark
 * @param {Frame} frame
 * @param {number} x
 * @param {number} y
 */
function place(mark, { across, up, bottom, top }, x, y) {
  const [cx, cy] = [across(x), up(y)];
  const there = Number.isFinite(cx) && Number.isFinite(cy);
  mark.style.display = there ? "" : "none";
  if (there) set(mark, { cx, cy: Math.max(top - 100, Math.min(bottom + 100, cy)) });
}
