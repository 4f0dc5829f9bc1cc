/** What there is to say of a learner's own engine as a whole. */

/** @import { Engine } from "../types.d.ts" */

import { say, sayCount } from "../say.js";

/**
 * In one sentence.
 * @param {Engine | null} engine null where the playground's is drawn
 */
export function verdictOf(engine) {
  if (engine === null) return say("own.offered");
  if (engine.attributes === null) return say("own.nothing");
  if (engine.right) return engine.passes === 0 ? say("own.noPass") : say("own.right");
  return engine.causes.length > 0 ? sayCount("own.wrongCount", engine.causes.length) : say("own.ended");
}

/**
 * Marks what says so as right or wrong, or neither.
 * @param {Element} part
 * @param {Engine | null} engine
 */
export function mark(part, engine) {
  part.classList.toggle("right", engine?.right === true);
  part.classList.toggle("wrong", engine !== null && engine.attributes !== null && !engine.right);
}

/**
 * What its way back takes, beside ours.
 * @param {Engine} engine
 */
export function effortOf({ visits, writes, operations, edges, passes, turns, whole }) {
  if (passes === 0) return [];
  const cost = visits === operations && writes === edges ? say("own.sameCost", { visits, writes }) : say("own.cost", { visits, writes, operations, edges });
  return [sayCount("own.passes", turns), cost, ...(whole ? [] : [say("own.notWhole")])];
}
