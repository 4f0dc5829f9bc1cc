/** What hands do on the curve: drag it, zoom it, pull the point or the end of the secant. */

/** @import { Interval } from "../plot/scale.js" */
/** @import { Frame } from "./plot.js" */

import { shifted, widened } from "../plot/scale.js";

const WHEEL = 1.0015;
export const ZOOM = 1.5;
const SHIFT = 0.1;
/** Pixels around a mark that still are the mark. */
const GRASP = 14;

/**
 * @typedef {object} Hands
 * @property {() => Frame | null} frame
 * @property {() => { point: number, reach: number, height: number, reachHeight: number }} marks where the point and the secant's end stand, in pixels
 * @property {(range: Interval) => void} look
 * @property {() => void} home
 * @property {(x: number) => void} move
 * @property {(x: number) => void} stretch
 * @property {(x: number | null) => void} point
 */

/**
 * @param {HTMLElement} area
 * @param {Hands} hands
 */
export function listen(area, hands) {
  area.addEventListener("wheel", (event) => {
    const frame = hands.frame();
    if (!frame) return;
    event.preventDefault();
    hands.look(widened(frame.range, WHEEL ** event.deltaY, frame.across.invert(placeIn(area, event).x)));
  }, { passive: false });
  area.addEventListener("dblclick", hands.home);
  area.addEventListener("pointerleave", () => hands.point(null));
  area.addEventListener("keydown", (event) => {
    const range = hands.frame()?.range;
    if (!range || event.ctrlKey || event.metaKey || event.altKey) return;
    const to = keyed(range, event.key);
    if (to) hands.look(to);
    else if (event.key === "0") hands.home();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  listenToPointers(area, hands);
}

/**
 * @param {HTMLElement} area
 * @param {Hands} hands
 */
function listenToPointers(area, hands) {
  /** @type {Map<number, number>} */
  const fingers = new Map();
  let held = "";
  area.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    const { x, y } = placeIn(area, event);
    const marks = hands.marks();
    const near = (/** @type {number} */ left, /** @type {number} */ top) => Math.hypot(left - x, top - y) <= GRASP;
    held = near(marks.point, marks.height) ? "point" : near(marks.reach, marks.reachHeight) ? "reach" : "plot";
    fingers.set(event.pointerId, x);
    area.setPointerCapture(event.pointerId);
  });
  area.addEventListener("pointermove", (event) => {
    const frame = hands.frame();
    if (!frame) return;
    const { x } = placeIn(area, event);
    const before = fingers.get(event.pointerId);
    hands.point(before === undefined ? frame.across.invert(x) : null);
    if (before === undefined) return;
    if (fingers.size === 2) hands.look(pinched(frame, fingers, event.pointerId, x));
    else if (held === "point") hands.move(frame.across.invert(x));
    else if (held === "reach") hands.stretch(frame.across.invert(x));
    else hands.look(shifted(frame.range, (before - x) / (frame.right - frame.left)));
    fingers.set(event.pointerId, x);
  });
  for (const end of /** @type {const} */ (["pointerup", "pointercancel"])) area.addEventListener(end, ({ pointerId }) => fingers.delete(pointerId));
}

/**
 * @param {HTMLElement} area
 * @param {MouseEvent} event
 */
export function placeIn(area, { clientX, clientY }) {
  const { left, top } = area.getBoundingClientRect();
  return { x: clientX - left, y: clientY - top };
}

/**
 * The range that a key leads to.
 * @param {Interval} range
 * @param {string} key
 */
function keyed(range, key) {
  switch (key) {
    case "ArrowLeft":
      return shifted(range, -SHIFT);
    case "ArrowRight":
      return shifted(range, SHIFT);
    case "+":
    case "=":
      return widened(range, 1 / ZOOM);
    case "-":
      return widened(range, ZOOM);
    default:
      return null;
  }
}

/**
 * The range after one of two fingers moved: what lay under both stays under both.
 * @param {Frame} frame
 * @param {Map<number, number>} fingers
 * @param {number} moving
 * @param {number} x
 * @returns {Interval}
 */
export function pinched({ range, across }, fingers, moving, x) {
  const before = /** @type {number} */ (fingers.get(moving));
  const [, still] = /** @type {[number, number]} */ ([...fingers].find(([id]) => id !== moving));
  const factor = (before - still) / (x - still);
  return factor > 0 && Number.isFinite(factor) ? widened(range, factor, across.invert(still)) : range;
}
