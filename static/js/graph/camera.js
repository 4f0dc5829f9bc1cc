/** What part of the picture is seen: pan, zoom, fit. */

/** @import { Selection } from "d3-selection" */
/** @import { ZoomBehavior, ZoomTransform } from "d3-zoom" */
/** @import { Box } from "../types.d.ts" */
/** @import { Stage, View } from "./types.d.ts" */

import { select, zoom, zoomIdentity, zoomTransform } from "../../vendor/d3.js";
import { afterPaint } from "../paint.js";
import { extentOf } from "./boxes.js";
import { createCarrier } from "./carrier.js";
import { moves } from "./motion.js";

const DURATION = 260;
const FARTHEST = 0.02;
const NEAREST = 4;
/** A small picture is not blown up further than this. */
const LARGEST_FIT = 1.4;
const MARGIN = 20;
/** How far anything drawn reaches from its place, in pixels of the picture. */
const REACH = 150;
/** A picture so much longer than its frame, and too small to be read as a whole, opens at its output at this scale. */
const LONG = 4;
const READABLE = 0.4;
const COMFORTABLE = 0.8;

/** Beside the editor the wheel zooms; below it, on small screens, it scrolls the page as the finger does. */
const beside = matchMedia("(min-width: 60rem)");

/**
 * @param {Selection<SVGSVGElement, unknown, null, undefined>} svg
 * @param {Selection<SVGGElement, unknown, null, undefined>} world
 * @param {(scale: number) => void} onScale
 */
export function createCamera(svg, world, onScale) {
  const stage = stageOf(svg, world, onScale);
  const { element, behaviour, frame, view, watchers } = stage;
  behaviour(frame);
  frame.on("dblclick.zoom", () => fit(stage));
  new ResizeObserver(() => {
    view.size = sizeOf(element);
    if (view.mode !== "own") open(stage, false);
  }).observe(element);

  return {
    fit: () => fit(stage),
    /**
     * @param {Pick<View, "boxes" | "direction">} picture
     * @param {"another" | "same" | "looked into"} kind what is looked into stays near
     * @param {boolean} moving
     */
    show({ boxes, direction }, kind, moving) {
      Object.assign(view, { boxes, direction });
      if (kind === "looked into" && fitting(view).k < READABLE) view.mode = "own";
      if (kind !== "another" && view.mode === "own") onScale(zoomTransform(element).k);
      else if (moving) afterPaint(() => open(stage, true));
      else open(stage, false);
    },
    /** @param {number} factor */
    by: (factor) => behaviour.scaleBy(set(stage, "own"), factor),
    /** @param {number} scale pixels of the screen to one of the picture */
    to: (scale) => behaviour.scaleTo(set(stage, "own"), scale),
    /** @param {{ x: number, y: number }} place to be in the middle, at once */
    centre: ({ x, y }) => behaviour.translateTo(set(stage, "own", false), x, y),
    /** @param {Box} box */
    reveal: (box) => !visible(box, zoomTransform(element), view.size, 0) && behaviour.translateTo(set(stage, "own"), box.x, box.y),
    /** @param {(transform: ZoomTransform) => void} watcher told of every move */
    watch: (watcher) => void watchers.push(watcher),
    /** @param {{ x: number, y: number }} place of something that may be seen in part */
    near: (place) => visible(place, zoomTransform(element), view.size, REACH),
    transform: () => zoomTransform(element),
    size: () => view.size,
  };
}

/**
 * @param {Selection<SVGSVGElement, unknown, null, undefined>} svg
 * @param {Selection<SVGGElement, unknown, null, undefined>} world
 * @param {(scale: number) => void} onScale
 * @returns {Stage}
 */
function stageOf(svg, world, onScale) {
  const parent = /** @type {HTMLElement} */ (svg.node()?.parentElement);
  const element = /** @type {HTMLElement} */ (parent.parentElement);
  const carrier = createCarrier(parent, world);
  const frame = select(element);
  /** @type {View} */
  const view = { size: sizeOf(element), mode: "whole", boxes: [], direction: "right" };
  /** @type {Stage["watchers"]} */
  const watchers = [];
  const behaviour = zooming(view).on("zoom", ({ transform, sourceEvent }) => {
    if (sourceEvent) view.mode = "own";
    carrier.move(transform, view.size);
    for (const watch of watchers) watch(transform);
  });
  behaviour.on("start", () => frame.classed("moving", true));
  behaviour.on("end", ({ transform }) => {
    carrier.draw(transform);
    frame.classed("moving", false);
    svg.classed("fitted", view.mode === "whole");
    onScale(transform.k);
  });
  return { element, frame, behaviour, view, watchers };
}

/**
 * What to move, and how.
 * @param {Stage} stage
 * @param {View["mode"]} mode
 */
function set({ view, frame }, mode, moving = moves(view.boxes.length)) {
  view.mode = mode;
  return moving ? frame.transition("camera").duration(DURATION) : frame.interrupt("camera");
}

/**
 * @param {Stage} stage
 * @param {boolean} [moving]
 */
const fit = (stage, moving) => stage.behaviour.transform(set(stage, "whole", moving), fitting(stage.view));

/**
 * @param {Stage} stage
 * @param {boolean} moving
 */
function open(stage, moving) {
  const start = opening(stage.view);
  if (start) stage.behaviour.transform(set(stage, "start", moving), start);
  else fit(stage, moving);
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

/** @type {(place: { x: number, y: number }, transform: ZoomTransform, size: [number, number], reach: number) => boolean} */
function visible({ x, y }, transform, [width, height], reach) {
  const [left, top, room] = [transform.applyX(x), transform.applyY(y), reach * transform.k];
  return left > -room && top > -room && left < width + room && top < height + room;
}
