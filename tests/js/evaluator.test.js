import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { createEvaluator, retryDelay } from "../../static/js/evaluator.js";
import { createStore, drawn, moved, opened, typed } from "../../static/js/store.js";
import { CHAIN, SQUARE } from "./documents.js";

/** @import { Diagnostic, Moved, Outcome, Question } from "../../static/js/types.d.ts" */

/** A service that answers when told to. */
function service() {
  /** @type {{ source: string, inputs: Moved, signal: AbortSignal, answer: (outcome: Outcome) => void }[]} */
  const questions = [];
  const ask = (/** @type {Question} */ { source, inputs }, /** @type {AbortSignal} */ signal) =>
    /** @type {Promise<Outcome>} */ (new Promise((answer) => questions.push({ source, inputs, signal, answer })));
  return { questions, ask };
}

function setUp() {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { questions, ask } = service();
  const store = createStore(opened({ source: "", document: null, diagnostics: [], examples: [] }));
  const evaluator = createEvaluator(store, ask);
  const type = (/** @type {string} */ text) => {
    store.apply(typed, text);
    evaluator.afterPause();
  };
  const answer = async (/** @type {number} */ i, /** @type {Outcome} */ outcome) => {
    questions[i]?.answer(outcome);
    for (let turn = 0; turn < 4; turn++) await Promise.resolve();
  };
  return { questions, store, type, answer, evaluator };
}

/** @param {string} title @param {(page: ReturnType<typeof setUp>) => Promise<void> | void} body */
const scenario = (title, body) =>
  test(title, async () => {
    try {
      await body(setUp());
    } finally {
      mock.timers.reset();
    }
  });

scenario("one question is asked when typing pauses for 120 ms", ({ questions, type }) => {
  for (const text of ["x", "x =", "x = 3"]) {
    type(text);
    mock.timers.tick(119);
  }
  assert.equal(questions.length, 0);
  mock.timers.tick(1);
  assert.deepEqual(questions.map(({ source }) => source), ["x = 3"]);
});

scenario("the newest answer wins, whichever comes last", async ({ questions, store, type, answer }) => {
  type("L");
  mock.timers.tick(120);
  type("y");
  mock.timers.tick(120);
  assert.equal(questions[0]?.signal.aborted, true);
  await answer(1, { kind: "graph", document: SQUARE });
  await answer(0, { kind: "graph", document: CHAIN });
  assert.deepEqual([store.state.document, store.state.drawn], [SQUARE, "y"]);
});

scenario("an answer that takes over a second is announced", async ({ store, type, answer }) => {
  type("x");
  mock.timers.tick(120);
  assert.equal(store.state.waiting, "briefly");
  mock.timers.tick(1000);
  assert.equal(store.state.waiting, "long");
  await answer(0, { kind: "graph", document: SQUARE });
  assert.equal(store.state.waiting, "no");
});

scenario("a question given up is not announced as slow", async ({ store, type, answer }) => {
  type("x");
  mock.timers.tick(120);
  mock.timers.tick(900);
  type("y");
  mock.timers.tick(120);
  await answer(1, { kind: "graph", document: SQUARE });
  await answer(0, { kind: "unreachable" });
  mock.timers.tick(2000);
  assert.deepEqual([store.state.waiting, store.state.service], ["no", "well"]);
});

scenario("a program that lost a moved input is asked for without it", async ({ questions, store, type, answer }) => {
  store.apply(drawn, "", SQUARE);
  store.apply(moved, "gone", 3);
  type("y");
  mock.timers.tick(120);
  const problem = { severity: "error", code: "input", message: "", hint: null, limit: null, line: null, span: null, range: null };
  await answer(0, { kind: "refused", diagnostics: [/** @type {Diagnostic} */ (problem)] });
  assert.deepEqual(questions.map(({ inputs }) => inputs), [{ gone: 3 }, {}]);
  await answer(1, { kind: "graph", document: CHAIN });
  assert.deepEqual([store.state.document, store.state.refused, store.state.moved], [CHAIN, false, {}]);
});

scenario("an unreachable service is asked again, later each time, until it answers", async ({ questions, store, type, answer }) => {
  type("x");
  mock.timers.tick(120);
  for (const [i, delay] of [1000, 2000, 4000].entries()) {
    await answer(i, { kind: "unreachable" });
    assert.equal(store.state.service, "unreachable");
    mock.timers.tick(delay - 1);
    assert.equal(questions.length, i + 1);
    mock.timers.tick(1);
    assert.equal(questions.length, i + 2);
  }
  await answer(3, { kind: "graph", document: SQUARE });
  assert.equal(store.state.service, "well");
  mock.timers.tick(60_000);
  assert.equal(questions.length, 4);
});

test("a busy service is asked when it said", () => {
  assert.equal(retryDelay(1, { kind: "busy", after: 7 }), 7000);
  assert.equal(retryDelay(1, { kind: "busy", after: null }), 1000);
  assert.equal(retryDelay(99, { kind: "unreachable" }), 30_000);
});
