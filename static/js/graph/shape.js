/** The outline of each kind of node, around its centre: kinds differ in shape as well as in colour. */

/** @import { Box, Kind } from "../types.d.ts" */

const CHAMFER = 12;
const BAND = 25;

/** Corner radii, in pixels of the picture. */
const RADIUS = { input: 18, operation: 5, constant: 14, scope: 5 };

/** How far the sheet under a scope can be seen. */
const SHEET = 4;

/**
 * @param {Kind} kind
 * @param {number} width
 * @param {number} height
 */
export function outline(kind, width, height) {
  if (kind === "parameter") return octagon(width, height);
  return rounded(width, height, RADIUS[kind]) + (kind === "scope" ? sheet(width, height) : "");
}

/**
 * The edge of a sheet under a card, seen below and to the right.
 * @param {number} width
 * @param {number} height
 */
function sheet(width, height) {
  const [x, y] = [width / 2, height / 2];
  return `M${x},${RADIUS.scope - y}h${SHEET}V${y + SHEET}H${RADIUS.scope - x}v${-SHEET}H${x}z`;
}

/**
 * The dark band on top of an operation or a scope that holds its symbol; nothing on the others.
 * @param {Box} box
 */
export function band({ node, width, height }) {
  if (node.kind !== "operation" && node.kind !== "scope") return "";
  const r = RADIUS.operation;
  const [x, y] = [-width / 2, -height / 2];
  return `M${x},${y + BAND}v${r - BAND}a${r},${r} 0 0 1 ${r},${-r}h${width - 2 * r}a${r},${r} 0 0 1 ${r},${r}v${BAND - r}z`;
}

/**
 * @param {number} width
 * @param {number} height
 * @param {number} radius
 */
function rounded(width, height, radius) {
  const r = Math.min(radius, height / 2);
  const [w, h] = [width - 2 * r, height - 2 * r];
  const corner = (/** @type {number} */ x, /** @type {number} */ y) => `a${r},${r} 0 0 1 ${x * r},${y * r}`;
  return `M${-w / 2},${-height / 2}h${w}${corner(1, 1)}v${h}${corner(-1, 1)}h${-w}${corner(-1, -1)}v${-h}${corner(1, -1)}z`;
}

/**
 * @param {number} width
 * @param {number} height
 */
function octagon(width, height) {
  const c = CHAMFER;
  return `M${-width / 2 + c},${-height / 2}h${width - 2 * c}l${c},${c}v${height - 2 * c}l${-c},${c}h${2 * c - width}l${-c},${-c}v${2 * c - height}z`;
}
