/** Nodes as boxes: what is written in them, and how large that makes them. */

/** @import { Box, GraphNode } from "../types.d.ts" */

import { fitted, role, shorten } from "../format.js";
import { say, sayCount } from "../say.js";

/** Pixels of the picture. */
const CHARACTER = 7.3;
const PADDING = 11;
const STEP = 8;
const NARROWEST = 104;
const CARD_HEIGHT = 74;
const CONSTANT_HEIGHT = 28;

/** Characters: of a name, and of a number where the card has its width already. */
const LONGEST_HEAD = 15;
const LONGEST_NUMBER = 13;
const KEY = "data ".length;
/** What stands for a number that is to be predicted. */
const UNTOLD = "?";
/** Characters of the true gradient, beside one that is not. */
const ASIDE = 8;

/** The room for numbers in a card of that width. */
const roomIn = (/** @type {number} */ width) => Math.floor((width - 2 * PADDING) / CHARACTER) - KEY;

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
  return { width: 2 * Math.ceil((lines.data.length * CHARACTER) / 2 + PADDING), height: CONSTANT_HEIGHT }; // its half is whole, too
}

/**
 * The characters of the longest line.
 * @param {Box["lines"]} lines
 */
function longestOf({ head, symbol, data, grad }) {
  return Math.max([head, symbol].filter(Boolean).join("  ").length, `data ${data}`.length, `grad ${grad ?? ""}`.length);
}

/**
 * The texts of a box that no single value leaves.
 * @param {GraphNode} node
 */
const scopeLines = ({ nodes = 0, label, leaving }) => ({
  symbol: `▸${nodes}`,
  head: shorten(label ?? say("scope.shared"), LONGEST_HEAD),
  data: sayCount("caption.nodes", nodes),
  grad: leaving === undefined ? null : sayCount("scope.leaving", leaving),
});

/**
 * The texts of a node.
 * @param {GraphNode} node
 * @param {number} [width] of its card, where it has one already
 * @returns {Box["lines"]}
 */
export function linesOf(node, width) {
  const operation = node.kind === "operation";
  const room = width === undefined || node.kind === "constant" ? LONGEST_NUMBER : Math.min(LONGEST_NUMBER, roomIn(width));
  const [data, grad] = [node.data, node.grad].map((value) => fitted(value, room));
  const untold = node.kind === "constant" ? null : UNTOLD;
  if (node.kind === "scope") return { ...scopeLines(node), ...(data && { data, grad }) };
  return {
    symbol: operation ? shorten(role(node), LONGEST_HEAD) : "",
    head: shorten(node.label ?? (operation ? "" : node.kind), LONGEST_HEAD),
    data: data || UNTOLD,
    grad: (node.wrong ? `${grad} ≠ ${fitted(node.adjoint, ASIDE)}` : grad) || untold,
  };
}

/**
 * How far the boxes reach.
 * @param {readonly Box[]} boxes
 */
export function extentOf(boxes) {
  const extent = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (const { x, y, width, height } of boxes) {
    extent.left = Math.min(extent.left, x - width / 2);
    extent.right = Math.max(extent.right, x + width / 2);
    extent.top = Math.min(extent.top, y - height / 2);
    extent.bottom = Math.max(extent.bottom, y + height / 2);
  }
  return extent;
}
