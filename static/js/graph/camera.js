/** What part of the picture is seen: pan, zoom, fit. */

/** @import { Selection } from "d3-selection" */
/** @import { ZoomBehavior } from "d3-zoom" */
/** @import { Box } from "../types.d.ts" */

import { zoom, zoomIdentity, zoomTransform } from "../../vendor/d3.js";
import { moves } from "./motion.js";

const DURATION = 260;
const FARTHEST = 0.02;
const NEAREST = 4;
/** A small picture is not blown up further than this. */
const LARGEST_FIT = 1.4;
const MARGIN = 20;

/** Beside the editor the wheel zooms; below it, on small screens, it scrolls the page as the finger does. */
const beside = matchMedia("(min-width: 60rem)");

/**
 * @param {Selection<SVGSVGElement, unknown, null, undefined>} svg
 * @param {Selection<SVGGElement, unknown, null, undefined>} world
 * @param {(scale: number) => void} onScale
 */
export function createCamera(svg, world, onScale) {
  const element = /** @type {SVGSVGElement} */ (svg.node());
  /** The size is kept, because asking for it makes the browser lay out what was just drawn. */
  const view = { size: sizeOf(element), whole: true, boxes: /** @type {Box[]} */ ([]) };
  const behaviour = zooming(view).on("zoom", ({ transform, sourceEvent }) => {
    if (sourceEvent) view.whole = false;
    world.attr("transform", transform.toString());
    svg.classed("fitted", view.whole);
    onScale(transform.k);
  });
  /** @param {boolean} whole */
  const stage = (whole, moving = moves(view.boxes.length)) => {
    view.whole = whole;
    return moving ? svg.transition("camera").duration(DURATION) : svg.interrupt("camera");
  };
  /** @param {boolean} [moving] */
  const fit = (moving) => behaviour.transform(stage(true, moving), fitting(view.boxes, view.size));

  behaviour(svg);
  svg.on("dblclick.zoom", () => fit());
  new ResizeObserver(() => {
    view.size = sizeOf(element);
    if (view.whole) fit(false);
  }).observe(element);

  return {
    fit,
    /** @param {Box[]} boxes */
    show: (boxes) => void (view.boxes = boxes),
    /** @param {number} factor */
    by: (factor) => behaviour.scaleBy(stage(false), factor),
    /** @param {Box} box */
    reveal: (box) => !visible(box, zoomTransform(element), view.size) && behaviour.translateTo(stage(false), box.x, box.y),
  };
}

/**
 * @param {Element} element
 * @returns {[number, number]}
 */
function sizeOf({ clientWidth, clientHeight }) {
  return [clientWidth || 1, clientHeight || 1];
}

/**
 * @param {{ size: [number, number], whole: boolean }} view
 * @returns {ZoomBehavior<SVGSVGElement, unknown>}
 */
function zooming(view) {
  /** @type {ZoomBehavior<SVGSVGElement, unknown>} */
  const behaviour = zoom();
  return behaviour
    .scaleExtent([FARTHEST, NEAREST])
    .extent(() => [[0, 0], view.size])
    .filter((event) => allowed(event, view.whole));
}

/**
 * One finger and a bare wheel belong to the page where the picture is part of its flow; two fingers, and one once zoomed in, to the picture.
 * @param {Event} event
 * @param {boolean} whole all of the picture is seen
 */
function allowed(event, whole) {
  if (event instanceof WheelEvent) return beside.matches || event.ctrlKey;
  if (event instanceof MouseEvent) return !event.ctrlKey && event.button === 0;
  return beside.matches || !whole || ("touches" in event && /** @type {TouchEvent} */ (event).touches.length > 1);
}

/**
 * The transform that shows all boxes, centred.
 * @param {Box[]} boxes
 * @param {[number, number]} size
 */
function fitting(boxes, [width, height]) {
  if (boxes.length === 0) return zoomIdentity;
  const left = Math.min(...boxes.map((box) => box.x - box.width / 2));
  const right = Math.max(...boxes.map((box) => box.x + box.width / 2));
  const top = Math.min(...boxes.map((box) => box.y - box.height / 2));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height / 2));
  const scale = Math.min((width - 2 * MARGIN) / (right - left), (height - 2 * MARGIN) / (bottom - top), LARGEST_FIT);
  return zoomIdentity
    .translate(width / 2, height / 2)
    .scale(Math.max(scale, FARTHEST))
    .translate(-(left + right) / 2, -(top + bottom) / 2);
}

/**
 * @param {Box} box
 * @param {import("d3-zoom").ZoomTransform} transform
 * @param {[number, number]} size
 */
function visible({ x, y }, transform, [width, height]) {
  const [left, top] = transform.apply([x, y]);
  return left > 0 && top > 0 && left < width && top < height;
}
