import assert from "node:assert/strict";
import { test } from "node:test";

import { layout } from "../../static/js/layout.js";
import { BOX, countCrossings, overlaps } from "./layout-drawing.js";
import { edited, graphOf, mlp, randomExpression } from "./layout-graphs.js";

/** @import {Layout} from "../../static/js/layout.types.js" */
/** @import {Edit} from "./layout-graphs.js" */

const ROW = BOX.nodeHeight + 14;
const EDITS = Array.from({ length: 30 }, (_, k) => 100 + k);
const GRAPHS = {
  "a net of 37 nodes": mlp(2, [3, 1]),
  "a net of 117 nodes": mlp(3, [4, 4, 1]),
  "a random expression of 50 nodes": randomExpression(50, 1),
  "a random expression of 200 nodes": randomExpression(200, 1),
  "a tangle of 100 nodes": randomExpression(100, 2, Infinity),
};

/**
 * What an edited graph's picture starts from.
 *
 * @param {Layout} before
 * @param {Edit} edit
 */
function previous(before, { was }) {
  const told = (/** @type {ArrayLike<number>} */ of) => Float64Array.from(was, (node) => (node < 0 ? NaN : of[node]));
  return { y: told(before.y), rank: told(before.rank) };
}

/**
 * How far each surviving node moved, the picture as a whole aside.
 *
 * @param {Layout} before
 * @param {Layout} after
 * @param {Edit} edit
 */
function moves(before, after, { was }) {
  const shifts = was.flatMap((old, node) => (old < 0 ? [] : [after.y[node] - before.y[old]]));
  const middle = shifts.slice().sort((a, b) => a - b)[shifts.length >> 1];
  return shifts.map((shift) => Math.abs(shift - middle));
}

/**
 * Pairs of survivors, in one rank before and after, that changed their order.
 *
 * @param {Layout} before
 * @param {Layout} after
 * @param {Edit} edit
 */
function swaps(before, after, { was }) {
  let count = 0;
  was.forEach((first, a) => {
    was.forEach((second, b) => {
      if (first < 0 || second < 0) return;
      if (before.rank[first] !== before.rank[second] || after.rank[a] !== after.rank[b]) return;
      if (before.y[first] < before.y[second] && after.y[a] >= after.y[b]) count++;
    });
  });
  return count;
}

for (const [name, graph] of Object.entries(GRAPHS)) {
  const before = layout(graph, BOX);
  const edits = EDITS.map((seed) => edited(graph, seed));
  const pictures = edits.map((edit) => layout(edit.graph, { ...BOX, previous: previous(before, edit) }));

  test(`${name}: at most 5 % of the survivors of an edit move more than half a row`, () => {
    const all = edits.flatMap((edit, k) => moves(before, pictures[k], edit));
    const far = all.filter((distance) => distance > ROW / 2);
    assert.ok(far.length <= 0.05 * all.length, `${((100 * far.length) / all.length).toFixed(1)} %`);
  });

  test(`${name}: survivors of a rank never change their order`, () => {
    edits.forEach((edit, k) => assert.equal(swaps(before, pictures[k], edit), 0));
  });

  test(`${name}: an edited picture is as sound as a fresh one`, () => {
    edits.forEach(({ graph: { source, target } }, k) => {
      const { rank, routes, crossings } = pictures[k];
      assert.deepEqual(overlaps(pictures[k]), []);
      assert.equal(crossings, countCrossings(source, routes));
      source.forEach((node, edge) => assert.ok(rank[node] < rank[target[edge]]));
    });
  });

  test(`${name}: without former ranks the order holds too`, () => {
    edits.forEach((edit) => {
      const { y } = previous(before, edit);
      assert.equal(swaps(before, layout(edit.graph, { ...BOX, previous: { y } }), edit), 0);
    });
  });

  test(`${name}: nothing moves where nothing changed`, () => {
    const was = Array.from(before.x.keys());
    const again = layout(graph, { ...BOX, previous: previous(before, { graph, was }) });
    assert.deepEqual(again.rank, before.rank);
    assert.ok(moves(before, again, { graph, was }).every((distance) => distance < ROW / 2));
  });
}

test("a picture that settles is never much worse than a fresh one", () => {
  let graph = mlp(3, [4, 4, 1]);
  let picture = layout(graph, BOX);
  let worst = 0;
  for (const seed of EDITS) {
    const edit = edited(graph, seed);
    const start = previous(picture, edit);
    const [kept, fresh] = [layout(edit.graph, { ...BOX, previous: start }), layout(edit.graph, BOX)];
    worst = Math.max(worst, kept.crossings / fresh.crossings);
    picture = layout(edit.graph, { ...BOX, previous: { ...start, settle: true } });
    graph = edit.graph;
    assert.ok(picture.crossings <= 1.25 * fresh.crossings);
  }
  assert.ok(worst > 1.25, "the edits must give it reason to settle");
});

test("a picture of which nothing survives is a fresh one", () => {
  const graph = mlp(2, [3, 1]);
  const nothing = new Float64Array(graph.count).fill(NaN);
  assert.deepEqual(layout(graph, { previous: { y: nothing, rank: nothing } }), layout(graph));
});

test("a chain that grows leaves what is there where it is, to the last digit of a number", () => {
  const grown = (/** @type {number} */ length) => graphOf(2 * length + 1, Array.from({ length: 2 * length }, (_, k) => [k, k - (k % 2) + 2]));
  const before = layout(grown(50), BOX);
  const longer = grown(52);
  const told = (/** @type {ArrayLike<number>} */ of) => Float64Array.from({ length: longer.count }, (_, node) => of[node] ?? NaN);
  const after = layout(longer, { ...BOX, previous: { y: told(before.y), rank: told(before.rank) } });
  assert.deepEqual(after.x.slice(0, before.x.length), before.x);
  assert.deepEqual(after.y.slice(0, before.y.length), before.y);
  assert.deepEqual(after.routes.slice(0, before.routes.length), before.routes);
});
