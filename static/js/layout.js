/**
 * Layered layout of a computation graph (Sugiyama's method), for pictures that change while somebody types.
 *
 * `layout(graph)` gives every node a place and every edge a line; `layout(graph, { previous })` does so with as little
 * change as an edit allows. Five stages, one file each: ranks, trunks, ordering, coordinates, routes. Pure: plain typed
 * arrays in and out, no DOM, no recursion, no chance; the same graph gives the same picture.
 */

/** @import {Layout, LayoutGraph, LayoutOptions, Previous} from "./layout.types.js" */
/** @import {Order} from "./layout/order.js" */
/** @import {Layered} from "./layout/trunks.js" */

import { coordinates } from "./layout/coordinates.js";
import { keptRanks } from "./layout/kept.js";
import { fewer, ordering } from "./layout/ordering.js";
import { ports } from "./layout/ports.js";
import { rankings } from "./layout/ranks.js";
import { columns, routes } from "./layout/routes.js";
import { trunks } from "./layout/trunks.js";
import { warmOrdering } from "./layout/warm.js";

const DEFAULTS = { nodeWidth: 96, nodeHeight: 44, rankGap: 46, rowGap: 14, sweeps: 24 };
const TRIAL_SWEEPS = 1;
const WORK = 4_000_000; // segments looked at in all sweeps; beyond, there are fewer sweeps
const SETTLE = 1.25; // crossings against a fresh layout
const NOISE = 1e-6; // pixels; by which sums of the same numbers may differ

/**
 * @param {LayoutGraph} graph
 * @param {LayoutOptions} [options]
 * @returns {Layout}
 * @throws {RangeError} where the edges form a cycle
 */
export function layout(graph, options = {}) {
  const { nodeWidth, nodeHeight, rankGap, rowGap, sweeps, direction, previous } = { ...DEFAULTS, ...options };
  const width = graph.width ?? new Float64Array(graph.count).fill(nodeWidth);
  const height = graph.height ?? new Float64Array(graph.count).fill(nodeHeight);
  const [depth, extent] = direction === "down" ? [height, width] : [width, height];

  const { layered, order, entering, crossings, pins } = arranged(graph, sweeps, previous);
  const rank = layered.layer.slice(0, graph.count);
  const { across, breadth } = fromZero(coordinates(layered, order, { extent, gap: rowGap }, pins), extent);
  const tracks = columns(rank, depth, rankGap);
  const along = Float64Array.from(rank, (r) => (tracks.near[r] + tracks.far[r]) / 2);
  const lines = routes(graph, { layered, entering, columns: tracks, along, across, depth, extent });

  const picture = { x: along, y: across.slice(0, graph.count), width: tracks.far.at(-1) ?? 0, height: breadth };
  return { ...(direction === "down" ? turned(picture, lines) : picture), rank, routes: lines, crossings };
}

/**
 * Ranks, trunks, order and ports; the crossings of these; the pins of a warm start.
 *
 * @typedef {{layered: Layered, order: Order, entering: Int32Array, crossings: number, pins?: Float64Array}} Arranged
 */

/**
 * @param {LayoutGraph} graph
 * @param {number} sweeps
 * @param {Previous | undefined} previous
 * @returns {Arranged}
 */
function arranged(graph, sweeps, previous) {
  if (previous === undefined || previous.y.every(Number.isNaN)) return fresh(graph, sweeps);
  const warm = kept(graph, previous);
  if (!previous.settle) return warm;
  const cold = fresh(graph, sweeps);
  return warm.crossings > SETTLE * cold.crossings ? cold : warm;
}

/**
 * Start from the previous picture.
 *
 * @param {LayoutGraph} graph
 * @param {Previous} previous
 * @returns {Arranged}
 */
function kept(graph, { y, rank }) {
  const { layered, order } = (rank === undefined ? rankings(graph) : [keptRanks(graph, rank)])
    .map((ranks) => trunks(graph, ranks))
    .map((layered) => ({ layered, ...warmOrdering(layered, y) }))
    .reduce(fewer);
  return { layered, order, ...ports(layered, order), pins: y };
}

/**
 * Try all rankings a little, then work on the best.
 *
 * @param {LayoutGraph} graph
 * @param {number} sweeps
 * @returns {Arranged}
 */
function fresh(graph, sweeps) {
  const { layered } = rankings(graph)
    .map((ranks) => trunks(graph, ranks))
    .map((layered) => ({ layered, ...ordering(layered, TRIAL_SWEEPS) }))
    .reduce(fewer);
  const { order } = ordering(layered, Math.min(sweeps, Math.ceil(WORK / (layered.tail.length + 1))));
  return { layered, order, ...ports(layered, order) };
}

/**
 * Move everything so that the picture begins at 0, to whole pixels: what stays is where it was to the last digit.
 *
 * @param {Float64Array} across
 * @param {Float64Array} extent of the nodes
 */
function fromZero(across, extent) {
  let [least, most] = [Infinity, -Infinity];
  across.forEach((centre, vertex) => {
    least = Math.min(least, centre - (extent[vertex] ?? 0) / 2);
    most = Math.max(most, centre + (extent[vertex] ?? 0) / 2);
  });
  return { across: across.map((centre) => whole(centre - least)), breadth: across.length === 0 ? 0 : Math.ceil(most - least) };
}

/** @param {number} place */
const whole = (place) => Math.round(place - NOISE); // halves go to one side

/**
 * The picture with its ranks running down.
 *
 * @param {{x: Float64Array, y: Float64Array, width: number, height: number}} picture
 * @param {Float64Array[]} lines changed
 */
function turned({ x, y, width, height }, lines) {
  for (const line of lines) {
    for (let k = 0; k < line.length; k += 2) [line[k], line[k + 1]] = [line[k + 1], line[k]];
  }
  return { x: y, y: x, width: height, height: width };
}
