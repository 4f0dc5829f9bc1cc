/** A graph document as boxes and wires with places: all that the picture shows, before anything is drawn. */

/** @import { Box, GraphDocument, GraphEdge, Scene, Scoping, Wire } from "../types.d.ts" */
/** @import { Direction } from "./route.js" */

import { flowColor, flowWidth, largest } from "../color.js";
import { number } from "../format.js";
import { heardEnds } from "../heard.js";
import { layout } from "../layout.js";
import { boxesOf, linesOf } from "./boxes.js";
import { matchDocuments } from "./identity.js";
import { labelPlaces, part } from "./route.js";

/** Room between two ranks for the numbers of the edges, in pixels of the picture. */
const RANK_GAP = { right: 84, down: 72 };
const ROW_GAP = { right: 16, down: 28 };

/** Digits beside an edge, where room is scarce; its title has all. */
const FEW = 4;

/**
 * A document without scopes is drawn as it is.
 * @type {Scoping}
 */
export const PLAIN = {
  planOf: ({ nodes, edges }) => ({
    homes: new Map(nodes.map(({ id }) => [id, id])),
    scopes: new Map(),
    nodes: nodes.map((_, at) => ({ at, box: null })),
    edges: edges.map((_, at) => ({ parts: [at], edge: null })),
  }),
  planned: (_, document) => document,
};

/**
 * @param {GraphDocument} whole
 * @param {Direction} direction
 * @param {Scene | null} previous the scene to start from: what stays, stays in its place
 * @param {readonly string[]} [expand] which scopes are open
 * @param {Scoping} [scoping] how scopes are drawn
 * @returns {Scene}
 */
export function sceneOf(whole, direction, previous, expand = [], scoping = PLAIN) {
  const plan = scoping.planOf(whole, expand);
  const document = scoping.planned(plan, whole);
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
  return { document, scoping, plan, direction, boxes, wires, names: names + boxes.length };
}

/**
 * Whether a scene of one document can show another by its numbers alone.
 * @param {GraphDocument} one
 * @param {GraphDocument} other
 */
export function alike(one, other) {
  if (one === other) return true;
  if (one.graph.structure !== other.graph.structure || one.nodes.length !== other.nodes.length) return false;
  const nodes = one.nodes.every(({ id, kind, label, op, symbol, wrong }, i) => {
    const node = other.nodes[i];
    return id === node.id && kind === node.kind && label === node.label && op === node.op && symbol === node.symbol && wrong === node.wrong;
  });
  return nodes && one.edges.every(({ flow }, i) => (flow === null) === (other.edges[i].flow === null));
}

/**
 * Puts other numbers into a scene; places stay.
 * @param {Scene} scene changed
 * @param {GraphDocument} whole
 */
export function renumber(scene, whole) {
  const document = scene.scoping.planned(scene.plan, whole);
  scene.boxes.forEach((box, i) => {
    const node = document.nodes[i];
    if (box.node !== node) Object.assign(box, { node, lines: linesOf(node, box.width) });
  });
  const most = largest(document.edges.map(({ flow }) => flow));
  const byId = new Map(scene.boxes.map((box) => [box.node.id, box]));
  for (const wire of scene.wires) {
    const [source, target] = [byId.get(wire.edge.source), byId.get(wire.edge.target)];
    const edge = document.edges[wire.at];
    if (source && target && edge) Object.assign(wire, looks(edge, most));
  }
  scene.document = document;
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
  /** @type {Wire[]} */
  const wires = edges.flatMap((edge, at) => {
    const [source, target, route] = [byId.get(edge.source), byId.get(edge.target), routes[at]];
    if (!source || !target || !route) return [];
    const ends = heardEnds(source.node, target.node);
    return [{ name: `${source.name}>${target.name}#${edge.key}`, at, ends, route, direction, label: { x: 0, y: 0 }, ...looks(edge, most) }];
  });
  for (const parallel of groups(wires, ({ edge }) => `${edge.source} ${edge.target}`)) {
    part(parallel.map(({ route }) => route), direction);
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
 * What the numbers of an edge make of a wire.
 * @param {GraphEdge} edge
 * @param {number} most
 */
function looks(edge, most) {
  const { local, flow, values = 1 } = edge;
  const bundle = values > 1;
  return {
    edge,
    local: number(local, FEW),
    flow: bundle ? `${values} ×` : number(flow, FEW),
    color: bundle ? null : flowColor(flow, most),
    width: flowWidth(flow, most),
  };
}
