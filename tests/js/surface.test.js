import assert from "node:assert/strict";
import { test } from "node:test";

import { colorOf, shadesOf, spanOf } from "../../static/js/panels/surface/colors.js";
import { contour } from "../../static/js/panels/surface/contours.js";
import { courseOf, createPath } from "../../static/js/panels/surface/descent.js";
import { gridAnswered, gridHere, pointAnswered, pointHere } from "../../static/js/panels/surface/here.js";
import { descend } from "../../static/js/replay/descend.js";
import { replayOf } from "../../static/js/replay/replay.js";
import { SEED } from "./recorded.js";

const seed = /** @type {NonNullable<ReturnType<typeof replayOf>>} */ (replayOf(SEED));

/** @type {(size: number, f: (x: number, y: number) => number) => { size: number, values: number[] }} */
const gridOf = (size, f) => ({ size, values: Array.from({ length: size * size }, (_, at) => f(at % size, Math.floor(at / size))) });

test("a contour of a plane is its straight line", () => {
  const pieces = contour(gridOf(5, (x, y) => x + 0 * y), 1.25);
  assert.equal(pieces.length, 4 * 4);
  for (let i = 0; i < pieces.length; i += 2) assert.equal(pieces[i], 1.25);
});

test("a contour of a bowl is closed, and lies where the bowl has the level", () => {
  const size = 41;
  const pieces = contour(gridOf(size, (x, y) => (x - 20) ** 2 + (y - 20) ** 2), 144);
  assert.ok(pieces.length > 0);
  /** @type {Map<string, number>} */
  const ends = new Map();
  for (let i = 0; i < pieces.length; i += 2) {
    assert.ok(Math.abs(Math.hypot(pieces[i] - 20, pieces[i + 1] - 20) - 12) < 0.02);
    const name = `${pieces[i].toFixed(9)},${pieces[i + 1].toFixed(9)}`;
    ends.set(name, (ends.get(name) ?? 0) + 1);
  }
  assert.ok([...ends.values()].every((count) => count % 2 === 0));
});

test("at a saddle the middle says which sides belong together", () => {
  const high = contour({ size: 2, values: [1, 0, 0, 1] }, 0.4);
  const low = contour({ size: 2, values: [1, 0, 0, 1] }, 0.6);
  assert.equal(high.length, 8);
  assert.equal(low.length, 8);
  // above the middle the corners with 1 are apart, each cut off by itself: a piece begins and ends at sides that meet there
  const cut = (/** @type {number[]} */ [x0, y0, x1, y1]) => [[0, 0], [1, 0], [1, 1], [0, 1]].find(([x, y]) => [x0, x1].includes(x) && [y0, y1].includes(y))?.join("");
  assert.deepEqual([cut(low.slice(0, 4)), cut(low.slice(4))].sort(), ["00", "11"]);
  assert.deepEqual([cut(high.slice(0, 4)), cut(high.slice(4))].sort(), ["01", "10"]);
});

test("no contour goes where there is no number", () => {
  assert.deepEqual(contour({ size: 2, values: [0, NaN, 1, 1] }, 0.5), []);
});

test("colours get lighter from end to end", () => {
  const light = Array.from({ length: 21 }, (_, i) => colorOf(i / 20).reduce((sum, part, which) => sum + part * [0.2126, 0.7152, 0.0722][which], 0));
  assert.ok(light.every((one, i) => i === 0 || one > light[i - 1]));
  assert.deepEqual(colorOf(-1), colorOf(0));
  assert.deepEqual(colorOf(2), colorOf(1));
});

test("a scale spans its numbers without those far beyond", () => {
  assert.deepEqual(spanOf([1, 2, NaN, 3]), [1, 3]);
  const pole = Array.from({ length: 200 }, (_, i) => (i === 0 ? 1e9 : i / 200));
  assert.ok((spanOf(pole)?.[1] ?? NaN) < 1.1);
  assert.equal(spanOf([NaN, Infinity]), null);
});

test("half of the colours go to half of the numbers", () => {
  const steep = gridOf(33, (x, y) => (x - 16) ** 4 + (y - 16) ** 4).values;
  const shades = shadesOf(steep);
  assert.ok(shades);
  const middle = Float64Array.from(steep).sort()[steep.length >> 1];
  assert.ok(Math.abs(shades.share(middle) - 0.5) < 0.2);
  for (const at of [0.1, 0.5, 0.9]) assert.ok(Math.abs(shades.share(shades.value(at)) - at) < 1e-9);
  assert.ok(shades.levels.length >= 5 && shades.levels.every((level, i) => i === 0 || level > shades.levels[i - 1]));
  assert.deepEqual(shadesOf([2, 2, 2, 2])?.levels, []);
  assert.equal(shadesOf([2, 2])?.share(2), 0.5);
});

test("the grid holds the output, the point its gradient", () => {
  const { size, values } = gridHere(seed, ["a", "b"], [[-4, 4], [0, 1]], { c: 1, a: 9 });
  assert.equal(values[0], (-4 * 0 + 1) * -2);
  assert.equal(values[size * size - 1], (4 * 1 + 1) * -2);
  assert.deepEqual(pointHere(seed, ["a", "b"], {}), { x: 2, y: -3, z: -8, gradient: [6, -4] });
});

test("an answer of the service says the same", () => {
  assert.deepEqual(gridAnswered({ xs: [0, 1], zs: [[1, null], ["Infinity", 4]] }), { size: 2, values: [1, NaN, Infinity, 4] });
  assert.deepEqual(pointAnswered({ point: { x: 2, y: -3, z: -8, gradient: [6, null] } }), { x: 2, y: -3, z: -8, gradient: [6, NaN] });
});

test("a way downhill takes the steps that descending takes", () => {
  for (const optimizer of /** @type {const} */ (["sgd", "momentum", "adam"])) {
    const wanted = descend(seed, { optimizer, rate: 0.01, steps: 5, keys: ["a", "b"] });
    const path = createPath(optimizer, 0.01, pointHere(seed, ["a", "b"], {}));
    for (let step = 0; step < 5; step++) {
      const { x, y } = path.next();
      path.arrive(pointHere(seed, ["a", "b"], { a: x, b: y }));
    }
    assert.deepEqual(path.places.map(({ x, y, z }) => ({ a: x, b: y, z })), wanted.map(({ at, value }) => ({ ...at, z: value })));
  }
});

test("how a way goes is told by its last places", () => {
  const place = (/** @type {number} */ z, gradient = /** @type {[number, number]} */ ([1, 0])) => ({ x: 0, y: 0, z, gradient });
  assert.equal(courseOf([place(1)]), "none");
  assert.equal(courseOf([place(2), place(1)]), "downhill");
  assert.equal(courseOf([place(1), place(2), place(3)]), "downhill");
  assert.equal(courseOf([place(1), place(2), place(3), place(4)]), "uphill");
  assert.equal(courseOf([place(1), place(0, [0, 0])]), "resting");
  assert.equal(courseOf([place(1), place(Infinity)]), "diverged");
});
