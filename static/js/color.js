/** The colour and width of a flow: PuOr, symmetric around zero; width says the size, hue the sign. */

/** @import { Num } from "./types.d.ts" */

import { interpolatePuOr } from "../vendor/d3.js";

const THIN = 1.25;
const THICK = 5;

/** So many colours and widths there are, that a scale which moves a little repaints little. */
const STEPS = 32;

/** How far from PuOr's pale middle a flow lies, from the smallest to the largest. */
const ON_LIGHT = { from: 0.39, to: 0.47 };
const ON_DARK = { from: 0.14, to: 0.27 };

/**
 * The largest finite flow by absolute value, the scale of all the others.
 * @param {readonly (Num | null)[]} flows
 */
export function largest(flows) {
  let most = 0;
  for (const flow of flows) {
    if (typeof flow === "number") most = Math.max(most, Math.abs(flow));
  }
  return most;
}

/**
 * A share of the scale, from 0 to 1; the square root keeps small flows apart.
 * @param {Num} flow
 * @param {number} most
 */
function share(flow, most) {
  if (typeof flow === "string") return flow === "NaN" ? 0 : 1;
  return most === 0 ? 0 : Math.round(STEPS * Math.sqrt(Math.min(1, Math.abs(flow) / most))) / STEPS;
}

/**
 * A CSS colour that suits light and dark pages; null where there is no sign to tell: no flow, zero, NaN.
 * @param {Num | null} flow
 * @param {number} most
 */
export function flowColor(flow, most) {
  const sign = flow === null ? 0 : Math.sign(Number(flow));
  if (flow === null || !sign) return null;
  return shade(sign, share(flow, most));
}

/** Shades that have been asked for, by how strong they are and their sign. @type {Map<number, string>} */
const shades = new Map();

/**
 * @param {number} sign
 * @param {number} strength
 */
function shade(sign, strength) {
  const place = sign * (1 + strength);
  const known = shades.get(place);
  if (known !== undefined) return known;
  const [light, dark] = [ON_LIGHT, ON_DARK].map(({ from, to }) => interpolatePuOr(0.5 + sign * (from + (to - from) * strength)));
  const made = `light-dark(${light}, ${dark})`;
  shades.set(place, made);
  return made;
}

/**
 * The width of an edge, in pixels of the picture.
 * @param {Num | null} flow
 * @param {number} most
 */
export function flowWidth(flow, most) {
  return flow === null ? THIN : THIN + (THICK - THIN) * share(flow, most);
}
