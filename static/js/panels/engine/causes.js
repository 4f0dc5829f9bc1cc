/** The causes of wrong gradients, each with its line and its step. */

/** @import { Cause, Engine, State } from "../../types.d.ts" */

import { element } from "../../element.js";
import { say } from "../../say.js";

/** @type {Record<string, () => string>} */
const TITLES = {
  overwritten: () => say("own.overwritten"),
  order: () => say("own.order"),
  visited_twice: () => say("own.visitedTwice"),
  seed: () => say("own.seedCause"),
  local_derivative: () => say("own.local"),
  upstream: () => say("own.upstream"),
  operand: () => say("own.operand"),
  stale: () => say("own.stale"),
  wrong_node: () => say("own.wrongNode"),
  unwrapped: () => say("own.unwrapped"),
  forward: () => say("own.forward"),
  recursion: () => say("own.recursion"),
  domain: () => say("own.domain"),
  missing: () => say("own.missing"),
};

/**
 * @param {Engine} engine
 * @param {Pick<State, "source" | "drawn">} text
 */
export function listOf({ causes }, { source, drawn }) {
  if (causes.length === 0) return [];
  return [element("ol", {}, ...causes.map((cause) => itemOf(cause, source === drawn)))];
}

/**
 * @param {Cause} cause
 * @param {boolean} placed whether its line is still where it was
 */
function itemOf({ cause, line, message, at, instead }, placed) {
  const links = [
    ...(line !== null && placed ? [element("button", { type: "button", "data-line": String(line) }, say("own.toLine", { line }))] : []),
    ...[at, instead].flatMap((step) => (step === null ? [] : [element("button", { type: "button", "data-step": String(step) }, say("own.toStep", { step }))])),
  ];
  return element("li", {}, element("b", {}, TITLES[cause]?.() ?? cause), element("p", {}, message), element("p", { class: "links" }, ...links));
}
