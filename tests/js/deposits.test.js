import assert from "node:assert/strict";
import { test } from "node:test";

import { between, comeBy, depositsOf, nodeShown, pagesOf, passesSummed, totalsOf } from "../../static/js/panels/deposits.js";
import { graph, input, node, operation } from "./documents.js";

/** @import { GraphDocument, GraphPass } from "../../static/js/types.d.ts" */

/**
 * y = 3 * a**2 at a = 2, with so many passes.
 * @param {number} grad of a
 * @param {GraphPass[]} passes
 * @returns {GraphDocument}
 */
function accumulated(grad, passes) {
  const constant = (/** @type {number} */ id, /** @type {number} */ data) => node({ id, kind: "constant", data, grad: null, adjoint: null });
  const made = graph(
    [{ ...input(0, "a", 2), grad, adjoint: 12 }, constant(1, 2), { ...operation(2, "pow"), data: 4, grad: 3, adjoint: 3 }, constant(3, 3), { ...operation(4, "mul", "y"), data: 12 }],
    { 2: [0, 1], 4: [3, 2] },
  );
  const numbers = [{ local: 4, flow: 12 }, { local: null, flow: null }, { local: null, flow: null }, { local: 3, flow: 3 }];
  return { ...made, graph: { ...made.graph, order: [4, 2], steps: 5 }, edges: made.edges.map((edge, place) => ({ ...edge, ...numbers[place] })), passes };
}

const PASS = { output: 4, data: 12, line: 3 };
const ONCE = accumulated(12, [PASS]);

test("two passes make 12 and 24 by PyTorch's rule, 12 and 36 by micrograd's", () => {
  assert.deepEqual(totalsOf(depositsOf(ONCE, 0, "pytorch", 2), 2), [12, 24]);
  assert.deepEqual(totalsOf(depositsOf(ONCE, 0, "micrograd", 2), 2), [12, 36]);
});

test("each amount is the slope times what comes from above", () => {
  const deposits = depositsOf(ONCE, 0, "micrograd", 3);
  assert.deepEqual(deposits.map(({ edge, upstream, amount, total }) => [edge?.local, upstream, amount, total]), [[4, 3, 12, 12], [4, 6, 24, 36], [4, 9, 36, 72]]);
});

test("a node in between starts anew by PyTorch's rule only", () => {
  assert.deepEqual(totalsOf(depositsOf(ONCE, 2, "pytorch", 3), 3), [3, 3, 3]);
  assert.deepEqual(totalsOf(depositsOf(ONCE, 2, "micrograd", 3), 3), [3, 6, 9]);
  assert.deepEqual([0, 2].map((id) => between(ONCE, id)), [false, true]);
});

test("the output's deposit is the seed, a constant has none", () => {
  assert.deepEqual(depositsOf(ONCE, 4, "pytorch", 1), [{ turn: 1, edge: null, amount: 1, total: 1, upstream: null }]);
  assert.deepEqual(depositsOf(ONCE, 1, "pytorch", 1), []);
  assert.deepEqual(depositsOf(ONCE, 0, "pytorch", 0), []);
});

test("while stepping there is what has come so far", () => {
  const deposits = depositsOf(ONCE, 0, "pytorch", 2);
  const seen = (/** @type {number | null} */ step) => comeBy(ONCE, deposits, { step, last: 2 }).map(({ turn }) => turn);
  assert.deepEqual([0, 4, 5, null].map(seen), [[1], [1], [1, 2], [1, 2]]);
  const seed = depositsOf(ONCE, 4, "pytorch", 1);
  assert.deepEqual([2, 3].map((step) => comeBy(ONCE, seed, { step, last: 1 }).length), [0, 1]);
});

test("the chosen node is shown, else an input with several deposits, else the first", () => {
  assert.equal(nodeShown(ONCE, 2)?.id, 2);
  assert.equal(nodeShown(ONCE, null)?.id, 0);
  assert.equal(nodeShown(ONCE, 77)?.id, 0);
  const twice = graph([input(0, "a"), input(1, "b"), operation(2, "mul"), operation(3, "add")], { 2: [0, 1], 3: [2, 1] });
  assert.equal(nodeShown(twice, null)?.id, 1);
  assert.equal(nodeShown({ ...ONCE, nodes: [], edges: [] }, null), null);
});

test("passes of a program are pages, counted from where its gradients were cleared", () => {
  assert.deepEqual(pagesOf(ONCE, "pytorch"), []);
  const turns = (/** @type {GraphDocument} */ document, /** @type {"pytorch" | "micrograd"} */ rule = "pytorch") => pagesOf(document, rule).map(({ turn }) => turn);
  assert.deepEqual(turns(accumulated(24, [PASS, PASS].map((pass) => ({ ...pass })))), [1, 2]);
  assert.deepEqual(turns(accumulated(12, [1, 2, 3].map((line) => ({ ...PASS, line })))), [1, 1, 1]);
  assert.deepEqual(turns(accumulated(24, [1, 2, 3].map((line) => ({ ...PASS, line })))), [1, 1, 2]);
  assert.deepEqual(turns(accumulated(12, [{ output: null, data: 5, line: 1 }, PASS])), [0, 1]);
});

test("gradients that were assigned are the sum of no passes", () => {
  assert.equal(passesSummed(accumulated(24, [PASS, { ...PASS }]), "pytorch"), 2);
  assert.equal(passesSummed(accumulated(7, [PASS, { ...PASS }]), "pytorch"), 0);
  assert.equal(passesSummed(accumulated(7, []), "pytorch"), 0);
});
