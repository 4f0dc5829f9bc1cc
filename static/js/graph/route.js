/** The course of an edge: smooth, with an arrow at its end, and its numbers in the middle. */

import { curveBumpX, curveBumpY, line } from "../../vendor/d3.js";
import { spread } from "./spread.js";

/** @typedef {"right" | "down"} Direction where the picture runs */
const ARROW = 9;
/** What the numbers of two edges need: height in a picture that runs to the right, width in one that runs down. */
const ROOM = { right: 27, down: 62 };

const smooth = { right: line().curve(curveBumpX), down: line().curve(curveBumpY) };

/**
 * The path data of a route: a smooth line that leaves and arrives straight, and ends where the arrow begins.
 * @param {Float64Array} route
 * @param {Direction} direction
 */
export function path(route, direction) {
  /** @type {[number, number][]} */
  const points = [];
  for (let i = 0; i < route.length; i += 2) points.push([route[i] ?? 0, route[i + 1] ?? 0]);
  const end = points.at(-1);
  if (end) end[direction === "right" ? 0 : 1] -= ARROW;
  return smooth[direction](points) ?? "";
}

/**
 * Lets edges that join the same two nodes start apart, as they end: `x*x` shows two.
 * @param {Float64Array[]} routes
 * @param {Direction} direction
 */
export function part(routes, direction) {
  const across = direction === "right" ? 1 : 0;
  const ends = routes.map((route) => route[route.length - 2 + across] ?? 0);
  const centre = ends.reduce((sum, end) => sum + end, 0) / ends.length;
  routes.forEach((route, i) => (route[across] = (route[across] ?? 0) + (ends[i] ?? 0) - centre));
}

/**
 * Where the numbers of an edge would stand: midway to its target from the last bend, where edges of one source have parted.
 * @param {Float64Array} route
 */
export function middle(route) {
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = route.subarray(route.length - 4);
  return { x: (x0 + x1) / 2, y: (y0 + y1) / 2 };
}

/**
 * Where the numbers of the edges into one node stand: in the middle of each, moved apart where those are close.
 * @param {Float64Array[]} routes
 * @param {Direction} direction
 */
export function labelPlaces(routes, direction) {
  const places = routes.map(middle);
  const axis = direction === "right" ? "y" : "x";
  const apart = spread(places.map((place) => place[axis]), ROOM[direction]);
  return places.map((place, i) => ({ ...place, [axis]: apart[i] ?? 0 }));
}
