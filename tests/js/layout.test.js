import assert from "node:assert/strict";
import { test } from "node:test";

import { layout } from "../../static/js/layout.js";
import { BOX, countCrossings, enters, overlaps, segmentsOf } from "./layout-drawing.js";
import {
  chain,
  diamond,
  disjoint,
  empty,
  fan,
  graphOf,
  mlp,
  randomExpression,
  single,
  square,
} from "./layout-graphs.js";

const GRAPHS = {
  "an empty graph": empty(),
  "a single node": single(),
  "x * x": square(),
  "a diamond": diamond(),
  "a chain": chain(60),
  "a wide fan": fan(40),
  "a neuron of five inputs": mlp(5, [1]),
  "a net": mlp(3, [4, 4, 1]),
  "three parts and two unused inputs": disjoint(diamond(), single(), mlp(2, [3, 1]), single(), chain(7)),
  "two outputs": graphOf(5, [[0, 2], [1, 2], [0, 3], [2, 3], [2, 4], [0, 4]]),
  ...Object.fromEntries([1, 2, 3, 4].map((seed) => [`random expression ${seed}`, randomExpression(50 * seed, seed)])),
  ...Object.fromEntries([1, 2, 3].map((seed) => [`tangle ${seed}`, randomExpression(70, seed, Infinity)])),
};

for (const [name, graph] of Object.entries(GRAPHS)) {
  const drawing = layout(graph, BOX);
  const { x, y, rank, routes, width, height } = drawing;

  test(`${name}: every node has a place inside the picture`, () => {
    assert.equal(x.length, graph.count);
    for (let node = 0; node < graph.count; node++) {
      assert.ok(x[node] >= BOX.nodeWidth / 2 - 1e-6 && x[node] <= width - BOX.nodeWidth / 2 + 1e-6);
      assert.ok(y[node] >= BOX.nodeHeight / 2 - 1e-6 && y[node] <= height - BOX.nodeHeight / 2 + 1e-6);
    }
  });

  test(`${name}: no boxes overlap`, () => assert.deepEqual(overlaps(drawing), []));

  test(`${name}: every edge runs forward, from its source's right side to its target's left side`, () => {
    routes.forEach((route, edge) => {
      const [source, target] = [graph.source[edge], graph.target[edge]];
      assert.ok(rank[source] < rank[target]);
      assert.deepEqual([route[0], route[1]], [x[source] + BOX.nodeWidth / 2, y[source]]);
      assert.equal(route.at(-2), x[target] - BOX.nodeWidth / 2);
      assert.ok(Math.abs(/** @type {number} */ (route.at(-1)) - y[target]) < BOX.nodeHeight / 2);
      assert.ok(segmentsOf(route).every(({ ax, bx }) => ax < bx));
      assert.equal(route.length, 4 + 4 * (rank[target] - rank[source] - 1));
    });
  });

  test(`${name}: no edge runs through a node`, () => {
    for (const segment of routes.flatMap(segmentsOf)) {
      for (let node = 0; node < graph.count; node++) assert.ok(!enters(segment, x[node], y[node]), `node ${node}`);
    }
  });

  test(`${name}: the edges into a node end apart`, () => {
    const ends = routes.map((route, edge) => `${graph.target[edge]} ${route.at(-1)}`);
    assert.equal(new Set(ends).size, ends.length);
  });

  test(`${name}: the crossings it reports are those of the drawn lines`, () => {
    assert.equal(drawing.crossings, countCrossings(graph.source, routes));
  });

  test(`${name}: the same graph gives the same picture`, () => assert.deepEqual(layout(graph, BOX), drawing));

  test(`${name}: running down is the picture turned over`, () => {
    const turned = layout(graph, { nodeWidth: BOX.nodeHeight, nodeHeight: BOX.nodeWidth, direction: "down" });
    assert.deepEqual([turned.x, turned.y, turned.width, turned.height], [y, x, height, width]);
    const swapped = routes.map((route) => route.map((_, k) => route[k ^ 1]));
    assert.deepEqual(turned.routes, swapped);
  });
}

test("what can be drawn without crossings is", () => {
  for (const graph of [chain(60), diamond(), square(), fan(40), mlp(4, [1])]) assert.equal(layout(graph).crossings, 0);
});

test("operands read from top to bottom, whichever was made first", () => {
  for (const edges of [[[0, 2], [1, 2]], [[1, 2], [0, 2]]]) {
    const { y, routes } = layout(graphOf(3, /** @type {[number, number][]} */ (edges)));
    const [first, second] = edges.map(([operand]) => operand);
    assert.ok(y[first] < y[second]);
    assert.ok(/** @type {number} */ (routes[0].at(-1)) < /** @type {number} */ (routes[1].at(-1)));
  }
});

test("the lines of x * x end in operand order", () => {
  const [first, second] = layout(square()).routes;
  assert.ok(/** @type {number} */ (first.at(-1)) < /** @type {number} */ (second.at(-1)));
});

test("an input stands just before its first use", () => {
  const { rank } = layout(mlp(3, [4, 4, 1]));
  const graph = mlp(3, [4, 4, 1]);
  const isInput = Array.from({ length: graph.count }, (_, node) => !graph.target.includes(node));
  const firstUse = new Array(graph.count).fill(Infinity);
  graph.source.forEach((source, edge) => (firstUse[source] = Math.min(firstUse[source], rank[graph.target[edge]])));
  isInput.forEach((is, node) => is && assert.equal(rank[node], firstUse[node] - 1));
});

test("the long edges of one source share a trunk", () => {
  const graph = fan(12);
  const { routes, rank } = layout(graph);
  const trunk = new Map();
  routes.forEach((route, edge) => {
    if (graph.source[edge] !== 0) return;
    for (let k = 2; k < 4 * (rank[graph.target[edge]] - rank[0]) - 2; k += 2) {
      trunk.set(route[k], (trunk.get(route[k]) ?? new Set()).add(route[k + 1]));
    }
  });
  assert.ok(trunk.size > 0 && [...trunk.values()].every((heights) => heights.size === 1));
});

test("boxes of different sizes do not overlap and keep their gaps", () => {
  const graph = { ...mlp(3, [4, 1]), width: new Float64Array(0), height: new Float64Array(0) };
  graph.width = Float64Array.from({ length: graph.count }, (_, node) => 40 + 23 * (node % 5));
  graph.height = Float64Array.from({ length: graph.count }, (_, node) => 20 + 17 * (node % 4));
  const { x, y, rank } = layout(graph, { rankGap: 30, rowGap: 10 });
  for (let a = 0; a < graph.count; a++) {
    for (let b = 0; b < graph.count; b++) {
      const across = Math.abs(y[a] - y[b]) - (graph.height[a] + graph.height[b]) / 2;
      const along = x[b] - x[a] - (graph.width[a] + graph.width[b]) / 2;
      if (a !== b && rank[a] === rank[b]) assert.ok(across > 10 * 0.6 - 1e-6);
      if (rank[a] < rank[b]) assert.ok(along > 30 - 1e-6);
    }
  }
});

test("a graph with a cycle is refused", () => {
  assert.throws(() => layout(graphOf(2, [[0, 1], [1, 0]])), { name: "RangeError", message: /without cycles/ });
});

test("5,000 nodes take less than a second", () => {
  for (const graph of [mlp(8, [36, 32, 1]), randomExpression(5000, 1), fan(2500), chain(5000)]) {
    const start = performance.now();
    const { x } = layout(graph);
    assert.ok(performance.now() - start < 1000, `${Math.round(performance.now() - start)} ms`);
    assert.equal(x.length, graph.count);
  }
});
