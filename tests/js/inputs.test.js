import assert from "node:assert/strict";
import { test } from "node:test";

import { moveOf, resultOf, sentenceOf } from "../../static/js/inputs/nudge.js";
import { isCount, literalOf, writtenInto } from "../../static/js/inputs/program.js";
import { grown, keyed, rangeOf, readNumber, snapped, writtenRange } from "../../static/js/inputs/range.js";
import { speak } from "../../static/js/say.js";
import { createStore, drawn, moved, opened, restored, settled } from "../../static/js/store.js";
import { CHAIN, graph, input, operation } from "./documents.js";

/** @import { GraphNode, Span } from "../../static/js/types.d.ts" */

/** y = x * k, with its gradient */
const product = (/** @type {number} */ x, /** @type {number} */ k) =>
  graph([{ ...input(0, "x", x), adjoint: k }, { ...input(1, "k", k), adjoint: x }, { ...operation(2, "mul", "y"), data: x * k }], { 2: [0, 1] });

/** @type {(source: string, text: string) => Span} */
const spanOf = (source, text) => [[...source.slice(0, source.indexOf(text))].length, [...source.slice(0, source.indexOf(text) + text.length)].length];

test("a range suits its number", () => {
  const ranges = [0, 2, -3, 10, 0.5, 1e-9, 7e20].map((value) => rangeOf(value));
  assert.deepEqual(ranges.map(({ max }) => max), [1, 4, 6, 20, 1, 2e-9, 2e21]);
  assert.ok(ranges.every(({ min, max, step }) => min === -max && step > 0 && step <= max / 100));
  assert.deepEqual(rangeOf(3, true), { min: 0, max: 10, step: 1 });
});

test("every finite number has a range that it lies in", () => {
  for (const value of [5e-324, -5e-324, 1e-320, 1e300, -1.7976931348623157e308, 0.1 + 0.2, 999, 1001]) {
    const { min, max, step } = rangeOf(value);
    assert.ok(min < max && min <= value && value <= max && step > 0 && Number.isFinite(min + max + step), String(value));
  }
});

test("a range grows beyond itself, and only then", () => {
  const range = rangeOf(2);
  assert.equal(grown(range, -4), range);
  const wide = grown(range, 50);
  assert.ok(wide.max >= 50 && wide.min === -4 && wide.step > range.step);
  assert.ok(grown(range, -50).min <= -50);
  assert.equal(grown(rangeOf(3, true), 30).step, 1);
});

test("a slider stops at numbers that are short to write", () => {
  const range = rangeOf(2);
  assert.equal(snapped(range, 0.30000000000000004), 0.3);
  assert.equal(snapped(range, 1.2345), 1.23);
  assert.equal(Object.is(snapped(range, -0.001), 0), true);
  assert.deepEqual([snapped(range, -9), snapped(range, 9)], [-4, 4]);
});

test("keys move by steps, tens of steps, and to the ends", () => {
  const range = rangeOf(2);
  const keys = ["ArrowUp", "ArrowRight", "ArrowDown", "ArrowLeft", "PageUp", "PageDown", "Home", "End", "a"];
  assert.deepEqual(keys.map((key) => keyed(range, 2, key)), [2.01, 2.01, 1.99, 1.99, 2.1, 1.9, -4, 4, null]);
  assert.deepEqual([keyed(range, 4, "ArrowUp"), keyed(range, -4, "PageDown")], [4, -4]);
  assert.equal(keyed(range, 0.1, "PageUp"), 0.2);
});

test("numbers are read as people type them, and nothing else is", () => {
  assert.deepEqual(["3", " -2.5 ", "3,5", "−4", ".5", "1e-3", "+7."].map(readNumber), [3, -2.5, 3.5, -4, 0.5, 0.001, 7]);
  assert.deepEqual(["", "NaN", "Infinity", "1e999", "0x10", "1,000.5", "--1", "a", "1 2", "-"].map(readNumber), Array(10).fill(null));
});

test("a range is written in numbers that make one", () => {
  assert.deepEqual(writtenRange("-1", "1", "0.1"), { min: -1, max: 1, step: 0.1 });
  assert.deepEqual(
    [["1", "1", "1"], ["0", "1", "0"], ["0", "1", "2"], ["0", "x", "1"], ["-1e308", "1.7e308", "1"]].map(([a, b, c]) => writtenRange(a, b, c)),
    Array(5).fill(null),
  );
});

/** @type {[string, string, number, string | null][]} */
const LITERALS = [
  ["a = 2.0", "a = 2.0", 2, "2.0"],
  ["b = -3.0", "b = -3.0", -3, "-3.0"],
  ["😀 = 1\nx = Value(0.5, label='2')", "Value(0.5, label='2')", 0.5, "0.5"],
  ["x2 = Value(1_000)", "Value(1_000)", 1000, "1_000"],
  ["c = d = 4e-1", "c = d = 4e-1", 0.4, "4e-1"],
  ["x = Value(1/3)", "Value(1/3)", 1 / 3, null],
  ["x = Value(pi)", "Value(pi)", Math.PI, null],
  ["x = Value(7 - a)", "Value(7 - a)", 5, null],
  ["p, q = 1, 2", "p", 1, null],
];
for (const [source, text, home, literal] of LITERALS) {
  test(`${JSON.stringify(text)} ${literal === null ? "has no number to write over" : `is written ${literal}`}`, () => {
    const found = literalOf(source, spanOf(source, text), home);
    assert.equal(found?.text ?? null, literal);
    if (found) assert.equal(source.slice(found.start, found.end), literal);
  });
}

test("a number written into the program keeps its point and the rest of the text", () => {
  const write = (/** @type {string} */ source, /** @type {string} */ text, /** @type {number} */ home, /** @type {number} */ value) => {
    const literal = literalOf(source, spanOf(source, text), home);
    assert.ok(literal);
    return writtenInto(source, literal, value);
  };
  assert.equal(write("# 2.0\na = 2.0 # 2.0\n", "a = 2.0", 2, 4), "# 2.0\na = 4.0 # 2.0\n");
  assert.equal(write("a = 2", "a = 2", 2, 2.5), "a = 2.5");
  assert.equal(write("s = '😀'; b = -3.0", "b = -3.0", -3, 1e-7), "s = '😀'; b = 1e-7");
});

test("a count is a whole number that no operation computes with", () => {
  const source = "n = 3; m = 3.0";
  /** @type {GraphNode[]} */
  const [n, m] = [{ ...input(0, "n", 3), span: [0, 5] }, { ...input(1, "m", 3), span: [7, 14] }];
  const document = graph([n, m, operation(2, "exp")], {});
  assert.deepEqual([isCount(document, n, source), isCount(document, m, source)], [true, false]);
  assert.equal(isCount(graph([n, operation(1, "exp")], { 1: [0] }), n, source), false);
});

test("the program's own number of an input is its data, or what the answer says beside it", () => {
  const document = graph([input(0, "x", 5), { ...input(1, "k", 6), initial: 2 }, { ...input(2, "n"), data: "NaN" }, operation(3, "mul")], { 3: [0, 1] });
  assert.deepEqual(opened({ source: "", document, diagnostics: [], examples: [] }).home, { x: 5, k: 2 });
});

test("an input named like a part of every object is an input", () => {
  const document = graph([input(0, "__proto__", 3), operation(1, "exp")], { 1: [0] });
  const state = opened({ source: "", document, diagnostics: [], examples: [] });
  const away = moved(state, "__proto__", 4);
  assert.deepEqual(Object.entries(away.moved), [["__proto__", 4]]);
  assert.deepEqual(Object.entries(moved(away, "__proto__", 3).moved), []);
});

test("an input back where the program has it is not moved", () => {
  const store = createStore(opened({ source: "", document: CHAIN, diagnostics: [], examples: [] }));
  store.apply(moved, "a", 7);
  store.apply(drawn, "", CHAIN);
  assert.deepEqual(store.state.moved, { a: 7 });
  store.apply(moved, "a", store.state.home.a);
  assert.deepEqual(store.state.moved, {});
  store.apply(moved, "a", 7);
  store.apply(settled, "a", 7);
  assert.deepEqual([store.state.moved, store.state.home.a], [{}, 7]);
});

test("a move lasts from where it began until another input moves", () => {
  const store = createStore(opened({ source: "", document: product(2, 3), diagnostics: [], examples: [] }));
  const start = store.state;
  store.apply(moved, "x", 2.5);
  const first = moveOf(null, start, store.state);
  assert.equal(first?.from, start.shown);
  const one = store.state;
  store.apply(moved, "x", 3);
  assert.equal(moveOf(first, one, store.state), first);
  const two = store.state;
  store.apply(moved, "k", 1);
  assert.equal(moveOf(first, two, store.state)?.key, "k");
  const three = store.state;
  store.apply(restored);
  assert.equal(moveOf(first, three, store.state), null);
});

test("a nudge compares the promise with what came, in words", () => {
  speak("en", { "nudge.sentence": "{name} {dx}: {output} should change by {predicted}, changed by {actual} (error {error})" });
  const move = { key: "x", from: product(2, 3) };
  const found = resultOf(move, product(2.2, 3));
  assert.ok(found);
  assert.equal(sentenceOf(found, "x", "y"), "x +0.2: y should change by 0.6, changed by 0.6 (error 0)");
  assert.equal(resultOf(move, product(2, 3)), null);
  assert.equal(resultOf(move, product(2.2, 4)), null);
});
