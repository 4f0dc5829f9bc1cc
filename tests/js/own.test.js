/** @import { Engine, GraphDocument, TakenStep } from "../../static/js/types.d.ts" */

import assert from "node:assert/strict";
import { test } from "node:test";

import { graphOf, ledgerOf, linesOf, mathTree, pendingAt, stepsOf } from "../../static/js/explain/index.js";
import { sceneOf } from "../../static/js/graph/scene.js";
import { closingOf } from "../../static/js/own/closing.js";
import { definesEngine, unanswered } from "../../static/js/own/defined.js";
import { insideLines } from "../../static/js/own/inside.js";
import { sideBySide } from "../../static/js/own/right.js";
import { opened } from "../../static/js/store.js";
import { doing, gradsAt, runningLine, stepThatGave, stepThatMade } from "../../static/js/stepped.js";
import { graph, input, node } from "./documents.js";

/** @type {(kind: TakenStep["kind"], at: number, line: number, deposits?: [number, number | null, number, number, boolean, number | null, number | null][]) => TakenStep} */
const step = (kind, at, line, deposits = []) => ({
  phase: kind === "compute" ? "forward" : "backward",
  kind,
  node: at,
  line,
  wrong: false,
  deposits: deposits.map(([to, source, before, after, added, upstream, local]) => ({ node: to, source, before, after, added, upstream, local, line })),
});

/** c = a * b, d = c + a, e = d * c at a = 2, b = -3, by an engine whose `+` assigns to its left operand. @type {GraphDocument} */
const DOCUMENT = (() => {
  const made = (/** @type {number} */ id, /** @type {string} */ label, /** @type {string} */ symbol, /** @type {number} */ data, /** @type {number} */ adjoint) => node({ id, label, symbol, data, adjoint });
  const nodes = [{ ...input(0, "a", 2), adjoint: 24 }, { ...input(1, "b", -3), adjoint: -20 }, made(2, "c", "*", -6, -10), made(3, "d", "+", -4, -6), made(4, "e", "*", 24, 1)];
  const drawn = graph(nodes, { 2: [0, 1], 3: [2, 0], 4: [3, 2] });
  const locals = [-3, 2, 1, 1, -6, -4];
  const steps = [
    step("compute", 2, 11),
    step("compute", 3, 12),
    step("compute", 4, 13),
    step("clear", 4, 20, [[4, null, 5, 0, false, null, null]]),
    step("seed", 4, 21, [[4, null, 0, 1, false, null, null]]),
    step("give", 4, 6, [[3, 4, 0, -6, true, 1, -6], [2, 4, 0, -4, true, 1, -4]]),
    { ...step("give", 3, 3, [[2, 3, -4, -6, false, -6, 1], [0, 3, 0, -6, true, -6, 1]]), wrong: true },
    step("give", 2, 6, [[0, 2, -6, 12, true, -6, -3], [1, 2, 0, -12, true, -6, 2]]),
  ];
  return {
    ...drawn,
    graph: { ...drawn.graph, schema: "own/1", order: [4, 3, 2], steps: steps.length },
    edges: drawn.edges.map((edge, place) => ({ ...edge, local: locals[place] ?? null })),
    steps,
    engine: { right: false, first: 7, causes: [], attributes: { number: "data", gradient: "g", links: ["p"] }, closing: null, whole: true, passes: 1, turns: 1, visits: 3, writes: 6, operations: 3, edges: 6 },
  };
})();

test("a document that carries its steps is gone through in their order", () => {
  const walked = Array.from({ length: 9 }, (_, at) => doing(DOCUMENT, at + 1));
  assert.deepEqual(
    walked.map((one) => one && `${one.phase} ${one.node}`),
    ["forward 2", "forward 3", "forward 4", "backward 4", "seed 4", "backward 4", "backward 3", "backward 2", "backward 2"],
  );
  assert.deepEqual(stepsOf(DOCUMENT).map((one) => one.node), walked.slice(0, 8).map((one) => one?.node));
  assert.equal(runningLine({ document: DOCUMENT, step: 7 }), 3);
  assert.equal(stepThatMade(DOCUMENT, 3), 2);
  assert.equal(stepThatGave(DOCUMENT, 2), 7);
  assert.deepEqual(pendingAt(DOCUMENT, 6), []);
});

test("gradients on the way are those that were written", () => {
  assert.deepEqual([...gradsAt(DOCUMENT, 3)], []);
  assert.equal(gradsAt(DOCUMENT, 6).get(2), -4);
  assert.equal(gradsAt(DOCUMENT, 7).get(2), -6);
  assert.deepEqual(Object.fromEntries(gradsAt(DOCUMENT, 8)), { 0: 12, 1: -12, 2: -6, 3: -6, 4: 1 });
});

test("lines have their attribute, their sign and their numbers", () => {
  const steps = stepsOf(DOCUMENT);
  const texts = (/** @type {number} */ at) => linesOf(steps[at] ?? assert.fail(), DOCUMENT).map(({ text }) => text);
  assert.deepEqual(texts(1), ["d = c + a = -6 + 2 = -4"]);
  assert.deepEqual(texts(4), ["e.g = 1"]);
  assert.deepEqual(texts(6), ["c.g = 1 · -6 = -6", "a.g = 0 + 1 · -6 = -6"]);
});

test("the ledger of a node is what was written to it", () => {
  const rows = ledgerOf(DOCUMENT, { passes: 7, rule: "micrograd" }).get(2) ?? [];
  assert.deepEqual(rows.map(({ amount, total, added, at }) => [amount, total, added, at]), [[-4, -4, true, 6], [-6, -6, false, 7]]);
  assert.equal(graphOf(DOCUMENT).nodes.size, 5);
});

test("the right walk goes with theirs as long as it may, to the true gradients", () => {
  const pairs = sideBySide(DOCUMENT);
  assert.deepEqual(pairs.map(({ at }) => at), [5, 6, 7, 8]);
  assert.deepEqual(pairs.map(({ theirs }) => theirs?.node), pairs.map(({ right }) => right?.node));
  assert.deepEqual(pairs.map(({ theirs, right }) => JSON.stringify(theirs?.gives) === JSON.stringify(right?.gives)), [true, true, false, false]);
  const sums = new Map(pairs.flatMap(({ right }) => right?.gives ?? []).map(({ node: id, after }) => [id, after]));
  for (const { id, adjoint } of DOCUMENT.nodes) assert.equal(sums.get(id), adjoint);
});

test("what theirs hands on too early waits, and what it never does is done in the end", () => {
  const [make, add, times, , seed, last, middle, first] = DOCUMENT.steps ?? [];
  const steps = [make, add, times, seed, last, first].filter((one) => one !== undefined);
  assert.ok(middle);
  const pairs = sideBySide({ ...DOCUMENT, steps });
  assert.deepEqual(pairs.map(({ theirs, right }) => [theirs?.node ?? null, right?.node ?? null]), [[4, 4], [4, 4], [2, 3], [null, 2]]);
  const unseeded = sideBySide({ ...DOCUMENT, steps: [] });
  assert.deepEqual(unseeded.map(({ right }) => right?.node), [4, 4, 3, 2]);
});

test("an engine is a class with a method for a sign", () => {
  assert.ok(definesEngine("class V:\n    def __add__(self, other):\n        return self"));
  assert.ok(definesEngine("x = 1\nclass V:\n\tdef __rmul__( me , you ): return me"));
  for (const text of ["", "x = 1", "class V:\n    def __init__(self, n): pass", "class N:\n    def __call__(self, x): return x", "def __add__(a, b): return a", "class V:\n    def __repr__(self): return ''"]) assert.equal(definesEngine(text), false, text);
  const page = { source: "class V:\n    def __add__(self, other): return self", document: graph([], {}), diagnostics: [], examples: [] };
  assert.ok(unanswered(opened(page)));
  assert.equal(unanswered(opened({ ...page, source: "x = 1" })), false);
  assert.ok(unanswered(opened({ ...page, document: null, source: "" })));
});

test("an operation is opened to the elementary ones inside it", () => {
  const parts = [
    { op: "mul", operands: [{ node: null, part: null, data: 2 }, { node: 0, part: null, data: 2 }], data: 4 },
    { op: "exp", operands: [{ node: null, part: 0, data: 4 }], data: 54.598 },
  ];
  assert.deepEqual(insideLines(parts, graphOf(DOCUMENT)).map(({ text }) => text), ["t1 = 2 · a = 2 · 2 = 4", "exp(t1) = exp(4) = 54.598"]);
});

test("whatever an operation is called, its line is what it says and its formula holds together", () => {
  const called = (/** @type {string} */ symbol) => {
    const named = { ...DOCUMENT, nodes: DOCUMENT.nodes.map((one) => (one.id === 2 ? { ...one, symbol } : one)) };
    const [line] = linesOf(stepsOf(named)[0] ?? assert.fail(), named);
    return { text: line?.text, tree: JSON.stringify(mathTree(line?.latex ?? "")) };
  };
  assert.equal(called("tanh").text, "c = tanh(a, b) = tanh(2, -3) = -6");
  assert.equal(called("*").text, "c = a * b = 2 * -3 = -6");
  for (const symbol of ["}\\frac{", "<script>", "\u202e*", "a_b^c", "**2", ""]) assert.match(called(symbol).tree, /6/, symbol);
  assert.ok(!called("\u202e*").text?.includes("\u202e"));
});

test("the link that closes a circle swings around the picture, unless a closed box holds both ends", () => {
  const closed = (/** @type {{ source: number, target: number } | null} */ closing) => ({ ...DOCUMENT, engine: { .../** @type {Engine} */ (DOCUMENT.engine), closing } });
  for (const direction of /** @type {const} */ (["right", "down"])) {
    assert.equal(closingOf(sceneOf(closed(null), direction, null)), null);
    const scene = sceneOf(closed({ source: 4, target: 0 }), direction, null);
    const found = closingOf(scene);
    const outer = Math.max(...scene.boxes.map((box) => (direction === "right" ? box.y + box.height / 2 : box.x + box.width / 2)));
    assert.ok(found && (direction === "right" ? found.y : found.x) > outer);
    assert.match(found.d, /^M[-\d., CL]+$/);
    assert.notEqual(closingOf(sceneOf(closed({ source: 4, target: 4 }), direction, null)), null);
    scene.plan.homes.set(0, 4);
    assert.equal(closingOf(scene), null);
  }
});
