import assert from "node:assert/strict";
import { test } from "node:test";

import { labelPlaces, middle, part, path } from "../../static/js/graph/route.js";

const ROUTE = Float64Array.of(10, 20, 60, 80, 90, 80, 140, 30);

/** @param {Float64Array} route */
const turned = (route) => Float64Array.from(route, (_, i) => route[i ^ 1] ?? 0);

/** @param {string} data */
const numbers = (data) => data.match(/-?[\d.]+/g)?.map(Number) ?? [];

test("a line leads through the points of its route and ends before its target, where the arrow begins", () => {
  const [x, y, ...curves] = numbers(path(ROUTE, "right"));
  const passed = [[x, y], ...[0, 6, 12].map((i) => curves.slice(i + 4, i + 6))];
  assert.deepEqual(passed, [[10, 20], [60, 80], [90, 80], [131, 30]]);
});

test("a line leaves and arrives straight at every point", () => {
  const [, y, ...curves] = numbers(path(ROUTE, "right"));
  let from = y;
  for (let i = 0; i < curves.length; i += 6) {
    const [x1, y1, x2, y2, , to] = curves.slice(i, i + 6);
    assert.deepEqual([y1, y2, x1], [from, to, x2]);
    from = to;
  }
});

test("a line that runs down is the same one turned", () => {
  assert.equal(path(turned(ROUTE), "down"), path(ROUTE, "right").replace(/(-?[\d.]+),(-?[\d.]+)/g, "$2,$1"));
});

test("drawing a route leaves it as it is", () => {
  const route = ROUTE.slice();
  path(route, "right");
  assert.deepEqual(route, ROUTE);
});

test("numbers stand in the middle of the last stretch", () => assert.deepEqual(middle(ROUTE), { x: 115, y: 55 }));

test("edges of the same ends start as far apart as they end", () => {
  const pair = [Float64Array.of(0, 50, 100, 38), Float64Array.of(0, 50, 100, 62)];
  part(pair, "right");
  assert.deepEqual(pair.map((route) => route[1]), [38, 62]);
});

test("an edge of its own starts where it did", () => {
  const one = Float64Array.of(0, 50, 100, 38);
  part([one], "right");
  assert.deepEqual(one, Float64Array.of(0, 50, 100, 38));
});

test("close numbers are moved apart across the flow only", () => {
  const pair = [Float64Array.of(0, 50, 100, 40), Float64Array.of(0, 50, 100, 60)];
  const [one, other] = labelPlaces(pair, "right");
  assert.deepEqual([one?.x, other?.x], [50, 50]);
  assert.ok((other?.y ?? 0) - (one?.y ?? 0) >= 24);
});
