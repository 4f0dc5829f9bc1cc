/** What the page around the frame keeps and hands back: the state that links hold, read as something that may be wrong. */

/** @import { Situation, State } from "../types.d.ts" */

import { linkTo, situationOfLink } from "../linked.js";
import { PLAIN } from "../store.js";
import { LAYOUTS, MOST_PASSES, PANELS, RULES, WHOSE } from "../url.js";

const VERSION = 1;

/** @param {State} state */
export const stateOf = (state) => ({ version: VERSION, ...linkTo(state) });

const isCount = (/** @type {unknown} */ given) => Number.isInteger(given) && Number(given) >= 0;
const isOneOf = (/** @type {readonly unknown[]} */ names) => (/** @type {unknown} */ given) => names.includes(given);

/** Which values a part may have. @type {Record<string, (given: any) => boolean>} */
const SOUND = {
  inputs: (given) => given.constructor === Object && Object.values(given).every(Number.isFinite),
  step: isCount,
  node: isCount,
  panel: isOneOf(PANELS),
  accumulation: isOneOf(RULES),
  passes: (given) => isCount(given) && given <= MOST_PASSES,
  layout: isOneOf(Object.values(LAYOUTS)),
  engine: isOneOf(WHOSE),
  expand: (given) => Array.isArray(given) && given.every((id) => typeof id === "string"),
};

/**
 * The program and the situation of such a value, and what is not understood in it; null for what holds no program.
 * A task is the frame's own.
 * @param {unknown} value
 * @returns {{ source: string, situation: Situation, ignored: string[] } | null}
 */
export function situationIn(value) {
  const given = /** @type {Record<string, any>} */ (value ?? {});
  if (given.version !== VERSION || typeof given.source !== "string") return null;
  const said = Object.keys(SOUND).filter((name) => Object.hasOwn(given, name) && given[name] !== null);
  const sound = said.filter((name) => SOUND[name](given[name]));
  const usual = linkTo({ source: given.source, ...PLAIN });
  const link = { ...usual, ...Object.fromEntries(sound.map((name) => [name, given[name]])) };
  return { source: given.source, situation: situationOfLink(link), ignored: said.filter((name) => !sound.includes(name)) };
}
