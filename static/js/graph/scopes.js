/**
 * A document as drawn: closed scopes as boxes with what enters and leaves them.
 *
 * A plan says which node and which edges of the document each drawn one shows; it stays while numbers change. What a
 * box takes in is one edge a value, flows added up; what passes from box to box is one edge for all values.
 */

/** @import { GraphDocument, GraphEdge, GraphNode, Num, Plan } from "../types.d.ts" */

import { closedIn, depthsOf } from "./openness.js";

/** The group of parameters that several boxes share: no scope of a program has such an id. */
const SHARED = "*";

/**
 * @param {GraphDocument} document
 * @param {readonly string[]} wishes which scopes are open: `openness.js`
 * @returns {Plan}
 */
export function planOf(document, wishes) {
  const scopes = innermost(document);
  const closed = closedIn(document, wishes);
  /** @type {Map<number, string | null>} */
  const boxed = new Map(document.nodes.map(({ id }) => [id, closed.get(scopes.get(id) ?? null) ?? null]));
  share(document, boxed, new Set(wishes));
  /** @type {Map<string, { ids: number[], sent: boolean }>} */
  const members = new Map();
  for (const { id, kind } of document.nodes) {
    const key = boxed.get(id);
    if (!key) continue;
    const box = members.get(key) ?? { ids: [], sent: false };
    if (!box.sent) box.ids.push(id);
    if (kind === "scope" && scopes.get(id) === key) Object.assign(box, { ids: [...box.ids.filter((one) => one !== id), id], sent: true });
    members.set(key, box);
  }
  const homes = new Map(document.nodes.map(({ id }) => [id, members.get(boxed.get(id) ?? "")?.ids.at(-1) ?? id]));
  const places = new Map(document.nodes.map(({ id }, at) => [id, at]));
  const whole = new Set(Array.from(members.values()).filter(({ ids, sent }) => sent || ids.length > 1).map(({ ids }) => ids.at(-1)));
  const edges = joined(document, homes, whole);
  const leaving = leavers(document, homes);
  const nodes = Array.from(new Set(homes.values())).sort((a, b) => a - b).map((id) => {
    const at = places.get(id) ?? -1;
    const key = boxed.get(id);
    const box = key && whole.has(id) && !members.get(key)?.sent ? boxOf(document, key, members.get(key)?.ids ?? [], leaving.get(id) ?? []) : null;
    return box ? { at: places.get(box.shows ?? -1) ?? -1, box: box.node } : { at, box: null };
  });
  return { homes, scopes, nodes, edges };
}

/**
 * The document that a plan draws, with its numbers as they are now. A row that shows one row is that row.
 * @param {Plan} plan
 * @param {GraphDocument} document
 * @returns {GraphDocument}
 */
export function planned({ homes, nodes, edges }, document) {
  const rows = nodes.map(({ at, box }) => {
    const shown = document.nodes[at];
    if (!box) return shown;
    return shown ? { ...box, data: shown.data, grad: shown.grad, adjoint: shown.adjoint } : box;
  });
  const lines = edges.map(({ parts, edge }) => (edge ? { ...edge, ...sum(parts.map((at) => document.edges[at]), edge.values ?? 1) } : document.edges[parts[0]]));
  const { output } = document.graph;
  return { ...document, graph: { ...document.graph, output: output === null ? null : (homes.get(output) ?? output) }, nodes: rows, edges: lines };
}

/**
 * The numbers of edges drawn as one: flows of one value add up; of several, the largest shows how much passes.
 * @param {GraphEdge[]} parts
 * @param {number} values
 * @returns {{ local: Num | null, flow: Num | null }}
 */
function sum(parts, values) {
  const flows = parts.flatMap(({ flow }) => (flow === null ? [] : [Number(flow)]));
  const local = values === 1 && parts.length === 1 ? parts[0].local : null;
  if (flows.length === 0) return { local, flow: null };
  const flow = values === 1 ? flows.reduce((all, one) => all + one, 0) : flows.reduce((most, one) => Math.max(most, Math.abs(one)), 0);
  return { local, flow: Number.isFinite(flow) ? flow : /** @type {Num} */ (String(flow)) };
}

/**
 * By node the scope it belongs to: its own, and for a parameter the innermost one that holds all its uses.
 * @param {GraphDocument} document
 * @returns {Map<number, string | null>}
 */
function innermost(document) {
  const known = depthsOf(document);
  const found = new Map(document.nodes.map(({ id, kind, key, scope }) => [id, kind === "scope" ? key : scope]));
  const leaves = new Set(document.nodes.filter(({ kind }) => kind === "parameter").map(({ id }) => id));
  /** @type {Map<number, string | null>} */
  const used = new Map();
  for (const { source, target } of document.edges) {
    if (!leaves.has(source)) continue;
    const place = found.get(target) ?? null;
    used.set(source, used.has(source) ? common(known, used.get(source) ?? null, place) : place);
  }
  for (const [id, scope] of used) found.set(id, scope);
  return found;
}

/**
 * The innermost scope around both.
 * @param {ReturnType<typeof depthsOf>} known
 * @param {string | null} one
 * @param {string | null} other
 */
function common(known, one, other) {
  while (one !== other) {
    const [a, b] = [known.get(one ?? "")?.depth ?? -1, known.get(other ?? "")?.depth ?? -1];
    if (a >= b) one = known.get(one ?? "")?.parent ?? null;
    if (b >= a) other = known.get(other ?? "")?.parent ?? null;
  }
  return one;
}

/**
 * Puts parameters that only closed boxes use, and the same ones, into a box of their own.
 * @param {GraphDocument} document
 * @param {Map<number, string | null>} boxed changed
 * @param {Set<string>} wanted
 */
function share({ nodes, edges }, boxed, wanted) {
  const loose = new Set(nodes.filter(({ id, kind }) => kind === "parameter" && boxed.get(id) === null).map(({ id }) => id));
  /** @type {Map<number, Set<string | null>>} */
  const users = new Map();
  for (const { source, target } of edges) {
    if (!loose.has(source)) continue;
    const boxes = users.get(source) ?? new Set();
    users.set(source, boxes.add(boxed.get(target) ?? null));
  }
  for (const [id, boxes] of users) {
    const key = `${SHARED}${Array.from(boxes).sort()[0]}`;
    if (!boxes.has(null) && !wanted.has(key)) boxed.set(id, key);
  }
}

/**
 * The edges that do not end in the box they begin in.
 * @param {GraphDocument} document
 * @param {Map<number, number>} homes
 * @param {Set<number | undefined>} whole the boxes
 * @returns {Plan["edges"]}
 */
function joined({ edges }, homes, whole) {
  /** @type {{ parts: number[], values: Set<number>, source: number, target: number, key: number, plain: boolean }[]} */
  const found = [];
  /** @type {Map<string, (typeof found)[number]>} */
  const entries = new Map();
  /** @type {Map<number, number>} */
  const inputs = new Map();
  edges.forEach(({ source: from, target: to, key }, at) => {
    const [source, target] = [homes.get(from) ?? from, homes.get(to) ?? to];
    if (source === target) return;
    const name = `${source} ${target}`;
    const entry = whole.has(target) ? entries.get(name) : undefined;
    if (entry) {
      entry.parts.push(at);
      entry.values.add(from);
      return;
    }
    const place = whole.has(target) ? (inputs.get(target) ?? 0) : key;
    const made = { parts: [at], values: new Set([from]), source, target, key: place, plain: source === from && target === to };
    if (whole.has(target)) {
      inputs.set(target, place + 1);
      entries.set(name, made);
    }
    found.push(made);
  });
  return found.map(({ parts, values, source, target, key, plain }) => ({
    parts,
    edge: plain && parts.length === 1 && !whole.has(target) ? null : { source, target, key, values: values.size },
  }));
}

/**
 * By what is drawn the nodes in it whose values leave it.
 * @param {GraphDocument} document
 * @param {Map<number, number>} homes
 */
function leavers({ graph, edges }, homes) {
  /** @type {Map<number, Set<number>>} */
  const found = new Map();
  const leaves = (/** @type {number} */ id) => {
    const home = homes.get(id) ?? id;
    found.set(home, (found.get(home) ?? new Set()).add(id));
  };
  for (const { source, target } of edges) if (homes.get(source) !== homes.get(target)) leaves(source);
  if (graph.output !== null) leaves(graph.output);
  return new Map(Array.from(found, ([home, ids]) => [home, Array.from(ids)]));
}

/**
 * A box, and the node whose numbers it shows: the one that leaves it, if that is only one.
 * @param {GraphDocument} document
 * @param {string} key
 * @param {number[]} ids
 * @param {number[]} leaving
 */
function boxOf(document, key, ids, leaving) {
  const id = ids.at(-1) ?? -1;
  const scope = document.scopes.find((one) => one.id === key);
  const blank = { op: null, symbol: null, adjoint: null, span: null, grad: null, data: null };
  const node = { ...blank, id, kind: "scope", key, label: scope?.name ?? null, line: scope?.line ?? null, scope: scope?.parent ?? null, nodes: ids.length, leaving: leaving.length };
  return { shows: leaving.length === 1 ? leaving[0] : null, node: /** @type {GraphNode} */ (/** @type {unknown} */ (node)) };
}
