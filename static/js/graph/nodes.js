/** Draws the boxes: a keyed join, one group a node, named for those who hear the picture. */

/** @import { Selection } from "d3-selection" */
/** @import { Box } from "../types.d.ts" */
/** @import { Near } from "./motion.js" */

import { mark, write as put } from "../element.js";
import { heardNode } from "../heard.js";
import { place, seenFirst } from "./motion.js";
import { band, outline } from "./shape.js";

/** Baselines around the centre of a card, and the gap to its border, in pixels of the picture. */
export const BASELINES = { head: -20, data: 6, grad: 24, inset: 11, middle: 4.5 };

/**
 * @param {Selection<SVGGElement, unknown, null, undefined>} layer
 * @param {Box[]} boxes
 * @param {boolean} moving
 * @param {Near} near
 */
export function drawNodes(layer, boxes, moving, near) {
  /** @type {Selection<SVGGElement, Box, SVGGElement, unknown>} */
  const known = layer.selectAll("g.node");
  const joined = known.data(boxes, ({ name }) => name);
  place(joined, "transform", spot, moving);
  joined.exit().remove();
  const entered = joined.enter().append("g").attr("role", "graphics-object").attr("tabindex", -1).attr("transform", spot);
  entered.append("path").attr("class", "shape");
  entered.append("path").attr("class", "band");
  for (const part of ["head", "symbol"]) entered.append("text").attr("class", part).append("tspan");
  for (const part of ["data", "grad"]) {
    const text = entered.append("text").attr("class", part);
    text.append("tspan").attr("class", "key").text(`${part} `);
    text.append("tspan");
  }
  seenFirst(entered.merge(joined).each(shape).order(), near, write);
}

/** @param {Box} box */
const spot = ({ x, y }) => `translate(${x}, ${y})`; // as transitions leave it: what stays is not moved

/**
 * @this {SVGGElement}
 * @param {Box} box
 */
function shape(box) {
  const { node, width, height } = box;
  const [card, top] = Array.from(this.children);
  mark(this, "class", classOf(box));
  mark(this, "aria-label", heardNode(node));
  mark(card, "d", outline(node.kind, width, height));
  mark(top, "d", band(box));
}

/**
 * @this {SVGGElement}
 * @param {Box} box
 */
function write(box) {
  const { node, lines, width } = box;
  const constant = node.kind === "constant";
  const [, , head, symbol, data, grad] = Array.from(this.children);
  const left = BASELINES.inset - width / 2;
  line(head, constant ? "" : lines.head, left, BASELINES.head);
  line(symbol, lines.symbol, lines.head ? -left : 0, BASELINES.head);
  line(data, lines.data, constant ? 0 : left, constant ? BASELINES.middle : BASELINES.data);
  line(grad, lines.grad ?? "", left, BASELINES.grad);
}

/** @param {Box} box */
const classOf = ({ node, lines, output }) => ["node", node.kind, lines.head && "labelled", output && "output", node.wrong && "wrong", node.kind === "scope" && node.data === null && "blank"].filter(Boolean).join(" ");

/**
 * Texts and places are touched only where they change: laying out text is what costs.
 * @param {Element} element
 * @param {string} text
 * @param {number} x
 * @param {number} y
 */
function line(element, text, x, y) {
  put(/** @type {Element} */ (element.lastElementChild), text);
  mark(element, "x", String(x));
  mark(element, "y", String(y));
}
