/** Edges and numbers on one canvas above the drawing, for as long as they change at every frame. */

/** @import { Scene, Wire } from "../types.d.ts" */
/** @import { Picture } from "./types.d.ts" */

import { isDark } from "../scheme.js";
import { backward, symbolic } from "./edges.js";
import { BASELINES } from "./nodes.js";
import { path } from "./route.js";

/** Courses of wires as the canvas takes them; they stay while numbers change. */
/** @type {WeakMap<Wire, Path2D>} */
const courses = new WeakMap();

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Scene} scene
 * @param {Picture["camera"]} camera
 * @param {boolean} all numbers of edges too
 */
export function paintNumbers(canvas, scene, camera, all) {
  const context = canvas.getContext("2d");
  if (context === null) return;
  const [width, height] = camera.size();
  const ratio = canvas.ownerDocument.defaultView?.devicePixelRatio ?? 1;
  const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== wide || canvas.height !== high) Object.assign(canvas, { width: wide, height: high });
  const { x, y, k } = camera.transform();
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, wide, high);
  context.setTransform(k * ratio, 0, 0, k * ratio, x * ratio, y * ratio);
  const near = { left: -x / k, right: (width - x) / k, top: -y / k, bottom: (height - y) / k };
  const colors = colorsOf(canvas);
  wires(context, scene, near, colors, all);
  if (k >= NUMBERS_FROM) boxes(context, scene, near, colors.ink);
}

/** @type {{ dark: boolean, ink: string, wire: string } | null} */
let known = null;

/** The colors of the style sheet; they are asked for once, not in every frame. @param {HTMLCanvasElement} canvas */
function colorsOf(canvas) {
  const dark = isDark();
  if (known?.dark !== dark) {
    const { color, outlineColor } = getComputedStyle(canvas);
    known = { dark, ink: color, wire: outlineColor };
  }
  return known;
}

/** The smallest scale at which numbers are read. */
const NUMBERS_FROM = 0.3;
const FONT = "12px ui-monospace, 'DejaVu Sans Mono', monospace";
const SMALL = "600 10.5px ui-monospace, 'DejaVu Sans Mono', monospace";

/** @typedef {{ left: number, right: number, top: number, bottom: number }} Near what can be seen, in pixels of the picture */

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Scene} scene
 * @param {Near} near
 * @param {{ dark: boolean, ink: string, wire: string }} colors
 * @param {boolean} all
 */
function wires(context, scene, near, colors, all) {
  const { dark } = colors;
  for (const wire of scene.wires) {
    if (!within(wire.route, near)) continue;
    context.strokeStyle = shade(wire.color, dark) ?? colors.wire;
    context.lineWidth = wire.width;
    context.stroke(courseOf(wire));
  }
  if (!all) return;
  context.font = SMALL;
  context.textAlign = "center";
  for (const wire of scene.wires) {
    const { x, y } = wire.label;
    if (wire.flow === "" || !inside(x, y, near)) continue;
    context.fillStyle = colors.ink;
    context.fillText(symbolic(wire), x, y - 4);
    context.fillStyle = shade(wire.color, dark) ?? colors.ink;
    context.fillText(backward(wire), x, y + 10);
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Scene} scene
 * @param {Near} near
 * @param {string} ink
 */
function boxes(context, scene, near, ink) {
  context.font = FONT;
  context.fillStyle = ink;
  for (const { node, lines, x, y, width } of scene.boxes) {
    if (!inside(x, y, near)) continue;
    const constant = node.kind === "constant";
    context.textAlign = constant ? "center" : "left";
    const left = constant ? x : x + BASELINES.inset - width / 2;
    const [data, grad] = constant || node.data === null ? [lines.data, lines.grad ?? ""] : [`data ${lines.data}`, lines.grad === null ? "" : `grad ${lines.grad}`];
    context.fillText(data, left, y + (constant ? BASELINES.middle : BASELINES.data));
    if (!constant) context.fillText(grad, left, y + BASELINES.grad);
  }
}

/** @param {Wire} wire */
function courseOf(wire) {
  let course = courses.get(wire);
  if (!course) courses.set(wire, (course = new Path2D(path(wire.route, wire.direction))));
  return course;
}

/**
 * The half of a CSS colour for light or for dark pages.
 * @param {string | null} color
 * @param {boolean} dark
 */
const shade = (color, dark) => color?.match(/rgb\([^)]*\)/g)?.[dark ? 1 : 0] ?? null;

/**
 * @param {number} x
 * @param {number} y
 * @param {Near} near
 */
const inside = (x, y, { left, right, top, bottom }) => x > left - 80 && x < right + 80 && y > top - 50 && y < bottom + 50;

/**
 * @param {Float64Array} route
 * @param {Near} near
 */
function within(route, { left, right, top, bottom }) {
  const [x0, y0, x1, y1] = [route[0], route[1], route[route.length - 2], route[route.length - 1]];
  return Math.max(x0, x1) > left && Math.min(x0, x1) < right && Math.max(y0, y1) > top - 200 && Math.min(y0, y1) < bottom + 200;
}
