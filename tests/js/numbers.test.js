import assert from "node:assert/strict";
import { test } from "node:test";

import { keepNumbers, replayFor } from "../../static/js/numbers.js";
import { asked, createStore, drawn, failed, moved, opened, restored } from "../../static/js/store.js";
import { graph, input, operation } from "./documents.js";

/** @import { GraphDocument } from "../../static/js/types.d.ts" */

/** @type {(x: number, replayable?: boolean) => GraphDocument} y = x * x, of a program that says x = 3 */
function square(x, replayable = true) {
  const document = graph(
    [{ ...input(0, "x", x), initial: 3, grad: 2 * x, adjoint: 2 * x }, { ...operation(1, "mul", "y"), data: x * x, grad: 1, adjoint: 1 }],
    { 1: [0, 0] },
    { local: x, flow: x },
  );
  return { ...document, graph: { ...document.graph, order: [1], replayable }, passes: [{ output: 1, data: x * x, line: null }] };
}

/** @param {GraphDocument} document */
function setUp(document) {
  const store = createStore(opened({ source: "", document, diagnostics: [], examples: [] }));
  /** @type {(number | "now")[]} */
  const questions = [];
  /** @type {(() => void)[]} */
  const frames = [];
  const evaluator = {
    now: () => {
      questions.push("now");
      store.apply(asked);
    },
    afterPause: (/** @type {number} */ delay = 0) => void questions.push(delay),
  };
  keepNumbers(store, evaluator, (action) => void frames.push(action));
  const frame = () => frames.splice(0).forEach((action) => action());
  const result = () => store.state.shown?.nodes[1].data;
  return { store, questions, frames, frame, result };
}

test("moves are computed here, once a frame, and asked for at rest", () => {
  const { store, questions, frames, frame, result } = setUp(square(3));
  for (const x of [4, 5, 6]) store.apply(moved, "x", x);
  assert.deepEqual([frames.length, result()], [1, 9]);
  frame();
  assert.deepEqual([result(), store.state.shown?.nodes[0].grad, new Set(questions)], [36, 12, new Set([300])]);
  assert.equal(store.state.document?.nodes[1].data, 9);
});

test("the service's answer is the truth, and one that comes late does not turn an input back", () => {
  const { store, frame, result } = setUp(square(3));
  store.apply(moved, "x", 4);
  frame();
  const answer = square(4);
  store.apply(drawn, "", answer);
  assert.equal(store.state.shown, answer);
  store.apply(moved, "x", 5);
  frame();
  store.apply(drawn, "", square(4));
  assert.equal(result(), 25);
});

test("an input goes back where the program has it, whatever the last answer was made with", () => {
  const { store, frame, result } = setUp(square(3));
  store.apply(moved, "x", 4);
  store.apply(drawn, "", square(4));
  store.apply(restored);
  frame();
  assert.equal(result(), 9);
});

test("what cannot be computed here is asked for one at a time, the newest next", () => {
  const { store, questions, result } = setUp(square(3, false));
  assert.equal(replayFor(store.state.document), null);
  for (const x of [4, 5, 6]) store.apply(moved, "x", x);
  assert.deepEqual(questions, ["now"]);
  store.apply(drawn, "", square(4, false));
  assert.deepEqual([result(), questions], [16, ["now", "now"]]);
  store.apply(drawn, "", square(6, false));
  assert.deepEqual([result(), questions.length], [36, 2]);
});

test("a service that is away is left to the evaluator, and moves go on here", () => {
  const asking = setUp(square(3, false));
  asking.store.apply(failed, "busy");
  asking.store.apply(moved, "x", 4);
  assert.deepEqual(asking.questions, []);
  const here = setUp(square(3));
  here.store.apply(failed, "unreachable");
  here.store.apply(moved, "x", 4);
  here.frame();
  assert.equal(here.result(), 16);
});
