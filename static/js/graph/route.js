/** The course of an edge: smooth, with an arrow at its end, and its numbers in the middle. */

/** @typedef {"right" | "down"} Direction where the picture runs */

const ARROW = 9;
/** What the numbers of two edges need: height in a picture that runs to the right, width in one that runs down. */
const ROOM = { right: 27, down: 62 };

/**
 * The path data of a route: from point to point by curves that leave and arrive straight, up to where the arrow begins.
 * @param {Float64Array} route
 * @param {Direction} direction
 */
export function path(route, direction) {
  const points = Float64Array.from(route);
  points[points.length - (direction === "right" ? 2 : 1)] -= ARROW;
  let data = `M${points[0]},${points[1]}`;
  for (let i = 2; i < points.length; i += 2) {
    const [x0, y0, x1, y1] = [points[i - 2], points[i - 1], points[i], points[i + 1]];
    const [x, y] = [(x0 + x1) / 2, (y0 + y1) / 2];
    data += direction === "right" ? `C${x},${y0},${x},${y1},${x1},${y1}` : `C${x0},${y},${x1},${y},${x1},${y1}`;
  }
  return data;
}

/**
 * Lets edges that join the same two nodes start apart, as they end: `x*x` shows two.
 * @param {Float64Array[]} routes
 * @param {Direction} direction
 */
export function part(routes, direction) {
  const across = direction === "right" ? 1 : 0;
  const ends = routes.map((route) => route[route.length - 2 + across] ?? 0);
  const centre = ends.reduce((sum, end) => sum + end, 0) / ends.length;
  routes.forEach((route, i) => (route[across] = (route[across] ?? 0) + (ends[i] ?? 0) - centre));
}

/**
 * Where the numbers of an edge would stand: midway to its target from the last bend, where edges of one source have parted.
 * @param {Float64Array} route
 */
export function middle(route) {
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = route.subarray(route.length - 4);
  return { x: (x0 + x1) / 2, y: (y0 + y1) / 2 };
}

/**
 * Where the numbers of the edges into one node stand: in the middle of each, moved apart where those are close.
 * @param {Float64Array[]} routes
 * @param {Direction} direction
 */
export function labelPlaces(routes, direction) {
  const places = routes.map(middle);
  const axis = direction === "right" ? "y" : "x";
  const apart = spread(places.map((place) => place[axis]), ROOM[direction]);
  return places.map((place, i) => ({ ...place, [axis]: apart[i] ?? 0 }));
}

/**
 * Moves values so that neighbours are at least `gap` apart, by as little as possible (least squares: pool adjacent violators).
 * @param {readonly number[]} values
 * @param {number} gap
 * @returns {number[]} in the order of `values`
 */
export function spread(values, gap) {
  const order = values.map((_, i) => i).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  /** @type {{ sum: number, count: number }[]} */
  const blocks = [];
  order.forEach((i, rank) => {
    let block = { sum: (values[i] ?? 0) - rank * gap, count: 1 };
    for (let last = blocks.at(-1); last && last.sum / last.count > block.sum / block.count; last = blocks.at(-1)) {
      block = { sum: block.sum + last.sum, count: block.count + last.count };
      blocks.pop();
    }
    blocks.push(block);
  });
  const moved = blocks.flatMap(({ sum, count }) => Array.from({ length: count }, () => sum / count));
  const result = [...values];
  order.forEach((i, rank) => (result[i] = (moved[rank] ?? 0) + rank * gap));
  return result;
}
