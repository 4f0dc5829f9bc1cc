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
  /** @type {Box[]} */
  let boxes = [];
  let fitted = zoomIdentity;

  /** @returns {[number, number]} */
  const size = () => [element.clientWidth || 1, element.clientHeight || 1];
  const isFitted = () => zoomTransform(element).toString() === fitted.toString();
  const stage = () => (moves(boxes.length) ? svg.transition("camera").duration(DURATION) : svg.interrupt("camera"));

  const behaviour = zooming(size, isFitted).on("zoom", ({ transform }) => {
    world.attr("transform", transform.toString());
    svg.classed("fitted", isFitted());
    onScale(transform.k);
  });

  /** @param {boolean} moving */
  const fit = (moving) => {
    fitted = fitting(boxes, size());
    behaviour.transform(moving ? stage() : svg.interrupt("camera"), fitted);
  };

  behaviour(svg);
  svg.on("dblclick.zoom", () => fit(true));
  new ResizeObserver(() => isFitted() && fit(false)).observe(element);

  return {
    fit,
    /** @param {Box[]} shown */
    show: (shown) => void (boxes = shown),
    /** @param {number} factor */
    by: (factor) => behaviour.scaleBy(stage(), factor),
    /** @param {Box} box */
    reveal: (box) => !visible(box, zoomTransform(element), size()) && behaviour.translateTo(stage(), box.x, box.y),
  };
}

/**
 * @param {() => [number, number]} size
 * @param {() => boolean} isFitted
 * @returns {ZoomBehavior<SVGSVGElement, unknown>}
 */
function zooming(size, isFitted) {
  /** @type {ZoomBehavior<SVGSVGElement, unknown>} */
  const behaviour = zoom();
  return behaviour
    .scaleExtent([FARTHEST, NEAREST])
    .extent(() => [[0, 0], size()])
    .filter((event) => allowed(event, isFitted()));
}

/**
 * One finger and a bare wheel belong to the page where the picture is part of its flow; two fingers, and one once zoomed in, to the picture.
 * @param {Event} event
 * @param {boolean} fitted
 */
function allowed(event, fitted) {
  if (event instanceof WheelEvent) return beside.matches || event.ctrlKey;
  if (event instanceof MouseEvent) return !event.ctrlKey && event.button === 0;
  return beside.matches || !fitted || ("touches" in event && /** @type {TouchEvent} */ (event).touches.length > 1);
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
