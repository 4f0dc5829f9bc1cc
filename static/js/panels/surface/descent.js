/** A way downhill, step by step: the arithmetic of the engine's optimizers, for slopes that are known when they are asked for. Pure. */

/** @import { Point } from "./here.js" */

import { OPTIMIZERS } from "../../replay/descend.js";

/** @typedef {keyof typeof OPTIMIZERS} Optimizer */
/** @typedef {"none" | "downhill" | "uphill" | "resting" | "diverged"} Course */

export const NAMES = /** @type {Optimizer[]} */ (Object.keys(OPTIMIZERS));
const FLAT = 1e-9;
/** Steps that go up one after another, until it is said. */
const CLIMBING = 3;

/**
 * A path that begins at a point.
 * @param {Optimizer} optimizer
 * @param {number} rate
 * @param {Point} start
 */
export function createPath(optimizer, rate, start) {
  const move = OPTIMIZERS[optimizer](rate, 2);
  const at = Float64Array.of(start.x, start.y);
  const places = [start];
  return {
    places,
    /** Where the next step leads; the place is not on the path until it is known what the slopes are there. */
    next: () => {
      move(at, Float64Array.from(places[places.length - 1].gradient));
      return { x: at[0], y: at[1] };
    },
    /** @param {Point} place */
    arrive: (place) => places.push(place),
  };
}

/**
 * How a path goes, told by its last places.
 * @param {readonly Point[]} places
 * @returns {Course}
 */
export function courseOf(places) {
  const last = places[places.length - 1];
  if (![last.x, last.y, last.z, ...last.gradient].every(Number.isFinite)) return "diverged";
  if (Math.hypot(...last.gradient) < FLAT) return "resting";
  if (places.length < 2) return "none";
  const recent = places.slice(-CLIMBING - 1);
  const climbing = recent.length > CLIMBING && recent.every(({ z }, i) => i === 0 || z > recent[i - 1].z);
  return climbing ? "uphill" : "downhill";
}
