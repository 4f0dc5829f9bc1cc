/** What is known of the inputs: their names, where they are and where the program has them, and the ranges they move in. */

/** @import { Facts } from "./row.js" */
/** @import { Range } from "./range.js" */
/** @import { State } from "../types.d.ts" */

import { documentAt } from "../stepped.js";
import { inputsOf, isCount, literalOf } from "./program.js";
import { grown, rangeOf } from "./range.js";

/** @typedef {ReturnType<typeof inputsOf>[number]} Input */

/** The ranges of inputs by key: those a person chose, else those that suit the program's numbers. */
export class Ranges {
  /** @type {Map<string, { range: Range, home: number | undefined, chosen: boolean }>} */
  #known = new Map();

  /**
   * Never smaller than what the input needs.
   * @param {State} state
   * @param {Input} node
   */
  of(state, node) {
    const [value, home] = [Number(node.data), homeOf(state, node.key)];
    const known = this.#known.get(node.key);
    const start = known && (known.chosen || Object.is(known.home, home)) ? known.range : rangeOf(home ?? (value || 0), countsIn(state, node));
    const range = Number.isFinite(value) ? grown(start, value) : start;
    if (range !== known?.range) this.#known.set(node.key, { range, home, chosen: known?.chosen === true && start === known.range });
    return range;
  }

  /**
   * @param {State} state
   * @param {string} key
   * @param {Range} range
   * @param {number} value where the input is
   */
  choose(state, key, range, value) {
    this.#known.set(key, { range: Number.isFinite(value) ? grown(range, value) : range, home: homeOf(state, key), chosen: true });
  }
}

/** @type {(state: State, node: Input) => boolean} */
const countsIn = ({ document, drawn }, node) => document !== null && isCount(document, node, drawn);

/** @type {(state: State, key: string) => number | undefined} */
const homeOf = ({ home }, key) => (Object.hasOwn(home, key) ? home[key] : undefined);

/**
 * The facts of all inputs, by key, in the program's order.
 * @param {State} state
 * @param {Ranges} ranges
 * @returns {Map<string, Facts>}
 */
export function factsOf(state, ranges) {
  const nodes = inputsOf(state.shown && documentAt(state.shown, state.step));
  const labels = new Map();
  for (const { label } of nodes) labels.set(label, (labels.get(label) ?? 0) + 1);
  return new Map(
    nodes.map((node) => {
      const home = homeOf(state, node.key);
      const writable = home !== undefined && state.source === state.drawn && literalOf(state.drawn, node.span, home) !== null;
      const name = node.label !== null && labels.get(node.label) === 1 ? node.label : node.key;
      return [node.key, { node, name, range: ranges.of(state, node), moved: Object.hasOwn(state.moved, node.key), home, writable, chosen: node.id === state.selected }];
    }),
  );
}
