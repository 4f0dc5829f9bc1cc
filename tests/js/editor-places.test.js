import assert from "node:assert/strict";
import { test } from "node:test";

import { skippedOf } from "../../static/js/views/editor/facts.js";
import { textOf } from "../../static/js/views/editor/files.js";
import { keeping, resized } from "../../static/js/views/editor/kept.js";
import { madeBy, nodeAt, placesOf } from "../../static/js/views/editor/places.js";
import { SQUARE, node } from "./documents.js";

test("places count in UTF-16 units, also beyond the last letter", () => {
  const nodes = [node({ id: 0, span: [0, 1] }), node({ id: 1, span: [2, 4] }), node({ id: 2, span: null })];
  assert.deepEqual(placesOf("😀 ab", nodes), [{ id: 0, start: 0, end: 2 }, { id: 1, start: 3, end: 5 }]);
});

test("under an offset lies the smallest expression, and of equals the last", () => {
  const places = [{ id: 0, start: 0, end: 9 }, { id: 1, start: 2, end: 5 }, { id: 2, start: 2, end: 5 }];
  assert.deepEqual([nodeAt(places, 3), nodeAt(places, 8), nodeAt(places, 20)], [2, 0, null]);
});

test("a line made what it does not use itself", () => {
  const nodes = [node({ id: 0, line: 1, span: [0, 1] }), node({ id: 1, kind: "operation", line: 2, span: [4, 7] }), node({ id: 2, kind: "operation", line: 2, span: [4, 9] })];
  const edges = [{ source: 0, target: 1, key: 0, local: 1, flow: 1 }, { source: 1, target: 2, key: 0, local: 1, flow: 1 }];
  const made = madeBy({ ...SQUARE, nodes, edges });
  assert.deepEqual([...made].map(([line, those]) => [line, those.map(({ id }) => id)]), [[1, [0]], [2, [2]]]);
});

test("no parameter is what the line of its net made", () => {
  const nodes = [0, 1].map((id) => node({ id, kind: "parameter", line: 1, span: [4, 16] }));
  assert.deepEqual(madeBy({ ...SQUARE, nodes, edges: [] }), new Map());
});

test("of a block that did not run only the whole is told", () => {
  const statements = [{ first: 1, last: 1 }, { first: 2, last: 4 }, { first: 3, last: 3 }, { first: 5, last: 6 }, { first: 6, last: 6 }];
  assert.deepEqual(skippedOf(statements, [1, 5]), [{ first: 2, last: 4 }, { first: 6, last: 6 }]);
  assert.deepEqual(skippedOf(statements, []), []);
});

test("a file is UTF-8 and no larger than a program may be", async () => {
  assert.deepEqual(await textOf(new Blob(["ü\r\nb\rc"]), 100), { text: "ü\nb\nc" });
  assert.deepEqual(await textOf(new Blob(["abcd"]), 3), { refused: "large" });
  assert.deepEqual(await textOf(new Blob([new Uint8Array([0xff, 0xfe])]), 100), { refused: "unreadable" });
});

test("what is kept is optional", () => {
  const kept = keeping(() => {
    throw new Error("refused");
  });
  kept.keepDraft("a");
  kept.keepSize(150);
  assert.deepEqual([kept.draft(), kept.size()], [null, 100]);
  assert.deepEqual([resized(100, 1), resized(200, 1), resized(80, -1)], [115, 200, 80]);
});
