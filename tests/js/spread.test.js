import assert from "node:assert/strict";
import { test } from "node:test";

import { spread } from "../../static/js/graph/route.js";

const CASES = [[], [5], [0, 100], [10, 10], [0, 1, 2], [30, 0, 31, 29], [7, 7, 7, 7, 50], [-4, 90, -3, 88, 200]];
const GAP = 10;

/** @param {readonly number[]} places @param {readonly number[]} values */
const cost = (places, values) => places.reduce((sum, place, i) => sum + (place - (values[i] ?? 0)) ** 2, 0);

for (const values of CASES) {
  test(`the labels at ${values.join(", ") || "nowhere"} end apart`, () => {
    const sorted = spread(values, GAP).toSorted((a, b) => a - b);
    sorted.slice(1).forEach((place, i) => assert.ok(place - (sorted[i] ?? 0) >= GAP - 1e-9));
  });

  test(`the labels at ${values.join(", ") || "nowhere"} cannot move less`, () => {
    const places = spread(values, GAP);
    const least = cost(places, values);
    for (let i = 0; i < 2000; i++) {
      const other = places.map((place, j) => place + 3 * Math.sin(i * 12.9898 + j * 78.233));
      const sorted = other.toSorted((a, b) => a - b);
      const apart = sorted.slice(1).every((place, k) => place - (sorted[k] ?? 0) >= GAP);
      if (apart) assert.ok(cost(other, values) >= least - 1e-9);
    }
  });
}

test("labels that are apart stay where they are", () => assert.deepEqual(spread([40, 0, 20], GAP), [40, 0, 20]));
