import assert from "node:assert/strict";
import { test } from "node:test";

import { sampleCurve, secant, secants, tangent } from "../../static/js/replay/curve.js";
import { descend } from "../../static/js/replay/descend.js";
import { nudge } from "../../static/js/replay/nudge.js";
import { replayOf } from "../../static/js/replay/replay.js";
import { QUOTIENT, SEED, SQUARED } from "./recorded.js";

/** @import { GraphDocument } from "../../static/js/types.d.ts" */

/** @type {(document: GraphDocument) => NonNullable<ReturnType<typeof replayOf>>} */
function made(document) {
  const replay = replayOf(document);
  assert.ok(replay);
  return replay;
}

const [seed, squared, quotient] = [made(SEED), made(SQUARED), made(QUOTIENT)];

test("a curve has its ends, and what lies between", () => {
  const { x, y } = sampleCurve(squared, "x", -2, 2, 5);
  assert.deepEqual([...x], [-2, -1, 0, 1, 2]);
  assert.deepEqual([...y], [4, 1, 0, 1, 4]);
  assert.equal(sampleCurve(squared, "x", 0.1, 0.7, 400).x[399], 0.7);
});

test("other inputs stay where they were moved, and any node can be the result", () => {
  assert.deepEqual([...sampleCurve(seed, "a", 0, 1, 2, { moved: { b: 5, a: 9 }, node: 4 }).y], [0, 5]);
  assert.deepEqual([...sampleCurve(seed, "a", 0, 1, 2).y], [-20, -14]);
  assert.deepEqual([...sampleCurve(quotient, "y", 0, 1, 2).y], [Infinity, 1]);
});

test("the tangent's slope is the gradient", () => {
  for (const { key, data, grad } of SEED.nodes) {
    if (key !== null) assert.deepEqual(tangent(seed, key), { x: data, y: -8, slope: grad });
  }
  assert.deepEqual(tangent(seed, "a", { moved: { b: 5 }, node: 4 }), { x: 2, y: 10, slope: 5 });
  assert.equal(tangent(seed, "f", { node: 4 }).slope, 0);
  assert.throws(() => tangent(seed, "no"), RangeError);
  assert.throws(() => sampleCurve(seed, "no", 0, 1, 2), RangeError);
});

test("secants come nearer, until rounding spoils them", () => {
  const table = secants(squared, "x");
  assert.equal(table.length, 16);
  assert.deepEqual(table[0], { h: 1, slope: 7, error: 1 });
  assert.deepEqual(secant(squared, "x", 2), { h: 2, slope: 8, error: 2 });
  const errors = table.map(({ error }) => Math.abs(error));
  assert.ok(errors.slice(0, 7).every((error, k) => k === 0 || error < errors[k - 1]));
  assert.ok(errors[15] > errors[7]);
});

test("a nudge is predicted by the gradient, and off by what the curve bends", () => {
  assert.deepEqual(nudge(SQUARED, squared({ x: 3.5 }), "x"), { dx: 0.5, predicted: 3, actual: 3.25, error: 0.25 });
  assert.deepEqual(nudge(SEED, seed({ c: 11 }), "c"), { dx: 1, predicted: -2, actual: -2, error: 0 });
  assert.deepEqual(nudge(SEED, SEED, "a"), { dx: 0, predicted: 0, actual: 0, error: 0 });
  assert.equal(nudge(SEED, SEED, "no"), null);
});

test("a step of descent is the rate against the slope", () => {
  const path = descend(squared, { optimizer: "sgd", rate: 0.25, steps: 2 });
  assert.deepEqual(path, [
    { at: { x: 3 }, value: 9, slopes: { x: 6 } },
    { at: { x: 1.5 }, value: 2.25, slopes: { x: 3 } },
    { at: { x: 0.75 }, value: 0.5625, slopes: { x: 1.5 } },
  ]);
});

test("momentum keeps rolling, Adam takes steps of the rate", () => {
  const [, , rolled] = descend(squared, { optimizer: "momentum", rate: 0.25, steps: 2 });
  assert.equal(rolled.at.x, 1.5 - 0.25 * (0.9 * 6 + 3));
  const [, first] = descend(squared, { optimizer: "adam", rate: 0.25, steps: 1 });
  assert.ok(Math.abs(first.at.x - 2.75) < 1e-8);
});

test("only chosen inputs move, from where they are said to start", () => {
  const path = descend(seed, { optimizer: "sgd", rate: 0.5, steps: 1, keys: ["c"], moved: { c: 1, f: 3 } });
  assert.deepEqual(path.map(({ at, value }) => [at, value]), [[{ c: 1 }, -15], [{ c: -0.5 }, -19.5]]);
});

test("a path ends where the numbers do", () => {
  const path = descend(squared, { optimizer: "sgd", rate: 1e200, steps: 50 });
  assert.ok(path.length < 5);
  assert.equal(path.at(-1)?.value, Infinity);
});
