/** Draws the boxes: a keyed join, one group a node, named for those who hear the picture. */

/** @import { Selection } from "d3-selection" */
/** @import { Box } from "../types.d.ts" */

import { mark, write as put } from "../element.js";
import { nodeName } from "../format.js";
import { place } from "./motion.js";
import { band, outline } from "./shape.js";

/** Baselines around the centre of a card, and the gap to its border, in pixels of the picture. */
export const BASELINES = { head: -20, data: 6, grad: 24, inset: 11, middle: 4.5 };

/**
 * @param {Selection<SVGGElement, unknown, null, undefined>} layer
 * @param {Box[]} boxes
 * @param {boolean} moving
 */
export function drawNodes(layer, boxes, moving) {
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
  entered.merge(joined).each(fill).order();
}

/** @param {Box} box */
const spot = ({ x, y }) => `translate(${x}, ${y})`; // as transitions leave it: what stays is not moved

/**
 * @this {SVGGElement}
 * @param {Box} box
 */
function fill(box) {
  const { node, lines, width, height } = box;
  const constant = node.kind === "constant";
  mark(this, "class", classOf(box));
  mark(this, "aria-label", nodeName(node));
  const [shape, top, head, symbol, data, grad] = Array.from(this.children);
  mark(shape, "d", outline(node.kind, width, height));
  mark(top, "d", band(box));
  const left = BASELINES.inset - width / 2;
  write(head, constant ? "" : lines.head, left, BASELINES.head);
  write(symbol, lines.symbol, lines.head ? -left : 0, BASELINES.head);
  write(data, lines.data, constant ? 0 : left, constant ? BASELINES.middle : BASELINES.data);
  write(grad, lines.grad ?? "", left, BASELINES.grad);
}

/** @param {Box} box */
const classOf = ({ node, lines, output }) => ["node", node.kind, lines.head && "labelled", output && "output", node.data === null && "blank"].filter(Boolean).join(" ");

/**
 * Texts and places are touched only where they change: laying out text is what costs.
 * @param {Element} element
 * @param {string} text
 * @param {number} x
 * @param {number} y
 */
function write(element, text, x, y) {
  put(/** @type {Element} */ (element.lastElementChild), text);
  mark(element, "x", String(x));
  mark(element, "y", String(y));
}
