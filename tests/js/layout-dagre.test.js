import assert from "node:assert/strict";
import { test } from "node:test";

import { layout } from "../../static/js/layout.js";
import { dagreLayout } from "./layout-dagre.mjs";
import { countCrossings } from "./layout-drawing.js";
import { graphOf, mlp, randomExpression } from "./layout-graphs.js";

const SEEDS = [1, 2, 3, 4];
const WORKS = {
  "a net of 37 nodes": [mlp(2, [3, 1])],
  "a net of 117 nodes": [mlp(3, [4, 4, 1])],
  "a net of 770 nodes": [mlp(3, [14, 13, 1])],
  "random expressions of 50 nodes": SEEDS.map((seed) => randomExpression(50, seed)),
  "random expressions of 200 nodes": SEEDS.map((seed) => randomExpression(200, seed)),
  "a random expression of 1,000 nodes": [randomExpression(1000, 1)],
  "tangles of 200 nodes": SEEDS.map((seed) => randomExpression(200, seed, Infinity)),
};

const sum = (/** @type {number[]} */ numbers) => numbers.reduce((total, number) => total + number, 0);

for (const [name, graphs] of Object.entries(WORKS)) {
  test(`${name}: no more lines cross than dagre's`, () => {
    const ours = sum(graphs.map((graph) => countCrossings(graph.source, layout(graph).routes)));
    const peer = sum(graphs.map((graph) => countCrossings(graph.source, dagreLayout(graph).routes)));
    assert.ok(ours <= peer, `${ours} crossings, dagre ${peer}`);
  });
}

test("the counter counts what one can count by hand", () => {
  const cross = [[0, 0, 10, 10], [0, 10, 10, 0]];
  assert.equal(countCrossings([0, 1], cross), 1);
  assert.equal(countCrossings([0, 0], cross), 0);
  assert.equal(countCrossings([0, 1, 1], [[0, 5, 10, 5], [5, 0, 5, 10, 9, 20], [5, 0, 5, 10, 1, 20]]), 1);
  assert.equal(countCrossings([0, 1], [[0, 0, 10, 0], [0, 5, 10, 5]]), 0);
  assert.equal(countCrossings(graphOf(2, [[0, 1]]).source, [[0, 0, 1, 1]]), 0);
});
