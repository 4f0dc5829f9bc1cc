import assert from "node:assert/strict";
import { test } from "node:test";

import { aimed, holding, linear, shifted, tickStep, ticks, usable, widened } from "../../static/js/panels/plot/scale.js";

test("a scale goes there and back", () => {
  const scale = linear([-2, 2], [50, 450]);
  assert.equal(scale(0), 250);
  assert.equal(scale.invert(450), 2);
  assert.equal(linear([0, 1], [100, 0])(0.25), 75);
});

test("ticks are round, inside, and written as short as tells them apart", () => {
  const texts = (/** @type {[number, number]} */ interval, /** @type {number} */ count) => ticks(interval, count).map(({ text }) => text);
  assert.deepEqual(texts([-4, 4], 5), ["-4", "-2", "0", "2", "4"]);
  assert.deepEqual(texts([0, 1], 4), ["0", "0.5", "1"]);
  assert.deepEqual(texts([0.1, 0.35], 5), ["0.1", "0.15", "0.2", "0.25", "0.3", "0.35"]);
  assert.deepEqual(texts([1000000, 1000004], 4), ["1e6", "1.000001e6", "1.000002e6", "1.000003e6", "1.000004e6"]);
  assert.deepEqual(texts([0, 3e-9], 3), ["0", "1e-9", "2e-9", "3e-9"]);
});

test("ticks lie evenly, whatever the range", () => {
  for (const [from, to] of /** @type {[number, number][]} */ ([[-1e-12, 2e-12], [0.3, 0.7], [-17.3, 4.4], [1e5, 9e8], [-1e200, 1e200]])) {
    const found = ticks([from, to], 5);
    const step = tickStep([from, to], 5);
    assert.ok(found.length >= 2 && found.length <= 6, `${from} ${to}: ${found.length}`);
    assert.equal(new Set(found.map(({ text }) => text)).size, found.length);
    for (const [i, { value }] of found.entries()) {
      assert.ok(value >= from - step * 1e-6 && value <= to + step * 1e-6);
      if (i > 0) assert.ok(Math.abs(value - found[i - 1].value - step) < step * 1e-6);
    }
  }
  assert.deepEqual(ticks([1, 1], 5), []);
});

test("zooming keeps what is under the hand, and stops where numbers end", () => {
  assert.deepEqual(widened([-4, 4], 0.5, 2), [-1, 3]);
  assert.deepEqual(widened([-4, 4], 2), [-8, 8]);
  assert.deepEqual(widened([1, 1 + 1e-11], 1e-3), [1, 1 + 1e-11]);
  assert.deepEqual(widened([-1e299, 1e299], 100), [-1e299, 1e299]);
  assert.deepEqual(shifted([0, 4], 0.25), [1, 5]);
  assert.equal(usable([NaN, 1]), false);
  assert.equal(usable([2, 1]), false);
});

test("a range moves when its number has left it", () => {
  assert.deepEqual(holding([-4, 4], 3), [-4, 4]);
  assert.deepEqual(holding([-4, 4], 10), [6, 14]);
  assert.deepEqual(holding([-4, 4], NaN), [-4, 4]);
});

test("a hand aims at a thousandth of a tick", () => {
  assert.equal(aimed(1.23456789, [-4, 4]), 1.23);
  assert.equal(aimed(0.123456, [0, 0.2]), 0.1234);
  assert.equal(Object.is(aimed(-1e-9, [-4, 4]), 0), true);
});
