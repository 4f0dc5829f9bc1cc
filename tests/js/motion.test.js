import assert from "node:assert/strict";
import { test } from "node:test";

const loaded = (() => {
  globalThis.matchMedia = /** @type {any} */ (() => ({ matches: false }));
  return import("../../static/js/graph/motion.js");
})();

test("between two texts lie the numbers between theirs", async () => {
  const { between } = await loaded;
  const way = between("translate(0, -10)", "translate(4.5, 1e-7)");
  assert.deepEqual([way(0), way(0.5), way(1)], ["translate(0, -10)", `translate(2.25, ${-10 + 10.0000001 * 0.5})`, "translate(4.5, 1e-7)"]);
});

test("texts that are built otherwise are not mixed", async () => {
  const { between } = await loaded;
  assert.equal(between("M0,0L1,1", "M0,0C1,1 2,2 3,3")(0.3), "M0,0C1,1 2,2 3,3");
  assert.equal(between("", "translate(1, 2)")(0.3), "translate(1, 2)");
});

test("very large pictures do not move", async () => {
  const { moves } = await loaded;
  assert.deepEqual([moves(400), moves(401)], [true, false]);
});

test("what is out of sight is drawn with the frame after the one that shows the rest", async () => {
  const { seenFirst } = await loaded;
  /** @type {(() => void)[]} */
  const frames = [];
  Object.assign(globalThis, { requestAnimationFrame: (/** @type {() => void} */ draw) => frames.push(draw) });
  const paint = () => frames.splice(0).forEach((draw) => draw());
  /** @type {(numbers: number[]) => any} */
  const selection = (numbers) => ({
    filter: (/** @type {(one: number) => boolean} */ wanted) => selection(numbers.filter(wanted)),
    each: (/** @type {(one: number) => void} */ act) => numbers.forEach((one) => act(one)),
    empty: () => numbers.length === 0,
  });
  /** @type {number[]} */
  const drawn = [];
  const draw = (/** @type {number} */ one) => void drawn.push(one);
  seenFirst(selection([5, 1, 4, 2]), (one) => one < 3, draw);
  paint();
  assert.deepEqual(drawn, [1, 2]);
  paint();
  assert.deepEqual(drawn, [1, 2, 5, 4]);
  seenFirst(selection([1]), (one) => one < 3, draw);
  assert.deepEqual([drawn.length, frames.length], [5, 0]);
});
