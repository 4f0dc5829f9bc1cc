/** What panels look at: the inputs that can move, where they stand, the nodes that can be the result, whose numbers. Pure. */

/** @import { GraphDocument, GraphNode, Moved, State } from "../types.d.ts" */

import { number, role, shorten } from "../format.js";
import { inputsOf } from "../inputs/program.js";
import { say } from "../say.js";
import { textOfSpan } from "../text.js";

const LONGEST_NAME = 40;
/** More results than this are not offered in one list; a chosen node always is. */
const MOST_RESULTS = 300;

/** @typedef {{ id: string, name: string }} Option */

/**
 * The inputs by key, each under a name that no other has.
 * @param {GraphDocument | null} document
 * @returns {Option[]}
 */
export function inputOptions(document) {
  const nodes = inputsOf(document);
  const seen = new Map();
  for (const { label } of nodes) seen.set(label, (seen.get(label) ?? 0) + 1);
  return nodes.map(({ key, label }) => ({ id: key, name: shorten(label !== null && seen.get(label) === 1 ? label : key, LONGEST_NAME) }));
}

/**
 * The nodes that can be looked at as the result, those with names first, and the chosen one in any case.
 * @param {GraphDocument} document
 * @param {string} source
 * @param {number | null} chosen
 * @returns {Option[]}
 */
export function resultOptions({ graph, nodes }, source, chosen) {
  const results = nodes.filter(({ kind, id }) => kind === "operation" && id !== graph.output);
  const sorted = [...results.filter(({ label }) => label !== null), ...results.filter(({ label }) => label === null)];
  const offered = sorted.slice(0, MOST_RESULTS);
  const also = sorted.slice(MOST_RESULTS).filter(({ id }) => id === chosen);
  return [...offered, ...also].map((node) => ({ id: String(node.id), name: nameOf(node, source) }));
}

/**
 * A node's label, else the text that made it.
 * @param {GraphNode} node
 * @param {string} source
 */
export function nameOf(node, source) {
  const text = node.label ?? textOfSpan(source, node.span).replace(/\s+/g, " ");
  return shorten(text || `${role(node)} = ${number(node.data)}`, LONGEST_NAME);
}

/**
 * @param {GraphDocument} document
 * @param {string} source
 */
export function outputName({ graph, nodes }, source) {
  const node = nodes.find(({ id }) => id === graph.output);
  return node ? nameOf(node, source) : "";
}

/**
 * Where an input stands now.
 * @param {State} state
 * @param {string} key
 */
export function standing({ moved, home, shown }, key) {
  if (Object.hasOwn(moved, key)) return moved[key];
  if (Object.hasOwn(home, key)) return home[key];
  return Number(shown?.nodes.find((node) => node.key === key)?.data ?? NaN);
}

/**
 * All inputs as the page has them now.
 * @type {(state: State) => Moved}
 */
export const placed = ({ home, moved }) => ({ ...home, ...moved });

/**
 * What every question to the service says of the program, and of whose engine it is about.
 * @param {State} state
 */
export const programOf = ({ drawn, moved, document, turn }) => ({ source: drawn, inputs: moved, ...(document?.engine ? { engine: "own", turn } : {}) });

/**
 * Where the numbers of a plot come from, and whether they are all there.
 * @param {{ here: boolean, partly: boolean }} found
 * @param {GraphDocument | null} document
 */
export function sourceOf({ here, partly }, document) {
  const place = here ? say("plot.here") : document?.engine ? say("own.asked") : say("plot.asked");
  return [place, partly ? say("plot.partly") : ""].join(" ").trim();
}

/**
 * The key of the selected node, if it is an input.
 * @param {State} state
 */
export const selectedKey = ({ selected, document }) => inputsOf(document).find(({ id }) => id === selected)?.key ?? null;
