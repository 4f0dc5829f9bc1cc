/** Draws the wires: a keyed join, one group an edge, with its local derivative above and its flow below. */

/** @import { Selection } from "d3-selection" */
/** @import { Wire } from "../types.d.ts" */
/** @import { Near } from "./motion.js" */

import { mark, write } from "../element.js";
import { heardEdge } from "../heard.js";
import { afterPaint } from "../paint.js";
import { place, seenFirst } from "./motion.js";
import { path } from "./route.js";

/** Baselines above and below the line, in pixels of the picture. */
const ABOVE = -4;
const BELOW = 10;
/** What a line may rise and still pass between them. */
const LEVEL = 6;

/**
 * @param {Selection<SVGGElement, unknown, null, undefined>} layer
 * @param {Wire[]} wires
 * @param {boolean} moving
 */
export function drawEdges(layer, wires, moving) {
  /** @type {Selection<SVGGElement, Wire, SVGGElement, unknown>} */
  const known = layer.selectAll("g.edge");
  const joined = known.data(wires, ({ name }) => name);
  joined.exit().remove();
  place(joined.select("path"), "d", course, moving);
  const entered = joined.enter().append("g").attr("role", "graphics-symbol");
  entered.append("title");
  entered.append("path").attr("d", course).attr("marker-end", "url(#arrow)");
  const edges = entered.merge(joined).each(fill);
  afterPaint(() => edges.each(name)); // who sees the picture need not wait for what is heard
}

/**
 * The numbers of the edges, in a layer above all lines.
 * @param {Selection<SVGGElement, unknown, null, undefined>} layer
 * @param {Wire[]} wires
 * @param {boolean} moving
 * @param {Near} near
 */
export function drawNumbers(layer, wires, moving, near) {
  /** @type {Selection<SVGTextElement, Wire, SVGGElement, unknown>} */
  const known = layer.selectAll("text.numbers");
  const joined = known.data(wires.filter(({ flow }) => flow !== ""), ({ name }) => name);
  joined.exit().remove();
  place(joined, "transform", spot, moving);
  const entered = joined.enter().append("text").attr("class", "numbers").attr("aria-hidden", "true").attr("transform", spot);
  entered.append("tspan").attr("class", "local").attr("x", 0).attr("y", ABOVE);
  entered.append("tspan").attr("class", "flow").attr("x", 0).attr("y", BELOW);
  seenFirst(entered.merge(joined), ({ label }) => near(label), number);
}

/**
 * @this {SVGGElement}
 * @param {Wire} wire
 */
function fill(wire) {
  const line = /** @type {SVGElement} */ (this.lastElementChild);
  mark(this, "class", classOf(wire));
  tint(line, "stroke", wire.color);
  tint(line, "strokeWidth", `${Number(wire.width.toFixed(2))}px`);
}

/**
 * @this {SVGGElement}
 * @param {Wire} wire
 */
function name(wire) {
  const title = heardEdge(wire);
  mark(this, "aria-label", title);
  write(/** @type {Element} */ (this.firstElementChild), title);
}

/**
 * @this {SVGTextElement}
 * @param {Wire} wire
 */
function number(wire) {
  const [local, flow] = /** @type {SVGTSpanElement[]} */ (Array.from(this.children));
  this.classList.toggle("level", level(wire));
  write(local, symbolic(wire));
  write(flow, backward(wire));
  tint(flow, "fill", wire.color);
}

/**
 * @param {SVGElement} element
 * @param {"fill" | "stroke" | "strokeWidth"} name
 * @param {string | null} value
 */
function tint({ style }, name, value) {
  if (style[name] !== (value ?? "")) style[name] = value ?? "";
}

/** @param {Wire} wire */
const course = ({ route, direction }) => path(route, direction);

/**
 * Whether the line runs between its numbers; elsewhere it is interrupted for them.
 * @param {Wire} wire
 */
const level = ({ route, direction }) => direction === "right" && Math.abs((route.at(-1) ?? 0) - (route.at(-3) ?? 0)) < LEVEL;

/** @param {Wire} wire */
export const symbolic = ({ local }) => (local === "" ? "" : `∂ ${local}`);

/** @param {Wire} wire */
export const backward = ({ flow, edge }) => ((edge.values ?? 1) > 1 ? flow : `◂ ${flow}`);

/** @param {Wire} wire */
const spot = ({ label }) => `translate(${label.x}, ${label.y})`; // as transitions leave it

/** @param {Wire} wire */
export const classOf = ({ edge }) => (edge.flow === null ? "edge still" : typeof edge.flow === "string" ? "edge endless" : "edge");
