import assert from "node:assert/strict";
import { test } from "node:test";

import { matchDocuments } from "../../static/js/graph/identity.js";
import { CHAIN, SQUARE, graph, input, node, operation } from "./documents.js";

test("a program is itself", () => {
  for (const document of [CHAIN, SQUARE]) {
    assert.deepEqual(matchDocuments(document, document), new Map(document.nodes.map(({ id }) => [id, id])));
  }
});

test("inserting an operation leaves all others in place", () => {
  const wrapped = graph(
    [input(0, "a"), input(1, "b"), operation(2, "mul"), operation(3, "tanh"), input(4, "c"), operation(5, "add"), input(6, "f"), operation(7, "mul", "L")],
    { 2: [0, 1], 3: [2], 5: [3, 4], 7: [5, 6] },
  );
  assert.deepEqual(Object.fromEntries(matchDocuments(CHAIN, wrapped)), { 0: 0, 1: 1, 2: 2, 3: 4, 4: 5, 5: 6, 6: 7 });
});

test("inputs are known by their key, wherever they stand", () => {
  const turned = graph([input(0, "b"), input(1, "a"), operation(2, "mul")], { 2: [1, 0] });
  const matched = matchDocuments(CHAIN, turned);
  assert.deepEqual([matched.get(0), matched.get(1), matched.get(2)], [1, 0, 2]);
});

test("a name given to a node does not make it another", () => {
  const unnamed = graph([input(0, "x"), operation(1, "tanh")], { 1: [0] });
  const named = graph([input(0, "x"), operation(1, "tanh", "y")], { 1: [0] });
  assert.equal(matchDocuments(unnamed, named).get(1), 1);
});

test("operations that do the same are told apart by their operands", () => {
  const before = graph([input(0, "a"), input(1, "b"), operation(2, "tanh"), operation(3, "tanh")], { 2: [0], 3: [1] });
  const after = graph([input(0, "a"), input(1, "b"), operation(2, "tanh"), operation(3, "tanh")], { 2: [1], 3: [0] });
  assert.deepEqual(Object.fromEntries(matchDocuments(before, after)), { 0: 0, 1: 1, 2: 3, 3: 2 });
});

test("constants are known by their number", () => {
  const constant = (/** @type {number} */ id, /** @type {number} */ data) => node({ id, kind: "constant", data, grad: null });
  const matched = matchDocuments(graph([constant(0, 2), constant(1, 3)], {}), graph([constant(0, 3), constant(1, 2)], {}));
  assert.deepEqual(Object.fromEntries(matched), { 0: 1, 1: 0 });
});

test("no two nodes become one", () => {
  const many = graph(Array.from({ length: 50 }, (_, id) => operation(id, id % 2 ? "add" : "mul", id % 3 ? null : "v")), {});
  const fewer = graph(many.nodes.slice(0, 30), {});
  for (const [before, after] of [[many, fewer], [fewer, many]]) {
    if (!before || !after) continue;
    const matched = matchDocuments(before, after);
    assert.equal(new Set(matched.values()).size, matched.size);
    assert.equal(matched.size, 30);
  }
});
