/** From one node to one that uses it: edges side by side are one hop, whose slope is the sum of theirs. Pure. */

/** @import { Edge } from "../../explain/types.d.ts" */
/** @import { Form } from "./products.js" */

import { sum } from "./products.js";

/**
 * @typedef {object} Hop
 * @property {number} source
 * @property {number} target
 * @property {number[]} locals the slope for each place where the source stands
 */

/**
 * Edges as hops, in order; those between the same two nodes together, those from constants left out.
 * @param {readonly Edge[]} edges
 * @returns {Hop[]}
 */
export function hopsAmong(edges) {
  /** @type {Map<string, Hop>} */
  const found = new Map();
  for (const { source, target, local, flow } of edges) {
    if (local === null || flow === null) continue;
    const hop = found.get(`${source} ${target}`) ?? { source, target, locals: [] };
    hop.locals.push(local);
    found.set(`${source} ${target}`, hop);
  }
  return [...found.values()];
}

/** @param {Hop} hop */
export const slopeOf = ({ locals }) => locals.reduce((sum, local) => sum + local, 0);

/**
 * The slope in numbers, as a term of a sum.
 * @param {Form} form
 * @param {Hop} hop
 */
export const termOf = (form, { locals }) => sum(form, locals.map(form.number));

/**
 * The slope in numbers, as a factor.
 * @param {Form} form
 * @param {Hop} hop
 */
export const factorOf = (form, hop) => (hop.locals.length > 1 ? form.bracketed(termOf(form, hop)) : termOf(form, hop));
