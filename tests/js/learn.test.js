import assert from "node:assert/strict";
import { test } from "node:test";

import { judgeNode, judgeNumber, judgeProgram, numberIn } from "../../static/js/learn/judge.js";
import { done, finish, forget } from "../../static/js/learn/progress.js";
import { graph, input, operation } from "./documents.js";

test("a number is read with a point, a comma, a minus of any kind, or as a fraction", () => {
  assert.deepEqual(["1.5", "1,5", " −2 ", "2/3", "-1e3"].map(numberIn), [1.5, 1.5, -2, 2 / 3, -1000]);
  assert.deepEqual(["", "six", "1/0", "1/2/3", "1/", "1.000,5"].map(numberIn), Array(6).fill(undefined));
});

test("a number is right within its tolerance, else the first hint that fits is given", () => {
  const facts = /** @type {const} */ ({ kind: "number", answer: 6, within: 0.005, hints: [null, -3, 6.1] });
  assert.deepEqual([6, 6.005, 6.1, -3, 7].map((given) => judgeNumber({ ...facts, hints: [...facts.hints] }, given)), ["right", "right", 2, 1, "wrong"]);
});

test("a node is right by its name", () => {
  const facts = /** @type {const} */ ({ kind: "node", answer: "a*b", hints: ["a"] });
  assert.deepEqual(["a*b", "a", "c", ""].map((given) => judgeNode({ ...facts, hints: [...facts.hints] }, given)), ["right", 0, "wrong", "wrong"]);
});

test("a program is right when all conditions hold, else the first hint whose conditions hold is given", () => {
  const document = graph([input(1, "a", 2), operation(2, "*", "y")], { 2: [1, 1] });
  const is = (/** @type {string} */ of, /** @type {string} */ sign, /** @type {number} */ number) => ({
    left: { what: "data", of, into: null, number: null },
    sign,
    right: { what: "number", of: null, into: null, number },
  });
  const judged = (/** @type {ReturnType<typeof is>[][]} */ answer, /** @type {ReturnType<typeof is>[][]} */ ...hints) =>
    judgeProgram({ kind: "program", answer: answer.flat(), hints }, document, "");
  assert.equal(judged([[is("a", "=", 2), is("a", "<=", 2), is("a", ">=", 2)]]), "right");
  assert.equal(judged([[is("a", "=", 2), is("a", "!=", 2)]], [is("a", ">", 2)], [is("a", "<", 3)]), 1);
  assert.equal(judged([[is("nobody", "!=", 2)]], [is("nobody", "=", 2)]), "wrong");
});

test("what is done is remembered, once each, and forgotten on demand", () => {
  /** @type {Map<string, string>} */
  const kept = new Map();
  const storage = () => /** @type {Storage} */ (/** @type {unknown} */ ({
    getItem: (/** @type {string} */ key) => kept.get(key) ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ value) => void kept.set(key, value),
    removeItem: (/** @type {string} */ key) => void kept.delete(key),
  }));
  for (const slug of ["slope", "graph", "slope"]) finish(slug, storage);
  assert.deepEqual([...done(storage)], ["slope", "graph"]);
  forget(storage);
  assert.deepEqual([...done(storage)], []);
  const none = () => {
    throw new Error("no storage");
  };
  finish("slope", none);
  assert.equal(done(none).size, 0);
});
