import assert from "node:assert/strict";
import { test } from "node:test";

import { framesOf } from "../../static/js/graph/enclosing.js";
import { planOf, planned } from "../../static/js/graph/scopes.js";
import { placeOf } from "../../static/js/graph/minimap.js";
import { sceneOf } from "../../static/js/graph/scene.js";
import { found } from "../../static/js/graph/search.js";
import { CHAIN, graph, input, operation } from "./documents.js";

/** y = exp(tanh(sin(x))), the middle two in a call. */
const CALLED = {
  ...graph([input(0, "x"), { ...operation(1, "sin"), scope: "f#1" }, { ...operation(2, "tanh"), scope: "f#1" }, operation(3, "exp", "y")], { 1: [0], 2: [1], 3: [2] }),
  scopes: [{ id: "f#1", name: "f", kind: /** @type {const} */ ("call"), line: 1, parent: null }],
};

for (const direction of /** @type {const} */ (["right", "down"])) {
  test(`running ${direction}, an open scope has a frame around its own nodes and no other`, () => {
    const scene = sceneOf(CALLED, direction, null, [], { planOf, planned });
    const [frame, ...rest] = framesOf(scene);
    assert.ok(frame);
    assert.deepEqual([frame.id, rest], ["f#1", []]);
    const within = scene.boxes.filter(({ x, y }) => x > frame.x && x < frame.x + frame.width && y > frame.y && y < frame.y + frame.height);
    assert.deepEqual(within.map(({ node }) => node.id), [1, 2]);
  });
}

test("a closed scope has none, and one in whose way something lies has none", () => {
  assert.deepEqual(framesOf(sceneOf(CALLED, "right", null, ["0"], { planOf, planned })), []);
  const scene = sceneOf(CALLED, "right", null, [], { planOf, planned });
  const [between, away] = [scene.boxes[1], scene.boxes[0]];
  assert.ok(between && away);
  Object.assign(away, { x: between.x, y: between.y });
  assert.deepEqual(framesOf(scene), []);
});

test("nodes are found by a part of their name, or by what they do", () => {
  assert.deepEqual(found(CHAIN.nodes, " L ").map(({ id }) => id), [6]);
  assert.deepEqual(found(CHAIN.nodes, "MUL").map(({ id }) => id), [2, 6]);
  assert.deepEqual(found(CHAIN.nodes, "  "), []);
  assert.deepEqual(found(CHAIN.nodes, "nothing"), []);
});

test("the map holds all of the picture", () => {
  const scene = sceneOf(CHAIN, "right", null);
  const { scale, x, y } = placeOf(scene);
  for (const box of scene.boxes) {
    const [left, top] = [x + box.x * scale, y + box.y * scale];
    assert.ok(left > 0 && left < 168 && top > 0 && top < 112);
  }
});
