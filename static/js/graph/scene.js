/** A graph document as boxes and wires with places: all that the picture shows, before anything is drawn. */

/** @import { Box, GraphDocument, GraphEdge, Scene, Wire } from "../types.d.ts" */
/** @import { Direction } from "./route.js" */

import { flowColor, flowWidth, largest } from "../color.js";
import { number, role } from "../format.js";
import { layout } from "../layout.js";
import { boxesOf } from "./boxes.js";
import { matchDocuments } from "./identity.js";
import { labelPlaces, part } from "./route.js";

/** Room between two ranks for the numbers of the edges, in pixels of the picture. */
const RANK_GAP = { right: 84, down: 72 };
const ROW_GAP = { right: 16, down: 28 };

/** Digits beside an edge, where room is scarce; its title has all. */
const FEW = 4;

/**
 * @param {GraphDocument} document
 * @param {Direction} direction
 * @param {Scene | null} previous the scene to start from: what stays, stays in its place
 * @returns {Scene}
 */
export function sceneOf(document, direction, previous) {
  const { nodes, edges, graph } = document;
  const before = predecessors(document, previous);
  const names = previous?.names ?? 0;
  const boxes = boxesOf(nodes, graph.output).map((box, i) => ({ ...box, name: before[i]?.name ?? `n${names + i}` }));
  const index = new Map(nodes.map(({ id }, i) => [id, i]));
  const ends = edges.map(({ source, target }) => [source, target].map((id) => index.get(id) ?? -1));
  const placed = layout(
    {
      count: boxes.length,
      source: Int32Array.from(ends, ([source = -1]) => source),
      target: Int32Array.from(ends, ([, target = -1]) => target),
      width: Float64Array.from(boxes, (box) => box.width),
      height: Float64Array.from(boxes, (box) => box.height),
    },
    { direction, rankGap: RANK_GAP[direction], rowGap: ROW_GAP[direction], ...start(before, direction, previous) },
  );
  boxes.forEach((box, i) => Object.assign(box, { x: placed.x[i], y: placed.y[i], rank: placed.rank[i] }));
  const wires = wiresOf(document, boxes, placed.routes, direction);
  return { document, direction, boxes, wires, names: names + boxes.length };
}

/**
 * For each node the box it had in the previous scene.
 * @param {GraphDocument} document
 * @param {Scene | null} previous
 * @returns {(Box | undefined)[]}
 */
function predecessors(document, previous) {
  if (previous === null) return document.nodes.map(() => undefined);
  const old = new Map(previous.boxes.map((box) => [box.node.id, box]));
  const back = new Map(Array.from(matchDocuments(previous.document, document), ([from, to]) => [to, old.get(from)]));
  return document.nodes.map(({ id }) => back.get(id));
}

/**
 * What the layout starts from: the former places and ranks, unless the picture was turned.
 * @param {(Box | undefined)[]} before
 * @param {Direction} direction
 * @param {Scene | null} previous
 */
function start(before, direction, previous) {
  if (previous?.direction !== direction) return {};
  const y = Float64Array.from(before, (box) => (direction === "right" ? box?.y : box?.x) ?? NaN);
  const rank = Float64Array.from(before, (box) => box?.rank ?? NaN);
  return { previous: { y, rank, settle: true } };
}

/**
 * @param {GraphDocument} document
 * @param {Box[]} boxes
 * @param {Float64Array[]} routes
 * @param {Direction} direction
 * @returns {Wire[]}
 */
function wiresOf({ edges }, boxes, routes, direction) {
  const byId = new Map(boxes.map((box) => [box.node.id, box]));
  const most = largest(edges.map(({ flow }) => flow));
  const wires = edges.flatMap((edge, i) => {
    const [source, target, route] = [byId.get(edge.source), byId.get(edge.target), routes[i]];
    return source && target && route ? [wireOf(edge, source, target, route, direction, most)] : [];
  });
  for (const alike of groups(wires, ({ edge }) => `${edge.source} ${edge.target}`)) {
    part(alike.map(({ route }) => route), direction);
  }
  for (const into of groups(wires, ({ edge }) => edge.target)) {
    const labelled = into.filter(({ flow }) => flow !== "");
    const places = labelPlaces(labelled.map(({ route }) => route), direction);
    labelled.forEach((wire, i) => Object.assign(wire, { label: places[i] }));
  }
  return wires;
}

/**
 * The items of equal key together.
 * @template T
 * @param {T[]} items
 * @param {(item: T) => unknown} keyOf
 */
function groups(items, keyOf) {
  /** @type {Map<unknown, T[]>} */
  const found = new Map();
  for (const item of items) {
    const key = keyOf(item);
    const group = found.get(key);
    if (group) group.push(item);
    else found.set(key, [item]);
  }
  return found.values();
}

/**
 * @param {GraphEdge} edge
 * @param {Box} source
 * @param {Box} target
 * @param {Float64Array} route
 * @param {Direction} direction
 * @param {number} most
 * @returns {Wire}
 */
function wireOf(edge, source, target, route, direction, most) {
  return {
    name: `${source.name}>${target.name}#${edge.key}`,
    edge,
    route,
    direction,
    label: { x: 0, y: 0 },
    local: edge.local === null ? "" : number(edge.local, FEW),
    flow: edge.flow === null ? "" : number(edge.flow, FEW),
    color: flowColor(edge.flow, most),
    width: flowWidth(edge.flow, most),
    title: titleOf(edge, source, target),
  };
}

/**
 * An edge in words.
 * @param {GraphEdge} edge
 * @param {Box} source
 * @param {Box} target
 */
function titleOf({ local, flow }, source, target) {
  const ends = [source, target].map(({ node }) => node.label ?? role(node)).join(" to ");
  return local === null || flow === null ? `${ends}, no gradient` : `${ends}, local derivative ${number(local)}, flow ${number(flow)}`;
}
