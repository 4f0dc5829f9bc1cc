import assert from "node:assert/strict";
import { test } from "node:test";

import { fitted } from "../../static/js/format.js";
import { linesOf } from "../../static/js/graph/boxes.js";
import { alike, renumber, sceneOf } from "../../static/js/graph/scene.js";
import { CHAIN, graph, input, node, operation } from "./documents.js";

/** The chain with other numbers. */
function other() {
  const document = structuredClone(CHAIN);
  for (const one of document.nodes) one.data = -12.3456789;
  for (const edge of document.edges) edge.flow = -7;
  return document;
}

test("other numbers are put where the old ones stood", () => {
  const scene = sceneOf(CHAIN, "right", null);
  const places = scene.boxes.map(({ x, y, width, name }) => [x, y, width, name]);
  renumber(scene, other());
  assert.deepEqual(scene.boxes.map(({ x, y, width, name }) => [x, y, width, name]), places);
  assert.ok(scene.boxes.every(({ lines }) => Number(lines.data).toFixed(1) === "-12.3"));
  assert.ok(scene.wires.every((wire) => wire.flow === "-7" && wire.edge.flow === -7));
});

test("a graph with other nodes or names is no other numbers", () => {
  assert.ok(alike(CHAIN, other()));
  const renamed = other();
  renamed.nodes[0] = input(0, "z");
  assert.ok(!alike(CHAIN, renamed));
  assert.ok(!alike(CHAIN, { ...CHAIN, graph: { ...CHAIN.graph, structure: "other" } }));
});

for (const value of [0.1234567, -123456.789, 1.23456e-7, -9.87654321e200, 5]) {
  test(`${value} in seven characters is still ${value}`, () => {
    const text = fitted(value, 8);
    assert.ok(text.length <= 8, text);
    assert.ok(Math.abs(Number(text) - value) <= 0.06 * Math.abs(value), text);
  });
}

test("what is no number, and nothing, fits as it is", () => {
  assert.deepEqual(["NaN", "-Infinity", null].map((value) => fitted(/** @type {any} */ (value), 3)), ["NaN", "-Infinity", ""]);
});

test("a box says how much is in it, or the one number that leaves it", () => {
  const box = node({ id: 3, kind: "scope", label: "f", key: "f#1", nodes: 9, leaving: 1, data: 2, grad: 4 });
  assert.deepEqual(linesOf(box), { head: "f", symbol: "▸9", data: "2", grad: "4" });
  const many = linesOf(/** @type {any} */ ({ ...box, data: null, grad: null, leaving: 3 }));
  assert.notEqual(many.data, "");
  assert.notEqual(many.grad, null);
});

test("a label of any length and kind is a short text", () => {
  for (const label of ["x".repeat(50_000), "<script>", "__proto__", "\u202Eabc"]) {
    const [box] = sceneOf(graph([input(0, label), operation(1, "exp", label)], { 1: [0] }), "right", null).boxes;
    assert.ok(Array.from(box?.lines.head ?? "").length <= 15 && (box?.width ?? Infinity) < 300);
  }
});
