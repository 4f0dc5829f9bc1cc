import assert from "node:assert/strict";
import { test } from "node:test";

import { detailOf } from "../../static/js/graph/detail.js";

const LEVELS = ["shapes", "names", "nodes", "all"];

test("coming closer only adds detail, down to every number", () => {
  for (const count of [5, 5000]) {
    const seen = Array.from({ length: 400 }, (_, i) => LEVELS.indexOf(detailOf(count, (i + 1) / 100)));
    assert.deepEqual(seen, seen.toSorted());
    assert.deepEqual([seen[0], seen.at(-1)], [0, LEVELS.length - 1]);
  }
});

test("a large graph shows less at the same scale", () => {
  assert.equal(detailOf(50, 0.6), "all");
  assert.equal(detailOf(600, 0.6), "names");
});
