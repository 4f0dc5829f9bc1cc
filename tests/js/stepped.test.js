import assert from "node:assert/strict";
import { test } from "node:test";

import { doing, documentAt, gradsAt, runningLine, stepThatGave, stepThatMade } from "../../static/js/stepped.js";
import { stepsOf } from "../../static/js/explain/index.js";
import { graph, input, node, operation } from "./documents.js";

/** L = a*b + a, with a = 3 and b = 2: what an engine would answer. */
const made = graph([input(0, "a", 3), input(1, "b", 2), { ...operation(2, "mul"), line: 7 }, operation(3, "add", "L")], { 2: [0, 1], 3: [2, 0] });
const numbers = [
  { local: 2, flow: 2 },
  { local: 3, flow: 3 },
  { local: 1, flow: 1 },
  { local: 1, flow: 1 },
];
const grads = [3, 3, 1, 1];
const DOCUMENT = {
  ...made,
  graph: { ...made.graph, order: [3, 2], steps: 5 },
  nodes: made.nodes.map((one, id) => ({ ...one, grad: grads[id] ?? null, adjoint: grads[id] ?? null })),
  edges: made.edges.map((edge, place) => ({ ...edge, ...numbers[place] })),
};

test("each step is at its node, in its phase", () => {
  const steps = Array.from({ length: 7 }, (_, step) => doing(DOCUMENT, step));
  assert.deepEqual(
    steps.map((step) => step && `${step.phase} ${step.node}`),
    [null, "forward 2", "forward 3", "seed 3", "backward 3", "backward 2", "backward 2"],
  );
  assert.equal(doing(DOCUMENT, null), null);
  assert.equal(doing(null, 1), null);
});

test("the explanation goes through the same nodes", () => {
  assert.deepEqual(
    stepsOf(DOCUMENT).map(({ node: id }) => id),
    Array.from({ length: 5 }, (_, step) => doing(DOCUMENT, step + 1)?.node),
  );
});

test("a step is at the line of its node: forward, the output, backward; none before the first", () => {
  const nodes = [node({ id: 0, kind: "input", line: 1 }), node({ id: 1, kind: "operation", line: 2 }), node({ id: 2, kind: "operation", line: 3 })];
  const document = { ...made, nodes, graph: { ...made.graph, output: 2, order: [2, 1], steps: 5 } };
  assert.deepEqual([null, 0, 1, 2, 3, 4, 5].map((step) => runningLine({ document, step })), [null, null, 2, 3, 3, 3, 2]);
});

test("the line that runs is that of the step's node", () => {
  assert.equal(runningLine({ document: DOCUMENT, step: 1 }), 7);
  assert.equal(runningLine({ document: DOCUMENT, step: 2 }), null);
  assert.equal(runningLine({ document: DOCUMENT, step: 0 }), null);
  assert.equal(runningLine({ document: null, step: 1 }), null);
});

test("a value is there once its operation ran, inputs from the start", () => {
  assert.deepEqual([0, 1, 2, 3, 4].map((id) => stepThatMade(DOCUMENT, id)), [0, 0, 1, 2, null]);
});

test("a gradient is complete when the last that uses the node has given", () => {
  assert.deepEqual([0, 1, 2, 3, 4].map((id) => stepThatGave(DOCUMENT, id)), [5, 5, 4, 3, null]);
});

test("gradients come as the steps do, and end as the engine's", () => {
  const shown = Array.from({ length: 6 }, (_, step) => Object.fromEntries(gradsAt(DOCUMENT, step)));
  assert.deepEqual(shown, [{}, {}, {}, { 3: 1 }, { 0: 1, 2: 1, 3: 1 }, { 0: 3, 1: 3, 2: 1, 3: 1 }]);
  assert.deepEqual(gradsAt(DOCUMENT, null), gradsAt(DOCUMENT, 5));
});

test("constants and boxes have no gradient at any step", () => {
  const constant = node({ id: 1, kind: "constant", grad: null, adjoint: null });
  const nodes = DOCUMENT.nodes.map((one) => (one.id === 1 ? constant : one));
  const edges = DOCUMENT.edges.map((edge) => (edge.source === 1 ? { ...edge, local: null, flow: null } : edge));
  const document = { ...DOCUMENT, nodes, edges };
  assert.equal(gradsAt(document, 5).has(1), false);
  assert.equal(gradsAt(document, null).has(1), false);
  assert.equal(stepThatGave(document, 1), null);
});

test("NaN flows stay NaN", () => {
  const edges = DOCUMENT.edges.map((edge) => (edge.target === 2 ? { ...edge, flow: /** @type {const} */ ("NaN") } : edge));
  assert.ok(Number.isNaN(gradsAt({ ...DOCUMENT, edges }, 5).get(0)));
});

test("a document at a step has the nodes there are by then, with the gradients they have by then", () => {
  const shown = [0, 1, 3, 4, 5].map((step) => documentAt(DOCUMENT, step).nodes.map(({ grad }) => grad));
  assert.deepEqual(shown, [[null, null], [null, null, null], [null, null, null, 1], [1, null, 1, 1], grads]);
  assert.equal(documentAt(DOCUMENT, null), DOCUMENT);
});
