/** What completes a word: the rulebook's operations, explained, and the program's own names. */

/** @import { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete" */

import { autocompletion, localCompletionSource } from "../../../vendor/codemirror.js";
import { say } from "../../say.js";

/**
 * An operation as the rulebook describes it.
 * @typedef {{ name: string, symbol: string, params: string[], formula: string, derivatives: Record<string, string>, domain: string | null }} Op
 */

/** @typedef {{ left: number, right: number, top: number, bottom: number }} Box */

/** Pixels that an explanation needs beside the list. */
const NARROW = 240;

const WORD = /[\p{L}_][\p{L}\p{N}_]*$/u;

/**
 * @param {() => Promise<Op[]>} askOps
 */
export function completion(askOps) {
  /** @type {Promise<Completion[]> | null} */
  let known = null;
  /** @param {CompletionContext} context @returns {Promise<CompletionResult | null>} */
  const operations = async (context) => {
    const word = context.matchBefore(WORD);
    if (word === null && !context.explicit) return null;
    known ??= askOps().then(completionsOf);
    try {
      return { from: word?.from ?? context.pos, options: await known, validFor: WORD };
    } catch {
      known = null; // asked again with the next word
      return null;
    }
  };
  return autocompletion({ override: [operations, localCompletionSource], icons: false, positionInfo: beside });
}

/**
 * The operations that are called by a name; an operator needs no completion.
 * @param {Op[]} ops
 * @returns {Completion[]}
 */
export function completionsOf(ops) {
  return ops
    .filter(({ name, symbol }) => symbol === name)
    .map((op) => ({ label: op.name, type: "function", detail: `(${op.params.join(", ")})`, info: () => explained(op) }));
}

/**
 * What is said of an operation: formula, derivatives, where it is defined.
 * @param {Op} op
 * @returns {{ what: string, says: string }[]}
 */
export function explanationOf({ name, params, formula, derivatives, domain }) {
  const call = `${name}(${params.join(", ")})`;
  const rows = [{ what: call, says: formula === call ? "" : formula }];
  rows.push(...Object.entries(derivatives).map(([param, says]) => ({ what: `∂/∂${param}`, says })));
  if (domain !== null) rows.push({ what: say("editor.domain"), says: domain });
  return rows;
}

/**
 * Where an explanation stands: right of the list, or below it where there is no room.
 * @param {unknown} _view
 * @param {Box} list
 * @param {Box} _option
 * @param {Box} _info
 * @param {Box} space
 */
function beside(_view, list, _option, _info, space) {
  const room = space.right - list.right;
  if (room >= NARROW) return { style: `left: 100%; top: 0; max-width: ${room}px` };
  return { style: `left: 0; top: 100%; max-width: ${space.right - list.left}px` };
}

/**
 * @param {Op} op
 */
function explained(op) {
  const list = document.createElement("dl");
  for (const { what, says } of explanationOf(op)) {
    list.append(element("dt", what), element("dd", says));
  }
  return list;
}

/**
 * @param {string} tag
 * @param {string} text
 */
function element(tag, text) {
  return Object.assign(document.createElement(tag), { textContent: text });
}
