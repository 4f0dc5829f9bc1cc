import assert from "node:assert/strict";
import { test } from "node:test";

import { sceneOf } from "../../static/js/graph/scene.js";
import { entrance, step } from "../../static/js/graph/walk.js";
import { CHAIN, SQUARE, graph, input, operation } from "./documents.js";

const DIRECTIONS = /** @type {const} */ (["right", "down"]);

for (const direction of DIRECTIONS) {
  test(`running ${direction}, every edge ends at the borders of its nodes`, () => {
    for (const document of [CHAIN, SQUARE]) {
      const { boxes, wires } = sceneOf(document, direction, null);
      const axis = direction === "right" ? /** @type {const} */ (["x", "width", 0]) : /** @type {const} */ (["y", "height", 1]);
      for (const { edge, route } of wires) {
        const [source, target] = [edge.source, edge.target].map((id) => boxes.find((box) => box.node.id === id));
        assert.ok(source && target);
        assert.equal(route[axis[2]], source[axis[0]] + source[axis[1]] / 2);
        assert.equal(route[route.length - 2 + axis[2]], target[axis[0]] - target[axis[1]] / 2);
      }
    }
  });

  test(`running ${direction}, x*x has two edges, apart from end to end, and two labels`, () => {
    const [one, other] = sceneOf(SQUARE, direction, null).wires;
    assert.ok(one && other);
    const across = direction === "right" ? 1 : 0;
    for (let i = across; i < one.route.length; i += 2) assert.notEqual(one.route[i], other.route[i]);
    assert.notDeepEqual(one.label, other.label);
    assert.notEqual(one.name, other.name);
  });
}

test("names stay with their nodes across edits, and none is used twice", () => {
  const before = sceneOf(CHAIN, "right", null);
  const edited = graph([input(0, "b"), input(1, "a"), operation(2, "mul"), operation(3, "tanh", "L")], { 2: [1, 0], 3: [2] });
  const after = sceneOf(edited, "right", before);
  const nameOf = (/** @type {typeof before} */ scene, /** @type {string} */ label) => scene.boxes.find(({ node }) => node.label === label)?.name;
  for (const label of ["a", "b", "L"]) assert.equal(nameOf(after, label), nameOf(before, label));
  assert.equal(new Set(after.boxes.map(({ name }) => name)).size, after.boxes.length);
});

test("the same program stays where it is", () => {
  const before = sceneOf(CHAIN, "right", null);
  const after = sceneOf(structuredClone(CHAIN), "right", before);
  for (const [i, box] of after.boxes.entries()) assert.equal(box.y, before.boxes[i]?.y);
});

test("what stays in an edited program stays in its rank", () => {
  const before = sceneOf(CHAIN, "right", null);
  const longer = structuredClone(CHAIN);
  const last = longer.nodes.length;
  longer.nodes.push(operation(last, "tanh", "M"));
  longer.edges.push({ ...structuredClone(longer.edges[0] ?? assert.fail()), source: last - 1, target: last, key: 0 });
  const after = sceneOf(longer, "right", before);
  for (const [i, { rank }] of before.boxes.entries()) assert.equal(after.boxes[i]?.rank, rank);
  assert.ok((after.boxes[last]?.rank ?? 0) > (after.boxes[last - 1]?.rank ?? 0));
});

test("no nodes, no picture", () => {
  const scene = sceneOf(graph([], {}), "right", null);
  assert.deepEqual([scene.boxes, scene.wires], [[], []]);
  assert.equal(entrance(scene), undefined);
});

test("an edge from a constant has no numbers", () => {
  const [wire] = sceneOf(graph([input(0, "x"), operation(1, "log")], { 1: [0] }, { local: null, flow: null }), "right", null).wires;
  assert.deepEqual([wire?.local, wire?.flow, wire?.color], ["", "", null]);
});

const KEYS = {
  right: { operand: "ArrowLeft", result: "ArrowRight", across: ["ArrowUp", "ArrowDown"] },
  down: { operand: "ArrowUp", result: "ArrowDown", across: ["ArrowLeft", "ArrowRight"] },
};

for (const direction of DIRECTIONS) {
  const scene = sceneOf(CHAIN, direction, null);

  test(`running ${direction}, the keyboard enters at the output and walks down the operands`, () => {
    const labels = [];
    for (let box = entrance(scene); box; box = step(scene, box, KEYS[direction].operand)) labels.push(box.node.label ?? box.node.op);
    assert.deepEqual(labels, ["L", "add", "mul", "a"]);
  });

  test(`running ${direction}, it walks up again along the results`, () => {
    const labels = [];
    for (let box = /** @type {import("../../static/js/types.d.ts").Box | undefined} */ (scene.boxes[0]); box; box = step(scene, box, KEYS[direction].result)) labels.push(box.node.label ?? box.node.op);
    assert.deepEqual(labels, ["a", "mul", "add", "L"]);
  });

  test(`running ${direction}, every node of a rank is reached across it`, () => {
    const inputs = scene.boxes.filter(({ node }) => node.label === "a" || node.label === "b");
    const reached = inputs.flatMap((box) => KEYS[direction].across.map((key) => step(scene, box, key)?.node.label));
    assert.deepEqual(reached.filter((label) => label !== undefined).toSorted(), ["a", "b"]);
  });
}

test("other keys lead nowhere", () => {
  const scene = sceneOf(CHAIN, "right", null);
  const box = entrance(scene);
  assert.ok(box);
  for (const key of ["x", "Tab", "toString", "Enter"]) assert.equal(step(scene, box, key), undefined);
  assert.equal(step(scene, box, "Home")?.node.label, "a");
});
