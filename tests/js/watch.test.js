import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

import { createStore, moved, opened, pointed, stepped, turned } from "../../static/js/store.js";
import { atEase, watch } from "../../static/js/watch.js";
import { SEED } from "./recorded.js";

/** @type {(() => void)[]} */
let frames = [];
let clock = 0;
/** @param {number} milliseconds */
const wait = (milliseconds) => {
  clock += milliseconds;
  mock.timers.tick(milliseconds);
};
const paint = () => {
  for (const draw of frames.splice(0)) draw();
};

beforeEach(() => {
  frames = [];
  clock = 0;
  mock.method(performance, "now", () => clock);
  mock.timers.enable({ apis: ["setTimeout"] });
  Object.assign(globalThis, { requestAnimationFrame: (/** @type {() => void} */ draw) => frames.push(draw) });
});
afterEach(() => {
  mock.timers.reset();
  mock.restoreAll();
});

const seed = () => createStore(opened({ source: "", document: SEED, diagnostics: [], examples: [] }));

test("a view draws at first, and then when something it shows is another", () => {
  const store = seed();
  /** @type {[number | null, number | null | undefined][]} */
  const drawn = [];
  const again = watch(store, ["step"], ({ step }, before) => drawn.push([step, before?.step]));
  store.apply(pointed, 1);
  store.apply(stepped, 2);
  store.apply(stepped, 2);
  again();
  assert.deepEqual(drawn, [[null, undefined], [2, null], [2, 2]]);
});

test("a view that nobody sees draws nothing, and what it missed when it is seen again", () => {
  const store = seed();
  let drawn = 0;
  watch(store, ["moved"], () => (drawn += 1), { when: ({ panel }) => panel === "table" });
  assert.equal(drawn, 1);
  store.apply(turned, "curve");
  store.apply(moved, "a", 3);
  store.apply(moved, "a", 4);
  assert.equal(drawn, 1);
  store.apply(turned, "table");
  assert.equal(drawn, 2);
  store.apply(turned, "curve");
  store.apply(turned, "table");
  assert.equal(drawn, 2);
});

test("what is read is drawn after the paint, one view a frame, and the less often the longer it takes", () => {
  const store = seed();
  /** @type {string[]} */
  const drawn = [];
  for (const name of ["one", "two"]) {
    const draw = () => {
      drawn.push(name);
      clock += 10; // so long it takes
    };
    watch(store, ["moved"], draw, { soon: atEase() });
  }
  paint();
  assert.deepEqual(drawn, []);
  paint();
  assert.deepEqual(drawn, ["one"]);
  paint();
  assert.deepEqual(drawn, ["one", "two"]);
  for (let i = 0; i < 10; i++) {
    store.apply(moved, "a", 10 + i);
    wait(16);
    paint();
  }
  assert.deepEqual(drawn, ["one", "two"]);
  wait(500);
  paint();
  paint();
  paint();
  assert.deepEqual(drawn, ["one", "two", "one", "two"]);
});
