/** Why a gradient is what it is: the chain rule, the deposits, all paths, and the same going forward. */

/** @import { GraphDocument } from "../../types.d.ts" */
/** @import { Line, Reading } from "../../explain/types.d.ts" */
/** @import { Facts } from "./facts.js" */

import { copyOnPress } from "../../copy.js";
import { element } from "../../element.js";
import { elementOf, gathered, graphOf, mathTree, nodeAt, sentenceOf } from "../../explain/index.js";
import { number } from "../../format.js";
import { say, sayCount } from "../../say.js";
import { words } from "../../words.js";
import { forwardOf } from "./forward.js";
import { pathsOf } from "./paths.js";

/** More deposits than these are counted and not listed. */
const MOST_LINES = 5;

/**
 * A line of notation; its words where the browser cannot set mathematics.
 * @param {Line} line
 */
export const math = ({ latex, text }) => element("div", { class: "math", title: text }, elementOf(mathTree(latex), document));

/**
 * What the gradient is made of, or why it is 0 or 1.
 * @param {Facts} facts
 * @param {GraphDocument} document
 * @param {Reading} reading
 */
export function gradient({ node, seed, chain, deposits }, document, reading) {
  if (node.grad === null || document.graph.output === null) return [];
  if (seed) return [reason(sentenceOf(seed, document, words(), reading))];
  if (deposits.length === 0) return [reason(say("inspect.apart", { output: nodeAt(graphOf(document, reading), document.graph.output).name.plain }))];
  const rest = deposits.length - MOST_LINES;
  const ledger = element("button", { type: "button", "data-panel": "ledger", "data-what": "ledger" }, say("inspect.ledger"));
  return [
    ...(chain ? [element("h4", {}, say("inspect.chain")), math(chain)] : []),
    element("h4", {}, say("inspect.deposits")),
    ...deposits.slice(0, MOST_LINES).map(math),
    ...(rest > 0 ? [element("p", {}, sayCount("inspect.more", rest))] : []),
    element("p", { class: "tools" }, ledger, copier(chain ? [chain, ...deposits] : deposits, "copy gradient")),
  ];
}

/** @param {string} text */
const reason = (text) => element("p", { class: "reason" }, text);

/**
 * @param {Line[]} lines
 * @param {string} what
 */
function copier(lines, what) {
  const button = element("button", { type: "button", "data-what": what }, say("step.copy"));
  copyOnPress(button, () => gathered(lines), { done: say("step.copied"), failed: say("step.copyFailed") });
  return button;
}

/**
 * What can be unfolded: all paths to the output, and what follows, computed forward. Nothing where not all is drawn.
 * @param {Facts} facts
 * @param {GraphDocument} document
 * @param {Reading} reading
 * @param {Set<string>} open which are; kept by them
 */
export function folds({ node, whole, deposits, users, name }, document, reading, open) {
  if (!whole || deposits.length === 0) return [];
  const far = users.some(({ id }) => id !== document.graph.output);
  const paths = () => pathParts(document, node.id, reading);
  const forward = () => forwardParts(document, node.id, name, reading);
  return [...(far ? [fold("paths", say("inspect.paths"), paths, open)] : []), fold("forward", say("inspect.forward"), forward, open)];
}

/**
 * Something closed at first, and filled when it is opened.
 * @param {string} name
 * @param {string} title
 * @param {() => Node[]} parts
 * @param {Set<string>} open
 */
export function fold(name, title, parts, open) {
  const summary = element("summary", { "data-what": name }, title);
  const made = element("details", open.has(name) ? { open: "" } : {}, summary, ...(open.has(name) ? parts() : []));
  made.addEventListener("toggle", () => {
    if (made.open === open.has(name)) return;
    if (made.open) open.add(name);
    else open.delete(name);
    made.replaceChildren(summary, ...(made.open ? parts() : []));
  });
  return made;
}

/**
 * @param {GraphDocument} document
 * @param {number} id
 * @param {Reading} reading
 */
function pathParts(document, id, reading) {
  const paths = pathsOf(document, id, reading);
  if (paths === null) return [];
  const { count, hops, total, lines } = paths;
  const rest = count - lines.length;
  const sum = count > 1 ? say("inspect.pathsSum", { count: number(count), total: number(total), hops: number(hops) }) : say("inspect.pathsOne");
  return [...lines.map(math), ...(rest > 0 ? [element("p", {}, say("inspect.pathsMore", { count: number(rest) }))] : []), reason(sum), copier(lines, "copy paths")];
}

/**
 * @param {GraphDocument} document
 * @param {number} id
 * @param {string} name
 * @param {Reading} reading
 */
function forwardParts(document, id, name, reading) {
  const { lines, rest } = forwardOf(document, id, reading);
  return [...lines.map(math), ...(rest > 0 ? [element("p", {}, say("inspect.forwardMore", { count: number(rest) }))] : []), reason(say("inspect.forwardWhy", { name })), copier(lines, "copy forward")];
}
