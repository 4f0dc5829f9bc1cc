/** The surface as a picture: heat on a canvas; axes, contour lines, the point, its gradient and the way downhill over it. */

/** @import { Scale } from "../plot/scale.js" */
/** @import { Shades } from "./colors.js" */
/** @import { Grid, Point, Ranges } from "./here.js" */

import { element } from "../../element.js";
import { drawing, set } from "../controls.js";
import { number } from "../../format.js";
import { axisLines } from "../plot/axes.js";
import { linear } from "../plot/scale.js";
import { colorOf, shadesOf } from "./colors.js";
import { contour } from "./contours.js";

const LEFT = 50;
const RIGHT = 62;
const BOTTOM = 18;
const EDGE = 6;
const BAR = 10;
const NUMBERS_APART = 13;
/** Pixels. */
const [ARROW, HEAD] = [34, 6];
const OPAQUE = 255;

/** @typedef {ReturnType<typeof frameOf>} Frame */

/**
 * @param {{ width: number, height: number }} size
 * @param {Ranges} ranges
 */
function frameOf({ width, height: tall }, [range, height]) {
  const box = { left: LEFT, right: Math.max(LEFT + 1, width - RIGHT), top: EDGE, bottom: Math.max(EDGE + 1, tall - BOTTOM) };
  return { ...box, range, height, across: linear(range, [box.left, box.right]), up: linear(height, [box.bottom, box.top]) };
}

export class SurfacePlot {
  canvas = element("canvas", { role: "img" });
  heat = element("div", { class: "heat" }, this.canvas);
  #axes = drawing("g", { class: "axes" });
  #legend = drawing("g", { class: "legend" });
  #lines = drawing("path", { class: "contours" });
  #way = drawing("path", { class: "way" });
  #dots = drawing("g", { class: "dots" });
  #arrow = drawing("path", { class: "gradient" });
  #spot = drawing("circle", { class: "point", r: 5 });
  #clip = drawing("rect");
  #over = drawing("g", { "clip-path": "url(#surface-clip)" }, this.#lines, this.#way, this.#dots, this.#arrow, this.#spot);
  picture = drawing("svg", { class: "plot", "aria-hidden": "true" }, drawing("clipPath", { id: "surface-clip" }, this.#clip), this.#axes, this.#legend, this.#over);
  #drawn = "";
  /** @type {Grid | null} */
  #painted = null;

  /**
   * @param {{ width: number, height: number }} size
   * @param {Ranges} ranges
   * @param {Grid} grid
   * @param {Point} point
   * @param {readonly Point[]} places
   * @returns {Frame}
   */
  draw(size, ranges, grid, point, places) {
    const frame = frameOf(size, ranges);
    const { across, up } = frame;
    const of = JSON.stringify([size, ranges]);
    if (grid !== this.#painted || of !== this.#drawn) this.#ground(size, frame, grid);
    [this.#painted, this.#drawn] = [grid, of];
    const steps = places.filter(finite).map(({ x, y }) => ({ cx: limited(across(x)), cy: limited(up(y)) }));
    set(this.#way, { d: steps.length > 1 ? `M${steps.map(({ cx, cy }) => `${cx},${cy}`).join("L")}` : "" });
    this.#dots.replaceChildren(...steps.map((place) => drawing("circle", { ...place, r: 2.5 })));
    set(this.#spot, { cx: limited(across(point.x)), cy: limited(up(point.y)) });
    set(this.#arrow, { d: arrowOf(point, across, up) });
    return frame;
  }

  /**
   * What stays while the point moves: heat, contour lines, axes, legend.
   * @type {(size: { width: number, height: number }, frame: Frame, grid: Grid) => void}
   */
  #ground(size, frame, grid) {
    const { left, right, top, bottom } = frame;
    const shades = shadesOf(grid.values);
    set(this.picture, { viewBox: `0 0 ${size.width} ${size.height}` });
    set(this.#clip, { x: left, y: top, width: right - left, height: bottom - top });
    this.#axes.replaceChildren(...axisLines(frame));
    Object.assign(this.heat.style, { left: `${left}px`, top: `${top}px`, width: `${right - left}px`, height: `${bottom - top}px` });
    paint(this.canvas, grid, shades);
    set(this.#lines, { d: (shades?.levels ?? []).map((level) => linesOf(grid, level, frame)).join("") });
    this.#legend.replaceChildren(...(shades ? legendOf(frame, shades) : []));
  }
}

/** @type {(place: Point) => boolean} */
const finite = ({ x, y }) => Number.isFinite(x) && Number.isFinite(y);

/** @type {(place: number) => number} */
const limited = (place) => Math.min(1e5, Math.max(-1e5, place));

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Grid} grid
 * @param {Shades | null} shades
 */
function paint(canvas, { size, values }, shades) {
  canvas.width = canvas.height = size;
  // numbers stand at the edges of the picture, and colours in the middle of pixels: half a pixel lies outside all around
  const [beyond, out] = [(100 * size) / (size - 1), -50 / (size - 1)].map((share) => `${share}%`);
  Object.assign(canvas.style, { width: beyond, height: beyond, left: out, top: out });
  const context = canvas.getContext("2d");
  if (!context) return;
  const image = context.createImageData(size, size);
  for (let at = 0; at < values.length; at++) {
    const value = values[at];
    if (shades === null || Number.isNaN(value)) continue;
    const row = size - 1 - Math.floor(at / size);
    image.data.set([...colorOf(shades.share(value)), OPAQUE], 4 * (row * size + (at % size)));
  }
  context.putImageData(image, 0, 0);
}

/**
 * @param {Grid} grid
 * @param {number} level
 * @param {Frame} frame
 */
function linesOf(grid, level, { left, right, top, bottom }) {
  const across = linear([0, grid.size - 1], [left, right]);
  const up = linear([0, grid.size - 1], [bottom, top]);
  const pieces = contour(grid, level);
  let path = "";
  for (let i = 0; i < pieces.length; i += 4) {
    path += `M${across(pieces[i]).toFixed(1)},${up(pieces[i + 1]).toFixed(1)}L${across(pieces[i + 2]).toFixed(1)},${up(pieces[i + 3]).toFixed(1)}`;
  }
  return path;
}

/**
 * The colours from top to bottom, with the numbers of the contour lines where there is room.
 * @param {Frame} frame
 * @param {Shades} shades
 */
function legendOf({ right, top, bottom }, { share, levels }) {
  const steps = 24;
  const tall = (bottom - top) / steps;
  const left = right + 8;
  const bar = Array.from({ length: steps }, (_, i) =>
    drawing("rect", { x: left, y: bottom - (i + 1) * tall, width: BAR, height: tall + 0.5, fill: `rgb(${colorOf((i + 0.5) / steps).join(",")})` }),
  );
  let last = Infinity;
  const numbers = levels.flatMap((level) => {
    const y = Math.max(top + 8, bottom - share(level) * (bottom - top) + 4);
    if (last - y < NUMBERS_APART) return [];
    last = y;
    return [drawing("text", { x: left + BAR + 4, y: Math.min(bottom, y) }, number(level, 4))];
  });
  return [...bar, ...numbers];
}

/**
 * An arrow of one length the way the gradient points: uphill.
 * @param {Point} point
 * @param {Scale} across
 * @param {Scale} up
 */
function arrowOf({ x, y, gradient }, across, up) {
  const [right, down] = [across(x + 1) - across(x), up(y + 1) - up(y)].map((unit, i) => unit * gradient[i]);
  const length = Math.hypot(right, down);
  if (!(length > 0) || !Number.isFinite(length)) return "";
  const [u, v] = [right / length, down / length];
  const [endX, endY] = [across(x) + ARROW * u, up(y) + ARROW * v];
  const side = (/** @type {number} */ sign) => `${endX - HEAD * (u - sign * v)},${endY - HEAD * (v + sign * u)}`;
  return `M${across(x)},${up(y)}L${endX},${endY}M${side(1)}L${endX},${endY}L${side(-1)}`;
}
