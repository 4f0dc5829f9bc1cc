import assert from "node:assert/strict";
import { test } from "node:test";

import { replayOf } from "../../static/js/replay/replay.js";
import { tapeOf } from "../../static/js/replay/tape.js";
import { QUOTIENT, SEED, SQUARED } from "./recorded.js";

/** @import { GraphDocument, Moved, Num } from "../../static/js/types.d.ts" */

/** @type {(document: GraphDocument, moved: Moved) => GraphDocument} */
function replayed(document, moved) {
  const replay = replayOf(document);
  assert.ok(replay);
  return replay(moved);
}

/** @type {(document: GraphDocument, column: "data" | "grad" | "adjoint") => (Num | null)[]} */
const column = (document, name) => document.nodes.map((node) => node[name]);

/** @type {(document: GraphDocument, change: Partial<GraphDocument["graph"]>) => GraphDocument} */
const about = (document, change) => ({ ...document, graph: { ...document.graph, ...change } });

/** @type {(document: GraphDocument, place: number, change: object) => GraphDocument} */
const withNode = (document, place, change) => ({ ...document, nodes: document.nodes.map((node, at) => (at === place ? { ...node, ...change } : node)) });

test("a moved input gives the numbers of a run with it", () => {
  const document = replayed(SEED, { a: 4 });
  assert.deepEqual(column(document, "data"), [4, -3, 10, -2, -12, -2, 4]);
  assert.deepEqual(column(document, "grad"), [6, -8, -2, -2, -2, -2, 1]);
  assert.deepEqual(document.edges.map(({ local, flow }) => [local, flow]), [[-3, 6], [4, -8], [1, -2], [1, -2], [-2, -2], [-2, -2]]);
});

test("an operand used twice gets both flows", () => {
  const document = replayed(SQUARED, { x: -5 });
  assert.deepEqual(column(document, "data"), [-5, 25]);
  assert.deepEqual(column(document, "grad"), [-10, 1]);
});

test("the document stays as it was, and what did not change is shared", () => {
  const before = structuredClone(SEED);
  const document = replayed(SEED, { f: 7 });
  assert.deepEqual(SEED, before);
  assert.equal(document.nodes[4].data, SEED.nodes[4].data);
  assert.equal(document.graph, SEED.graph);
  assert.equal(document.edges[2].local, 1);
  assert.notEqual(document.nodes[3], SEED.nodes[3]);
  assert.equal(replayed(SEED, { f: -2 }), SEED);
  assert.equal(replayed(SEED, {}), SEED);
  const constant = replayed(SQUARED, { x: 3, other: 9 });
  assert.equal(constant, SQUARED);
});

test("numbers that JSON does not have travel as texts", () => {
  assert.deepEqual(column(replayed(QUOTIENT, { y: 0 }), "data"), [1, 0, "Infinity"]);
  assert.deepEqual(column(replayed(QUOTIENT, { y: -0 }), "grad"), ["-Infinity", "-Infinity", 1]);
  assert.deepEqual(column(replayed(QUOTIENT, { x: NaN }), "data"), ["NaN", 2, "NaN"]);
});

test("a key is only a text", () => {
  const hostile = withNode(SQUARED, 0, { key: "__proto__" });
  assert.deepEqual(column(replayed(hostile, JSON.parse('{ "__proto__": 2, "constructor": 3 }')), "data"), [2, 4]);
  assert.equal(replayed(hostile, {}), hostile);
});

test("what the page cannot compute again is left to the service", () => {
  const documents = {
    truncated: about(SEED, { truncated: true }),
    "no output": about(SEED, { output: null }),
    "other graphs by other inputs": about(SEED, { replayable: false }),
    "an assignment after the run": withNode(SEED, 0, { data_end: 3 }),
    "an unknown operation": withNode(SEED, 6, { op: "constructor" }),
    "an operation with an operand too many": withNode(SEED, 4, { op: "neg" }),
    "an operand that comes after its result": { ...SEED, edges: SEED.edges.map((edge, place) => (place === 0 ? { ...edge, source: 5 } : edge)) },
    "a box": withNode(SEED, 4, { kind: "scope", op: null, data: null }),
    "grads from elsewhere": withNode(SEED, 0, { grad: 7 }),
    "numbers of another rule": withNode(SEED, 4, { data: -6.5 }),
  };
  for (const [why, document] of Object.entries(documents)) assert.equal(replayOf(document), null, why);
  assert.ok(replayOf(about(SEED, { replayable: true })));
});

test("passes that added up do so again, by the rule they followed", () => {
  const twice = { ...SEED, passes: [...SEED.passes, ...SEED.passes] };
  const leaves = [12, -8, -4, 8];
  const pytorch = { ...twice, nodes: twice.nodes.map((node, place) => ({ ...node, grad: leaves[place] ?? node.grad })) };
  assert.deepEqual(column(replayed(pytorch, { a: 4 }), "grad"), [12, -16, -4, -4, -2, -2, 1]);
  assert.deepEqual(column(replayed(pytorch, { a: 4 }), "adjoint"), [6, -8, -2, -2, -2, -2, 1]);

  // by micrograd's rule interior nodes are not cleared: -2, then -4; and what they hand on grows with them
  const grads = [24, -16, -6, 8, -6, -4, 1];
  const adjoints = [18, -12, -4, 4, -4, -2, 1];
  const micrograd = { ...twice, nodes: twice.nodes.map((node, place) => ({ ...node, grad: grads[place], adjoint: adjoints[place] })) };
  assert.deepEqual(column(replayed(micrograd, { a: 4 }), "grad"), [24, -32, -6, -4, -6, -4, 1]);
});

test("cleared grads stay cleared", () => {
  const cleared = { ...SEED, nodes: SEED.nodes.map((node) => ({ ...node, grad: 0 })) };
  const document = replayed(cleared, { a: 4 });
  assert.deepEqual(column(document, "grad"), [0, 0, 0, 0, 0, 0, 0]);
  assert.deepEqual(column(document, "adjoint"), [6, -8, -2, -2, -2, -2, 1]);
});

test("a tape has the operands in their places, and no edge where no gradient goes", () => {
  const [first, ...others] = SEED.edges;
  const tape = tapeOf({ ...SEED, edges: [...others, { ...first, local: null, flow: null }] });
  assert.ok(tape);
  assert.deepEqual([...tape.first], [-1, -1, -1, -1, 0, 4, 5]);
  assert.deepEqual([...tape.second], [-1, -1, -1, -1, 1, 2, 3]);
  assert.deepEqual([...tape.firstEdge], [-1, -1, -1, -1, -1, 1, 3]);
  assert.deepEqual([...tape.secondEdge], [-1, -1, -1, -1, 0, 2, 4]);
});
