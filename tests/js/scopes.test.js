import assert from "node:assert/strict";
import { test } from "node:test";

import { closedIn, levelOf, wishing } from "../../static/js/graph/openness.js";
import { sceneOf } from "../../static/js/graph/scene.js";
import { planOf, planned } from "../../static/js/graph/scopes.js";
import { CHAIN, graph, input, node, operation } from "./documents.js";

/** @import { GraphDocument } from "../../static/js/types.d.ts" */

/**
 * One layer of neurons with two weights each, all fed by x.
 * @param {number} neurons
 * @returns {GraphDocument}
 */
function layer(neurons) {
  const nodes = [input(0, "x", 2)];
  /** @type {Record<number, number[]>} */
  const operands = {};
  const scopes = [{ id: "Layer#1", name: "Layer", kind: /** @type {const} */ ("layer"), line: 1, parent: null }];
  for (let i = 0; i < neurons; i++) {
    const [w, b, product, sum] = [1, 2, 3, 4].map((k) => 4 * i + k);
    const id = `Neuron#${i + 1}`;
    nodes.push(node({ id: w, kind: "parameter", label: `w${i}` }), node({ id: b, kind: "parameter", label: `b${i}` }));
    nodes.push({ ...operation(product, "mul"), scope: id, data: i }, { ...operation(sum, "add"), scope: id, data: 10 + i });
    Object.assign(operands, { [product]: [w, 0], [sum]: [product, b] });
    scopes.push(/** @type {any} */ ({ id, name: "Neuron", kind: "neuron", line: 1, parent: "Layer#1" }));
  }
  const last = nodes.length;
  nodes.push(operation(last, "sum", "y"));
  operands[last] = Array.from({ length: neurons }, (_, i) => 4 * i + 4);
  return { ...graph(nodes, operands), scopes };
}

/**
 * @param {GraphDocument} document
 * @param {string[]} wishes
 */
const drawn = (document, ...wishes) => planned(planOf(document, wishes), document);

test("a small document is drawn as it is, row for row", () => {
  for (const document of [CHAIN, layer(3)]) {
    const { nodes, edges } = drawn(document);
    assert.ok(nodes.every((one, i) => one === document.nodes[i]));
    assert.ok(edges.every((one, i) => one === document.edges[i]));
  }
});

test("a large one opens by itself as deep as little is drawn", () => {
  const { nodes } = drawn(layer(50));
  assert.deepEqual(nodes.map(({ kind, key }) => [kind, key]), [["input", "x"], ["scope", "Layer#1"], ["operation", null]]);
  assert.equal(nodes[1]?.nodes, 200, "with the weights that only it uses");
  assert.equal(drawn(layer(50), "1").nodes.filter(({ kind }) => kind === "scope").length, 50);
});

test("one scope is closed and opened by a wish", () => {
  const document = layer(3);
  const closed = drawn(document, "-Neuron#2");
  const box = closed.nodes.find(({ kind }) => kind === "scope");
  assert.deepEqual([box?.key, box?.nodes, box?.data], ["Neuron#2", 4, 11], "with the number of the value that leaves it");
  assert.equal(closed.nodes.length, document.nodes.length - 3);
  assert.deepEqual(wishing(["-Neuron#2"], "Neuron#2", true), ["Neuron#2"]);
  assert.equal(drawn(document, "Neuron#2").nodes.length, document.nodes.length);
  const inner = drawn(document, "-Layer#1", "-Neuron#2");
  assert.equal(inner.nodes.filter(({ kind }) => kind === "scope").length, 1, "the outermost closed one is seen");
});

test("what enters a box is one edge a value, flows added up; what leaves it is as it was", () => {
  const document = { ...graph([input(0, "x"), { ...operation(1, "mul"), scope: "f#1" }, { ...operation(2, "add"), scope: "f#1" }, operation(3, "exp", "y")], { 1: [0, 0], 2: [1, 0], 3: [2] }), scopes: [{ id: "f#1", name: "f", kind: /** @type {const} */ ("call"), line: 1, parent: null }] };
  const { nodes, edges } = drawn(document, "0");
  assert.deepEqual(nodes.map(({ id }) => id), [0, 2, 3]);
  assert.deepEqual(edges.map(({ source, target, local, flow, values }) => [source, target, local, flow, values]), [
    [0, 2, null, 3, 1],
    [2, 3, 1, 1, undefined],
  ]);
});

test("what passes from box to box is one edge for all values", () => {
  const document = layer(3);
  document.nodes.forEach((one) => one.kind === "operation" && one.scope === null && (one.scope = "g#1"));
  document.scopes.push({ id: "g#1", name: "g", kind: "call", line: 2, parent: null });
  document.nodes.push({ ...operation(14, "exp"), scope: "g#1" });
  document.edges.push({ source: 13, target: 14, key: 0, local: 1, flow: 1 });
  document.graph.output = 14;
  const { edges } = drawn(document, "0");
  assert.deepEqual(edges.map(({ values }) => values), [1, 3]);
});

test("parameters that only closed boxes share are one box", () => {
  const document = layer(2);
  for (const edge of document.edges) if (edge.source === 5) edge.source = 1;
  document.edges.push({ source: 6, target: 4, key: 2, local: 1, flow: 1 }, { source: 2, target: 8, key: 2, local: 1, flow: 1 });
  const boxes = drawn(document, "1").nodes.filter(({ kind }) => kind === "scope");
  assert.deepEqual(boxes.map(({ nodes: count }) => count), [2, 3, 2]);
  const shared = boxes.find(({ label }) => label === null);
  const open = drawn(document, "1", shared?.key ?? "");
  assert.equal(open.nodes.filter(({ kind }) => kind === "parameter").length, 4);
});

test("a box of the service stays closed, and knows its own", () => {
  const box = node({ id: 1, kind: "scope", label: "f", key: "f#1", nodes: 9 });
  const document = { ...graph([input(0, "x"), box, operation(2, "exp", "y")], { 1: [0], 2: [1] }, { local: null }), scopes: [{ id: "f#1", name: "f", kind: /** @type {const} */ ("call"), line: 1, parent: null }] };
  for (const wishes of [[], ["all"], ["f#1"], ["-f#1"]]) assert.equal(drawn(document, ...wishes).nodes[1], box);
});

test("every home is drawn, and every edge joins what is drawn", () => {
  for (const wishes of [[], ["0"], ["1"], ["all"], ["-Neuron#1"], ["nothing#1", "-", "99999999999999999999"]]) {
    const document = layer(60);
    const plan = planOf(document, wishes);
    const { nodes, edges, graph: head } = planned(plan, document);
    const ids = new Set(nodes.map(({ id }) => id));
    assert.ok(document.nodes.every(({ id }) => ids.has(plan.homes.get(id) ?? -1)));
    assert.ok(edges.every(({ source, target }) => ids.has(source) && ids.has(target) && source < target));
    assert.ok(ids.has(head.output ?? -1));
  }
});

test("a depth is a wish that is no id", () => {
  assert.deepEqual([[], ["f#1"], ["2", "f#1"], ["all"]].map(levelOf), [null, null, 2, Infinity]);
  assert.equal(closedIn(layer(3), ["0"]).get("Neuron#3"), "Layer#1");
});

test("opening a box keeps what stays in its place", () => {
  const before = sceneOf(layer(50), "right", null, [], { planOf, planned });
  const after = sceneOf(layer(50), "right", before, ["1"], { planOf, planned });
  const nameOf = (/** @type {typeof before} */ scene, /** @type {string} */ label) => scene.boxes.find(({ node: one }) => one.label === label)?.name;
  for (const label of ["x", "y"]) assert.equal(nameOf(after, label), nameOf(before, label));
});
