import assert from "node:assert/strict";
import { test } from "node:test";

import { chainOf } from "../../static/js/panels/inspect/chain.js";
import { factsOf } from "../../static/js/panels/inspect/facts.js";
import { forwardOf } from "../../static/js/panels/inspect/forward.js";
import { pathsOf } from "../../static/js/panels/inspect/paths.js";
import { graph, input, node, operation } from "./documents.js";
import { SEED, SQUARED } from "./recorded.js";

/** @import { GraphDocument, GraphNode } from "../../static/js/types.d.ts" */
/** @import { Line } from "../../static/js/explain/types.d.ts" */

const NAMES = "a = 2.0\nb = -3.0\nc = 10.0\nf = -2.0\nL = (a*b + c) * f";
const SPANS = new Map([[4, "a*b"], [5, "a*b + c"]].map(([id, text]) => [id, [NAMES.indexOf(String(text)), NAMES.indexOf(String(text)) + String(text).length]]));
const spanned = (/** @type {GraphNode} */ one) => ({ ...one, span: /** @type {[number, number] | null} */ (SPANS.get(one.id) ?? null) });
const NAMED = { ...SEED, nodes: SEED.nodes.map(spanned) };
const READING = { source: NAMES, rule: /** @type {const} */ ("pytorch") };

/**
 * A document with the slopes given, its flows worked out from the output down.
 * @param {GraphNode[]} nodes
 * @param {Record<number, number[]>} operands by result, results from old to new
 * @param {Record<number, (number | null)[]>} slopes by result; null from a constant
 * @returns {GraphDocument}
 */
function made(nodes, operands, slopes) {
  const bare = graph(nodes, operands);
  const order = Object.keys(operands).map(Number).reverse();
  const grads = new Map([[bare.graph.output, 1]]);
  const flows = order.flatMap((target) =>
    (operands[target] ?? []).map((source, key) => {
      const local = slopes[target]?.[key] ?? null;
      const flow = local === null ? null : local * (grads.get(target) ?? 0);
      if (flow !== null) grads.set(source, (grads.get(source) ?? 0) + flow);
      return { source, target, key, local, flow };
    }),
  );
  const known = nodes.map((one) => (one.grad === null ? one : { ...one, grad: grads.get(one.id) ?? 0, adjoint: grads.get(one.id) ?? 0 }));
  return { ...bare, graph: { ...bare.graph, order, steps: 2 * order.length + 1 }, nodes: known, edges: flows };
}

const ONE = node({ id: 1, kind: "constant", data: 1, grad: null, adjoint: null });
/** y = x * (x + 1) at x = 3: the output uses x itself, and through a sum */
const BOTH = made([input(0, "x", 3), ONE, operation(2, "add", "s"), operation(3, "mul", "y")], { 2: [0, 1], 3: [0, 2] }, { 2: [1, null], 3: [4, 3] });

/**
 * So many diamonds, one on the other: each node is used twice.
 * @param {number} count
 */
function diamonds(count) {
  const nodes = [input(0, "x")];
  /** @type {Record<number, number[]>} */
  const operands = {};
  /** @type {Record<number, number[]>} */
  const slopes = {};
  for (let at = 0; at < 3 * count; at += 3) {
    nodes.push(operation(at + 1, "neg"), operation(at + 2, "neg"), operation(at + 3, "add"));
    Object.assign(operands, { [at + 1]: [at], [at + 2]: [at], [at + 3]: [at + 1, at + 2] });
    Object.assign(slopes, { [at + 1]: [-1], [at + 2]: [-1], [at + 3]: [1, 1] });
  }
  return made(nodes, operands, slopes);
}

/** @param {Line[] | undefined} lines */
const texts = (lines) => lines?.map(({ text }) => text);

test("a gradient is the product of the one above and the slope, in names and in numbers", () => {
  const line = chainOf(NAMED, 0, READING);
  assert.equal(line?.text, "∂L/∂a = ∂L/∂(a*b) · ∂(a*b)/∂a = -2 · -3 = 6");
  assert.equal(line?.latex, "\\frac{\\partial L}{\\partial a} = \\frac{\\partial L}{\\partial \\left(a \\cdot b\\right)} \\cdot \\frac{\\partial \\left(a \\cdot b\\right)}{\\partial a} = -2 \\cdot -3 = 6");
});

test("each user makes a term of the sum; the output's own is its slope", () => {
  assert.equal(chainOf(BOTH, 0, {})?.text, "∂y/∂x = 4 + ∂y/∂s · ∂s/∂x = 1 · 4 + 3 · 1 = 7");
  assert.equal(chainOf(diamonds(2), 3, {})?.result, "-2");
});

test("there is no chain where only the output stands above", () => {
  assert.equal(chainOf(NAMED, 3, READING), null);
  assert.equal(chainOf(NAMED, 6, READING), null);
  assert.equal(chainOf(SQUARED, 0, {}), null);
});

test("a path is a product of slopes from the output down", () => {
  assert.deepEqual(texts(pathsOf(NAMED, 0, READING)?.lines), ["∂L/∂(a*b + c) · ∂(a*b + c)/∂(a*b) · ∂(a*b)/∂a = -2 · 1 · -3 = 6"]);
  assert.equal(pathsOf(NAMED, 3, READING), null);
  assert.equal(pathsOf(NAMED, 6, READING), null);
});

test("the paths add up to the gradient, and are all different", () => {
  const found = pathsOf(BOTH, 0, {});
  assert.deepEqual([found?.count, found?.hops, found?.total], [2, 3, 7]);
  assert.deepEqual(texts(found?.lines), ["∂y/∂x = 4", "∂y/∂s · ∂s/∂x = 3 · 1 = 3"]);
  const wide = pathsOf(diamonds(2), 0, {});
  assert.equal(new Set(texts(wide?.lines)).size, 4);
});

test("18 diamonds have 262,144 paths and 72 hops; 2,000 are still told at once", () => {
  const many = pathsOf(diamonds(18), 0, {});
  assert.deepEqual([many?.count, many?.hops, many?.total, many?.lines.length], [2 ** 18, 72, 2 ** 18, 5]);
  assert.match(many?.lines[0]?.text ?? "", / · … · /);
  assert.equal(pathsOf(diamonds(2_000), 0, {})?.count, Infinity);
});

test("two places in one operation are one hop with both slopes", () => {
  const made = forwardOf(SQUARED, 0, {});
  assert.deepEqual(texts(made.lines), ["∂y/∂x = 3 + 3 = 6"]);
});

test("forward mode tells how fast each node that follows changes", () => {
  assert.deepEqual(texts(forwardOf(NAMED, 0, READING).lines), [
    "∂(a*b)/∂a = b = -3",
    "∂(a*b + c)/∂a = ∂(a*b + c)/∂(a*b) · ∂(a*b)/∂a = 1 · -3 = -3",
    "∂L/∂a = ∂L/∂(a*b + c) · ∂(a*b + c)/∂a = -2 · -3 = 6",
  ]);
  assert.deepEqual(texts(forwardOf(BOTH, 0, {}).lines), ["∂s/∂x = 1", "∂y/∂x = 4 + ∂y/∂s · ∂s/∂x = 4 + 3 · 1 = 7"]);
  assert.deepEqual(forwardOf(NAMED, 6, READING), { lines: [], rest: 0 });
});

test("forward mode lists the first nodes and the output, and counts the rest", () => {
  const { lines, rest } = forwardOf(diamonds(6), 0, {});
  assert.deepEqual([lines.length, rest, lines.at(-1)?.result], [6, 12, "64"]);
});

test("a negative term after a plus stands in brackets", () => {
  const signs = made([input(0, "x"), operation(1, "neg", "p"), operation(2, "neg", "q"), operation(3, "add", "y")], { 1: [0], 2: [0], 3: [1, 2] }, { 1: [-1], 2: [-1], 3: [1, -1] });
  assert.equal(chainOf(signs, 0, {})?.numbers.split(" = ").at(-1), "-1 · -1 + 1 · -1");
  assert.equal(forwardOf(signs, 0, {}).lines.at(-1)?.text, "∂y/∂x = ∂y/∂p · ∂p/∂x + ∂y/∂q · ∂q/∂x = 1 · -1 + (-1 · -1) = 0");
});

test("facts tell of a chain only where all of the graph is there", () => {
  const reading = { ...READING, step: null };
  assert.equal(factsOf(NAMED, 0, reading)?.chain?.result, "6");
  assert.equal(factsOf(NAMED, 6, reading)?.seed?.kind, "seed");
  const cut = { ...NAMED, graph: { ...NAMED.graph, truncated: true } };
  assert.deepEqual([factsOf(cut, 0, reading)?.chain, factsOf(cut, 0, reading)?.whole], [null, false]);
});
