/**
 * An independent look at a drawing: it knows boxes and polylines, nothing of layers.
 */

/** @import {Layout} from "../../static/js/layout.types.js" */
/** @typedef {{ax: number, ay: number, bx: number, by: number}} Segment */

/** Size of every box in the tests' drawings. */
export const BOX = { nodeWidth: 96, nodeHeight: 44 };

/**
 * Points where lines of different sources cross; what the lines of one source share counts once.
 *
 * @param {ArrayLike<number>} source source of every line
 * @param {ArrayLike<number>[]} routes polylines [x0, y0, x1, y1, …]
 */
export function countCrossings(source, routes) {
  const segments = distinctSegments(source, routes).sort((a, b) => a.left - b.left);
  let crossings = 0;
  segments.forEach((first, k) => {
    for (let j = k + 1; j < segments.length && segments[j].left < first.right; j++) {
      if (first.source !== segments[j].source && properlyCross(first, segments[j])) crossings++;
    }
  });
  return crossings;
}

/** @param {ArrayLike<number>} source @param {ArrayLike<number>[]} routes */
function distinctSegments(source, routes) {
  const segments = new Map();
  routes.forEach((route, edge) => {
    for (const { ax, ay, bx, by } of segmentsOf(route)) {
      const [left, right] = [Math.min(ax, bx), Math.max(ax, bx)];
      segments.set([source[edge], ax, ay, bx, by].join(), { source: source[edge], ax, ay, bx, by, left, right });
    }
  });
  return [...segments.values()];
}

/** @param {ArrayLike<number>} route @returns {Segment[]} */
export function segmentsOf(route) {
  return Array.from({ length: route.length / 2 - 1 }, (_, k) => ({
    ax: route[2 * k],
    ay: route[2 * k + 1],
    bx: route[2 * k + 2],
    by: route[2 * k + 3],
  }));
}

/** @param {Segment} first @param {Segment} second */
function properlyCross(first, second) {
  return separates(first, second) && separates(second, first);
}

/**
 * Whether the ends of one segment lie on different sides of the other's line.
 *
 * @param {Segment} line
 * @param {Segment} other
 */
function separates({ ax, ay, bx, by }, other) {
  const side = (/** @type {number} */ x, /** @type {number} */ y) => (bx - ax) * (y - ay) - (by - ay) * (x - ax);
  return side(other.ax, other.ay) * side(other.bx, other.by) < 0;
}

/**
 * Pairs of nodes whose boxes overlap.
 *
 * @param {Layout} drawing
 */
export function overlaps({ x, y }) {
  /** @type {[number, number][]} */
  const pairs = [];
  const byX = Array.from(x.keys()).sort((a, b) => x[a] - x[b]);
  byX.forEach((first, k) => {
    for (const second of byX.slice(k + 1)) {
      if (x[second] - x[first] >= BOX.nodeWidth) break;
      if (Math.abs(y[second] - y[first]) < BOX.nodeHeight) pairs.push([first, second]);
    }
  });
  return pairs;
}

/**
 * Whether a segment enters the inside of a node's box (Liang, Barsky).
 *
 * @param {Segment} segment
 * @param {number} x of the box's centre
 * @param {number} y
 */
export function enters({ ax, ay, bx, by }, x, y) {
  const [halfWidth, halfHeight] = [BOX.nodeWidth / 2 - 0.01, BOX.nodeHeight / 2 - 0.01];
  let [from, to] = [0, 1];
  for (const [start, step, middle, half] of [[ax, bx - ax, x, halfWidth], [ay, by - ay, y, halfHeight]]) {
    if (step === 0) {
      if (Math.abs(start - middle) >= half) return false;
      continue;
    }
    const [one, two] = [(middle - half - start) / step, (middle + half - start) / step];
    from = Math.max(from, Math.min(one, two));
    to = Math.min(to, Math.max(one, two));
  }
  return from < to;
}
