/** Judges an answer to a chapter's check: right, or which of the hints fits what went wrong. */

/** @import { GraphDocument } from "../types.d.ts" */
/** @import { Condition } from "./measure.js" */

import { holds } from "./measure.js";

/** @typedef {{ kind: "number", answer: number, within: number, hints: (number | null)[] }} NumberFacts */
/** @typedef {{ kind: "node", answer: string, hints: string[] }} NodeFacts */
/** @typedef {{ kind: "program", answer: Condition[], hints: Condition[][] }} ProgramFacts */
/** @typedef {NumberFacts | NodeFacts | ProgramFacts} Facts what the server says of a check */
/** @typedef {"right" | "wrong" | number} Verdict a number is the place of a hint */

/**
 * The number a person wrote, with a comma or a point, or as a fraction; undefined where it is none.
 * @param {string} text
 */
export function numberIn(text) {
  const found = text.trim().replaceAll("−", "-").replaceAll(",", ".").split("/");
  const [over, under = 1, ...more] = found.map((part) => (part.trim() === "" ? NaN : Number(part)));
  const value = over === undefined || more.length > 0 ? NaN : over / under;
  return Number.isFinite(value) ? value : undefined;
}

/**
 * @param {NumberFacts} facts
 * @param {number} given
 * @returns {Verdict}
 */
export function judgeNumber({ answer, within, hints }, given) {
  const is = (/** @type {number | null} */ wanted) => wanted !== null && Math.abs(given - wanted) <= within * (1 + 1e-9);
  return is(answer) ? "right" : placeOf(hints.findIndex(is));
}

/**
 * @param {NodeFacts} facts
 * @param {string} given the name of the node that was chosen
 * @returns {Verdict}
 */
export const judgeNode = ({ answer, hints }, given) => (given === answer ? "right" : placeOf(hints.indexOf(given)));

/**
 * @param {ProgramFacts} facts
 * @param {GraphDocument} document
 * @param {string} source the text it was made from
 * @returns {Verdict}
 */
export function judgeProgram({ answer, hints }, document, source) {
  if (holds(answer, document, source)) return "right";
  return placeOf(hints.findIndex((conditions) => holds(conditions, document, source)));
}

/**
 * @param {number} place
 * @returns {Verdict}
 */
const placeOf = (place) => (place < 0 ? "wrong" : place);
