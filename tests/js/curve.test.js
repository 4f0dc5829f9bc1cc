import assert from "node:assert/strict";
import { test } from "node:test";

import { pinched } from "../../static/js/panels/curve/gestures.js";
import { curveAnswered, curveHere } from "../../static/js/panels/curve/here.js";
import { gapsOf, heightOf, lineOf, sampleAt } from "../../static/js/panels/curve/line.js";
import { frameOf } from "../../static/js/panels/curve/plot.js";
import { courseOf, exponentOf, hOf, nearest, reach } from "../../static/js/panels/curve/secants.js";
import { linear } from "../../static/js/panels/plot/scale.js";
import { secants } from "../../static/js/replay/curve.js";
import { replayOf } from "../../static/js/replay/replay.js";
import { QUOTIENT, SEED, SQUARED } from "./recorded.js";

const [seed, squared, quotient] = [SEED, SQUARED, QUOTIENT].map((document) => /** @type {NonNullable<ReturnType<typeof replayOf>>} */ (replayOf(document)));

test("the curve goes through its point, whose slope is the grad", () => {
  const { xs, ys, point } = curveHere(seed, "a", [-4, 4.1], { moved: {} });
  assert.deepEqual(point, { x: 2, y: -8, slope: 6 });
  assert.equal(ys[Array.from(xs).indexOf(2)], -8);
  assert.ok(Array.from(xs).every((x, i) => i === 0 || x > xs[i - 1]));
});

test("an answer of the service is the same curve", () => {
  const here = curveHere(squared, "x", [-1, 1], { moved: { x: 0.3 } });
  const answered = curveAnswered({ xs: [-1, 0, 1], ys: [1, "NaN", null], point: { x: 0.3, y: 0.09, slope: 0.6 } });
  assert.deepEqual(answered.point, here.point);
  const own = curveAnswered({ xs: [0, 1], ys: [0, 1], point: { x: 0.3, y: 0.09, slope: 0.6, written: "NaN", right: false } });
  assert.deepEqual(own.point, { ...here.point, written: NaN, right: false });
  assert.deepEqual(answered.xs, [-1, 0, 0.3, 1]);
  assert.deepEqual(answered.ys, [1, NaN, 0.09, NaN]);
});

test("the plot is as high as the curve, and not as high as a pole", () => {
  const [low, high] = heightOf([0, 1, 2, 3, 4], 2);
  assert.ok(low < 0 && low > -1 && high > 4 && high < 5);
  const pole = curveHere(quotient, "y", [-2, 2], { moved: {} });
  const [bottom, top] = heightOf(pole.ys, pole.point.y);
  assert.ok(top < 40 && bottom > -40 && top > 0.5);
  assert.deepEqual(heightOf([NaN, Infinity], NaN), [-1, 1]);
  assert.ok(heightOf([3, 3, 3], 3)[0] < 3);
  assert.ok(heightOf([1, 2, 3], 50)[1] > 50);
});

test("the line has gaps where there are no numbers, and at poles", () => {
  const [across, up] = [linear([0, 10], [0, 100]), linear([0, 1], [100, 0])];
  const moves = (/** @type {number[]} */ ys) => lineOf([0, 1, 2, 3, 4], ys, [0, 1], across, up).match(/[ML]/g)?.join("");
  assert.equal(moves([0, 1, 0, 1, 0]), "MLLLL");
  assert.equal(moves([0, NaN, 0, 1, Infinity]), "MML");
  assert.equal(moves([0, 9, -9, 0, 1]), "MLMLL");
  assert.deepEqual(gapsOf([0, 1, 2, 3, 4], [1, NaN, -Infinity, 2, NaN]), [[1, 2], [4, 4]]);
});

test("the nearest sample is read off", () => {
  const curve = { xs: [0, 1, 2], ys: [0, 1, 4] };
  assert.deepEqual(sampleAt(curve, 1.8), { x: 2, y: 4, slope: 3 });
  assert.deepEqual(sampleAt(curve, 0.1), { x: 0, y: 0, slope: 1 });
  assert.equal(sampleAt(curve, 3), null);
});

test("secants come nearer until rounding spoils them: the best is in between", () => {
  const rows = secants(squared, "x");
  const best = nearest(rows);
  assert.ok(rows[best].h <= 1e-6 && rows[best].h >= 1e-10);
  assert.equal(courseOf(rows, 6), "nearest");
});

test("a straight line, a kink and nothing are told apart", () => {
  assert.equal(courseOf(secants(seed, "c"), -2), "exact");
  const bent = [1, 0.1, 0.01].map((h) => ({ h, slope: 1, error: 1 }));
  assert.equal(courseOf(bent, 0), "apart");
  assert.equal(courseOf([{ h: 1, slope: NaN, error: NaN }], 1), "none");
  assert.equal(courseOf(bent, NaN), "none");
});

test("h stays between what can be told apart and what can be drawn", () => {
  assert.equal(reach(0.0314), 0.031);
  assert.equal(reach(-3), 1e-15);
  assert.equal(reach(1e9), 10);
  for (const exponent of [-15, -7, 0, 1]) assert.ok(Math.abs(exponentOf(hOf(exponent)) - exponent) < 1e-9);
});

test("two fingers keep what is under them", () => {
  const frame = frameOf({ width: 456, height: 200 }, [0, 4], [0, 1]);
  const fingers = new Map([[1, 150], [2, 250]]);
  const [from, to] = pinched(frame, fingers, 2, 350);
  const after = linear([from, to], [frame.left, frame.right]);
  assert.ok(Math.abs(after.invert(350) - frame.across.invert(250)) < 1e-12);
  assert.ok(Math.abs(after.invert(150) - frame.across.invert(150)) < 1e-12);
  assert.deepEqual(pinched(frame, fingers, 2, 150), [0, 4]);
});
