/** Nodes as boxes: what is written in them, and how large that makes them. */

/** @import { Box, GraphNode } from "../types.d.ts" */

import { number, role, shorten } from "../format.js";

/** Pixels of the picture. */
const CHARACTER = 7.3;
const PADDING = 11;
const STEP = 8;
const NARROWEST = 84;
const CARD_HEIGHT = 74;
const CONSTANT_HEIGHT = 28;

const LONGEST_HEAD = 15;

/**
 * Boxes without places. All but constants share one width, wide enough for the longest text.
 * @param {GraphNode[]} nodes
 * @param {number | null} output
 * @returns {Omit<Box, "name">[]}
 */
export function boxesOf(nodes, output) {
  const written = nodes.map((node) => ({ node, lines: linesOf(node) }));
  const longest = Math.max(0, ...written.map(({ node, lines }) => (node.kind === "constant" ? 0 : longestOf(lines))));
  const card = Math.max(NARROWEST, Math.ceil((longest * CHARACTER + 2 * PADDING) / STEP) * STEP);
  return written.map(({ node, lines }) => ({ node, lines, x: 0, y: 0, rank: 0, ...sizeOf(node, lines, card), output: node.id === output }));
}

/**
 * @param {GraphNode} node
 * @param {Box["lines"]} lines
 * @param {number} card
 */
function sizeOf(node, lines, card) {
  if (node.kind !== "constant") return { width: card, height: CARD_HEIGHT };
  return { width: lines.data.length * CHARACTER + 2 * PADDING, height: CONSTANT_HEIGHT };
}

/**
 * The characters of the longest line.
 * @param {Box["lines"]} lines
 */
function longestOf({ head, symbol, data, grad }) {
  return Math.max([head, symbol].filter(Boolean).join("  ").length, `data ${data}`.length, `grad ${grad ?? ""}`.length);
}

/**
 * @param {GraphNode} node
 * @returns {Box["lines"]}
 */
function linesOf(node) {
  const operation = node.kind === "operation";
  return {
    symbol: operation ? shorten(role(node), LONGEST_HEAD) : "",
    head: shorten(node.label ?? (operation ? "" : node.kind), LONGEST_HEAD),
    data: number(node.data),
    grad: node.grad === null ? null : number(node.grad),
  };
}
