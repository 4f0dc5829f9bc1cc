import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

import { Asker } from "../../static/js/panels/service.js";
import { inputOptions, programOf, resultOptions, sourceOf, standing } from "../../static/js/panels/subjects.js";
import { watch } from "../../static/js/panels/watch.js";
import { createStore, moved, opened, pointed, turned } from "../../static/js/store.js";
import { SEED } from "./recorded.js";

/** @typedef {{ path: string, body: any, answer: (status: number, body: object) => void, fail: () => void, signal: AbortSignal }} Asked */
/** @type {Asked[]} */
let asked = [];

beforeEach(() => {
  asked = [];
  mock.timers.enable({ apis: ["setTimeout"] });
  mock.method(globalThis, "fetch", (/** @type {string} */ path, /** @type {any} */ { body, signal }) =>
    new Promise((resolve, reject) => {
      const answer = (/** @type {number} */ status, /** @type {object} */ json) => resolve(new Response(JSON.stringify(json), { status }));
      asked.push({ path, body: JSON.parse(body), answer, fail: () => reject(new TypeError()), signal });
    }),
  );
});
afterEach(() => {
  mock.timers.reset();
  mock.restoreAll();
});

const settled = () => new Promise((resolve) => setImmediate(resolve));

function asking() {
  /** @type {any[]} */
  const told = [];
  return { told, asker: new Asker("curve", (progress) => told.push(progress), 100) };
}

test("only the newest question is asked when things rest, and only its answer counts", async () => {
  const { told, asker } = asking();
  asker.ask({ x: 1 });
  asker.ask({ x: 2 });
  mock.timers.tick(100);
  assert.deepEqual(asked.map(({ path, body }) => [path, body.x]), [["/api/v1/curve", 2]]);
  asker.ask({ x: 3 });
  assert.ok(asked[0].signal.aborted);
  mock.timers.tick(100);
  asked[0].answer(200, { y: 2 });
  asked[1].answer(200, { y: 3 });
  await settled();
  assert.deepEqual(told.filter(({ kind }) => kind === "answer"), [{ kind: "answer", answer: { y: 3 } }]);
});

test("the same question is asked once, and again only when it is said", () => {
  const { asker } = asking();
  asker.ask({ x: 1 });
  mock.timers.tick(100);
  asker.ask({ x: 1 });
  mock.timers.tick(100);
  assert.equal(asked.length, 1);
  asker.again();
  assert.equal(asked.length, 2);
});

test("what takes longer than a second is said", () => {
  const { told, asker } = asking();
  asker.ask({});
  mock.timers.tick(100);
  mock.timers.tick(1000);
  assert.deepEqual(told.map(({ kind }) => kind), ["asking", "long"]);
});

test("a service that is away is asked again by itself; a refusal is an answer", async () => {
  const { told, asker } = asking();
  asker.ask({});
  mock.timers.tick(100);
  asked[0].fail();
  await settled();
  mock.timers.tick(1000);
  assert.equal(asked.length, 2);
  asked[1].answer(503, {});
  await settled();
  mock.timers.tick(2000);
  assert.equal(asked.length, 3);
  asked[2].answer(422, { title: "no", diagnostics: [{ message: "there is no input q" }] });
  await settled();
  mock.timers.tick(60_000);
  assert.equal(asked.length, 3);
  assert.deepEqual(told.at(-1), { kind: "refused", message: "there is no input q" });
  assert.equal(told.filter(({ kind }) => kind === "away").length, 2);
});

test("what is forgotten is neither asked nor told", async () => {
  const { told, asker } = asking();
  asker.ask({});
  mock.timers.tick(100);
  asker.forget();
  asked[0].answer(200, {});
  await settled();
  asker.again();
  assert.deepEqual(told.map(({ kind }) => kind), ["asking"]);
  assert.equal(asked.length, 1);
});

test("a panel draws once a frame, while it is shown, for what it draws", () => {
  const store = createStore(opened({ source: "", document: SEED, diagnostics: [], examples: [] }));
  /** @type {(() => void)[]} */
  let frames = [];
  let drawn = 0;
  watch(store, "curve", () => (drawn += 1), (action) => frames.push(action));
  const frame = () => frames.splice(0).forEach((action) => action());
  frame();
  assert.equal(drawn, 0);
  store.apply(turned, "curve");
  store.apply(moved, "a", 3);
  assert.equal(frames.length, 1);
  frame();
  assert.equal(drawn, 1);
  store.apply(pointed, 1);
  frame();
  assert.equal(drawn, 1);
});

test("inputs and results are offered under names that tell them apart", () => {
  const state = opened({ source: "", document: SEED, diagnostics: [], examples: [] });
  assert.deepEqual(inputOptions(SEED).map(({ name }) => name), ["a", "b", "c", "f"]);
  const twice = { ...SEED, nodes: SEED.nodes.map((node) => (node.id < 2 ? { ...node, label: "a", key: `a${node.id}` } : node)) };
  assert.deepEqual(inputOptions(twice).map(({ name }) => name), ["a0", "a1", "c", "f"]);
  assert.deepEqual(resultOptions(SEED, "", null).map(({ id }) => id), ["4", "5"]);
  assert.equal(standing(state, "a"), 2);
  assert.equal(standing({ ...state, moved: { a: 7 } }, "a"), 7);
  assert.equal(standing(state, "__proto__"), NaN);
});

test("a question is about a program's own engine where that is drawn", () => {
  const state = opened({ source: "x", document: SEED, diagnostics: [], examples: [] });
  const own = { ...SEED, engine: /** @type {any} */ ({}) };
  assert.deepEqual(programOf({ ...state, moved: { a: 7 } }), { source: "x", inputs: { a: 7 } });
  assert.deepEqual(programOf({ ...state, document: own, turn: 3 }), { source: "x", inputs: {}, engine: "own", turn: 3 });
  assert.equal(sourceOf({ here: false, partly: false }, own), "own.asked");
  assert.equal(sourceOf({ here: false, partly: true }, SEED), "plot.asked plot.partly");
});
