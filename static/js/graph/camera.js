/** What part of the picture is seen: pan, zoom, fit. */

/** @import { Selection } from "d3-selection" */
/** @import { ZoomBehavior, ZoomTransform } from "d3-zoom" */
/** @import { Box, Direction } from "../types.d.ts" */

import { select, zoom, zoomIdentity, zoomTransform } from "../../vendor/d3.js";
import { moves } from "./motion.js";

const DURATION = 260;
const FARTHEST = 0.02;
const NEAREST = 4;
/** A small picture is not blown up further than this. */
const LARGEST_FIT = 1.4;
const MARGIN = 20;
/** A picture so much longer than its frame, and too small to be read as a whole, opens at its output at this scale. */
const LONG = 4;
const READABLE = 0.4;
const COMFORTABLE = 0.8;

/** Beside the editor the wheel zooms; below it, on small screens, it scrolls the page as the finger does. */
const beside = matchMedia("(min-width: 60rem)");

/**
 * @typedef {object} View
 * @property {[number, number]} size kept, because asking for it makes the browser lay out what was just drawn
 * @property {"whole" | "start" | "own"} mode all of it, where a long picture opens, or what a reader chose
 * @property {Box[]} boxes
 * @property {Direction} direction
 */

/**
 * While things move the drawing is moved as an image; where they rest it is drawn anew.
 * @param {Selection<SVGSVGElement, unknown, null, undefined>} svg
 * @param {Selection<SVGGElement, unknown, null, undefined>} world
 * @param {(scale: number) => void} onScale
 */
export function createCamera(svg, world, onScale) {
  const drawing = /** @type {SVGSVGElement} */ (svg.node());
  const frame = select(/** @type {HTMLElement} */ (drawing.parentElement));
  const element = /** @type {HTMLElement} */ (frame.node());
  /** @type {View} */
  const view = { size: sizeOf(element), mode: "whole", boxes: [], direction: "right" };
  /** @type {((transform: ZoomTransform) => void)[]} */
  const watchers = [];
  let drawn = zoomIdentity;

  const behaviour = zooming(view).on("zoom", ({ transform, sourceEvent }) => {
    if (sourceEvent) view.mode = "own";
    const k = transform.k / drawn.k;
    drawing.style.transform = `translate(${transform.x - drawn.x * k}px,${transform.y - drawn.y * k}px) scale(${k})`;
    for (const watch of watchers) watch(transform);
  });
  behaviour.on("start", () => frame.classed("moving", true));
  behaviour.on("end", ({ transform }) => {
    drawn = transform;
    world.attr("transform", transform.toString());
    drawing.style.transform = "";
    frame.classed("moving", false);
    svg.classed("fitted", view.mode === "whole");
    onScale(transform.k);
  });

  /** @param {View["mode"]} mode */
  const stage = (mode, moving = moves(view.boxes.length)) => {
    view.mode = mode;
    return moving ? frame.transition("camera").duration(DURATION) : frame.interrupt("camera");
  };
  /** @param {boolean} [moving] */
  const fit = (moving) => behaviour.transform(stage("whole", moving), fitting(view));
  /** @param {boolean} [moving] */
  const open = (moving) => {
    const start = opening(view);
    if (start) behaviour.transform(stage("start", moving), start);
    else fit(moving);
  };

  behaviour(frame);
  frame.on("dblclick.zoom", () => fit());
  new ResizeObserver(() => {
    view.size = sizeOf(element);
    if (view.mode !== "own") open(false);
  }).observe(element);

  return {
    fit,
    /**
     * @param {Pick<View, "boxes" | "direction">} picture
     * @param {"another" | "same" | "looked into"} kind what is looked into stays as near as it was where all of it would be too small
     * @param {boolean} moving
     */
    show(picture, kind, moving) {
      Object.assign(view, picture);
      if (kind === "looked into" && fitting(view).k < READABLE) view.mode = "own";
      if (kind === "another" || view.mode !== "own") open(moving);
      else onScale(zoomTransform(element).k);
    },
    /** @param {number} factor */
    by: (factor) => behaviour.scaleBy(stage("own"), factor),
    /** @param {number} scale pixels of the screen to one of the picture */
    to: (scale) => behaviour.scaleTo(stage("own"), scale),
    /** @param {{ x: number, y: number }} place to be in the middle, at once */
    centre: ({ x, y }) => behaviour.translateTo(stage("own", false), x, y),
    /** @param {Box} box */
    reveal: (box) => !visible(box, zoomTransform(element), view.size) && behaviour.translateTo(stage("own"), box.x, box.y),
    /** @param {(transform: ZoomTransform) => void} watcher told of every move, and of how things are */
    watch(watcher) {
      watchers.push(watcher);
      watcher(zoomTransform(element));
    },
    transform: () => zoomTransform(element),
    size: () => view.size,
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
 * @param {View} view
 * @returns {ZoomBehavior<HTMLElement, unknown>}
 */
function zooming(view) {
  /** @type {ZoomBehavior<HTMLElement, unknown>} */
  const behaviour = zoom();
  return behaviour
    .scaleExtent([FARTHEST, NEAREST])
    .extent(() => [[0, 0], view.size])
    .filter((event) => allowed(event, view.mode !== "own"));
}

/**
 * One finger and a bare wheel belong to the page where the picture is part of its flow; two fingers, and one once zoomed in, to the picture.
 * @param {Event} event
 * @param {boolean} untouched the picture is seen as it opened
 */
function allowed(event, untouched) {
  if (event instanceof WheelEvent) return beside.matches || event.ctrlKey;
  if (event instanceof MouseEvent) return !event.ctrlKey && event.button === 0;
  return beside.matches || !untouched || ("touches" in event && /** @type {TouchEvent} */ (event).touches.length > 1);
}

/**
 * How far the boxes reach.
 * @param {readonly Box[]} boxes
 */
export function extentOf(boxes) {
  const extent = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (const { x, y, width, height } of boxes) {
    extent.left = Math.min(extent.left, x - width / 2);
    extent.right = Math.max(extent.right, x + width / 2);
    extent.top = Math.min(extent.top, y - height / 2);
    extent.bottom = Math.max(extent.bottom, y + height / 2);
  }
  return extent;
}

/**
 * The transform that shows all boxes, centred.
 * @param {View} view
 */
function fitting({ boxes, size: [width, height] }) {
  if (boxes.length === 0) return zoomIdentity;
  const { left, right, top, bottom } = extentOf(boxes);
  const scale = Math.min((width - 2 * MARGIN) / (right - left), (height - 2 * MARGIN) / (bottom - top), LARGEST_FIT);
  return zoomIdentity
    .translate(width / 2, height / 2)
    .scale(Math.max(scale, FARTHEST))
    .translate(-(left + right) / 2, -(top + bottom) / 2);
}

/**
 * The transform that shows the output of a long picture at a size to be read; null for all others.
 * @param {View} view
 */
function opening({ boxes, direction, size: [width, height] }) {
  const output = boxes.find((box) => box.output);
  if (!output) return null;
  const { left, right, top, bottom } = extentOf(boxes);
  const [along, across] = [(right - left) / width, (bottom - top) / height];
  const [long, short] = direction === "right" ? [along, across] : [across, along];
  if (1 / Math.max(long, short) > READABLE || long < LONG * short) return null;
  const scale = Math.max(READABLE, Math.min(COMFORTABLE, 0.9 / short));
  const place = direction === "right" ? [width - MARGIN - (output.width / 2) * scale, height / 2] : [width / 2, height - MARGIN - (output.height / 2) * scale];
  return zoomIdentity.translate(place[0], place[1]).scale(scale).translate(-output.x, -output.y);
}

/**
 * @param {Box} box
 * @param {ZoomTransform} transform
 * @param {[number, number]} size
 */
function visible({ x, y }, transform, [width, height]) {
  const [left, top] = transform.apply([x, y]);
  return left > 0 && top > 0 && left < width && top < height;
}
