import assert from "node:assert/strict";
import { test } from "node:test";

import { marksAt } from "../../static/js/graph/progress.js";
import { sceneOf } from "../../static/js/graph/scene.js";
import { CHAIN } from "./documents.js";

const DOCUMENT = structuredClone(CHAIN);
DOCUMENT.graph = { ...DOCUMENT.graph, order: [6, 4, 2], steps: 7 };
const SCENE = sceneOf(DOCUMENT, "right", null);

/**
 * The ids of the nodes with a mark at a step.
 * @param {number | null} step
 * @param {import("../../static/js/graph/progress.js").Mark} mark
 */
function marked(step, mark) {
  const marks = marksAt(SCENE, DOCUMENT, step);
  return SCENE.boxes.filter(({ name }) => marks.get(name)?.has(mark)).map(({ node }) => node.id);
}

/** @param {number} step */
function flows(step) {
  const marks = marksAt(SCENE, DOCUMENT, step);
  return SCENE.wires.filter(({ name }) => !marks.get(name)?.has("unflown")).map(({ edge }) => edge.target);
}

test("the finished picture has no marks", () => assert.equal(marksAt(SCENE, DOCUMENT, null).size, 0));

test("forward, operations come one after the other, and no gradient is there", () => {
  assert.deepEqual([0, 1, 2, 3].map((step) => marked(step, "future")), [[2, 4, 6], [4, 6], [6], []]);
  assert.deepEqual([0, 1, 2, 3].map((step) => marked(step, "now")), [[], [2], [4], [6]]);
  assert.equal(marked(3, "ungraded").length, DOCUMENT.nodes.length);
  assert.deepEqual(flows(3), []);
});

test("backward, each node has its gradient when all that use it have given", () => {
  assert.deepEqual(marked(4, "ungraded"), [0, 1, 2, 3, 4, 5]);
  assert.deepEqual(marked(5, "ungraded"), [0, 1, 2, 3]);
  assert.deepEqual(marked(6, "ungraded"), [0, 1]);
  assert.deepEqual(marked(7, "ungraded"), []);
  assert.deepEqual([4, 5, 6, 7].map((step) => marked(step, "now")), [[6], [6], [4], [2]]);
  assert.deepEqual([4, 5, 6, 7].map((step) => new Set(flows(step)).size), [0, 1, 2, 3]);
});

test("what could give next is pending", () => {
  assert.deepEqual([3, 4, 5, 6, 7].map((step) => marked(step, "pending")), [[], [6], [4], [2], []]);
});
