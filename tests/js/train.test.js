import assert from "node:assert/strict";
import { test } from "node:test";

import { pointsOf } from "../../static/js/panels/train/csv.js";
import { eventReader } from "../../static/js/panels/train/events.js";
import { boundaryOf, gridOf, paint, silent, spread } from "../../static/js/panels/train/field.js";
import { findings } from "../../static/js/panels/train/health.js";
import { SETS, USUAL, choicesOf, inputsOf, outputsOf, written } from "../../static/js/panels/train/program.js";
import { extend, extents, heightOf, pathOf, series } from "../../static/js/panels/train/series.js";
import { beginningOf, dataOf, keysOf, linkedProgram, sampleProgram, turnProgram, weightsOf } from "../../static/js/panels/train/step.js";

/** @import { Layer } from "../../static/js/panels/train/types.d.ts" */

const OWN = { inputs: /** @type {[number, number][]} */ ([[0.5, -1], [1e-7, 2]]), targets: [1, -1] };
const MANY = SETS.flatMap((data) => [
  { ...USUAL, data, own: OWN },
  { ...USUAL, data, own: { inputs: [1, 2, 3], targets: [0.5, -7, 2] }, hidden: [], activation: "softplus", optimizer: /** @type {const} */ ("adam"), rate: 0.003, seed: 7, turns: 3, count: 9, noise: 0 },
  { ...USUAL, data, own: OWN, hidden: [1, 2, 3], optimizer: /** @type {const} */ ("momentum") },
]);

test("a program says all that was chosen, in few lines", () => {
  for (const choices of MANY) {
    const program = written(choices);
    const found = choicesOf(program);
    assert.ok(found, program);
    assert.equal(written(found), program);
    assert.equal(found.data, choices.data);
    for (const name of /** @type {const} */ (["hidden", "activation", "optimizer", "rate", "seed", "turns"])) assert.deepEqual(found[name], choices[name], name);
    if (choices.data === "own") assert.deepEqual(found.own, choices.own);
    assert.ok(program.trimEnd().split("\n").length <= 20);
  }
});

test("a program that somebody else wrote says nothing of choices", () => {
  for (const source of ["", "x = 1.0", written(USUAL).replace("* p.grad", "* 2 * p.grad"), `${written(USUAL)}print(1)\n`, written(USUAL).replace("mse(", "hinge(")]) assert.equal(choicesOf(source), null);
});

test("how many numbers go in and come out is that of the data", () => {
  assert.deepEqual([inputsOf({ ...USUAL, data: "line" }), outputsOf({ ...USUAL, data: "blobs" })], [1, 3]);
  const classes = { inputs: /** @type {[number, number][]} */ ([[0, 0], [1, 1], [2, 2]]), targets: [0, 1, 2] };
  assert.equal(outputsOf({ ...USUAL, data: "own", own: classes }), 3);
  assert.equal(outputsOf({ ...USUAL, data: "own", own: { ...classes, targets: [0, 1, 5] } }), 1);
});

test("a table becomes points, whatever parts its columns", () => {
  const points = { inputs: [[1, 2], [3, 4.5]], targets: [-1, 1] };
  for (const text of ["x,y,c\n1,2,-1\n3,4.5,1", "1;2;-1\r\n\n# a comment\n3;4.5;1\n", "1\t2\t-1\n3\t4.5\t1", "1 2 -1\n3 4.5 1"]) assert.deepEqual(pointsOf(text), { points });
  assert.deepEqual(pointsOf("0.5,1\n0.25,2"), { points: { inputs: [0.5, 0.25], targets: [1, 2] } });
  assert.deepEqual(pointsOf("1,2,cat\n3,4,dog\n5,6,cat"), { points: { inputs: [[1, 2], [3, 4], [5, 6]], targets: [-1, 1, -1] } });
  assert.deepEqual(pointsOf("1,2,a\n3,4,b\n5,6,c"), { points: { inputs: [[1, 2], [3, 4], [5, 6]], targets: [0, 1, 2] } });
});

test("a wrong line of a table is named", () => {
  assert.deepEqual(pointsOf("a,b,c\n1,2,1\n\n3,four,1"), { wrong: { kind: "number", line: 4, text: "3,four,1", columns: 3 } });
  assert.deepEqual(pointsOf("1,2,1\n3,4"), { wrong: { kind: "columns", line: 2, text: "3,4", columns: 2 } });
  assert.deepEqual(pointsOf("1,2,"), { wrong: { kind: "number", line: 1, text: "1,2,", columns: 3 } });
  assert.deepEqual(pointsOf("1\n2"), { wrong: { kind: "columns", line: 1, text: "1", columns: 1 } });
  for (const text of ["", "\n# nothing\n", "x,y,class"]) assert.deepEqual(pointsOf(text), { wrong: { kind: "empty" } });
});

test("a table of a million lines is refused, and one too long for a program", () => {
  assert.deepEqual(pointsOf("1,2\n".repeat(1_000_000)), { wrong: { kind: "many", count: 1_000_000 } });
  assert.deepEqual(pointsOf("0.12345,0.12345,1\n".repeat(5000)), { wrong: { kind: "long", count: 5000 } });
});

test("events are read from pieces of any size", () => {
  const text = 'event: started\ndata: {"job":"a"}\nid: 0\n\n: ping\n\nid: 1\nevent: frame\ndata: {\ndata: }\n\n';
  const events = [{ id: 0, event: "started", data: '{"job":"a"}' }, { id: 1, event: "frame", data: "{\n}" }];
  for (const size of [1, 7, text.length]) {
    const read = eventReader();
    const found = Array.from({ length: Math.ceil(text.length / size) }, (_, i) => read(text.slice(i * size, (i + 1) * size))).flat();
    assert.deepEqual(found, events);
  }
});

test("a line of loss stays short, from its first point to its last", () => {
  const line = series();
  for (let step = 1; step <= 10_000; step++) extend(line, step, 1 / step);
  extend(line, 10_000, 5);
  assert.ok(line.steps.length <= 800 && line.steps.length > 300);
  assert.deepEqual([line.steps[0], line.steps.at(-1), line.losses.at(-1)], [1, 10_000, 1e-4]);
  assert.ok(line.steps.every((step, i) => i === 0 || step > line.steps[i - 1]));
});

test("a plot is as high as its lines; where a loss has no logarithm the line is broken", () => {
  const line = { steps: [1, 2, 3, 4], losses: [100, 0, 1, NaN] };
  assert.equal(heightOf(100, true), 2);
  assert.ok(Number.isNaN(heightOf(0, true)));
  const { across, up } = extents([line, series()], true);
  assert.deepEqual(across, [0, 5]);
  assert.ok(up[0] < 0 && up[0] > -1 && up[1] > 2 && up[1] < 3);
  assert.equal(extents([line], false).up[0], 0);
  assert.equal(pathOf(line, true, (x) => x, (y) => y), "M1.0,2.0M3.0,0.0");
  assert.deepEqual(extents([], false), { across: [0, 1], up: [0, 1.06] });
});

/** @type {(scope: string, mean: number, more?: Partial<Layer>) => Layer} */
const layer = (scope, mean, more = {}) => ({ scope, mean, line: 3, count: 8, largest: mean, zeros: 0, broken: 0, histogram: [], ...more });

test("what is odd about gradients is named, with its line", () => {
  const well = [layer("layers[0]", 0.1), layer("layers[1]", 0.2)];
  assert.deepEqual(findings({ gradients: well }, []), []);
  assert.deepEqual(findings({ gradients: [layer("layers[0]", 1e-7), well[1]] }, []), [{ kind: "vanishing", names: ["layers[0]"], line: 3, size: 1e-7 }]);
  assert.deepEqual(findings({ gradients: [layer("layers[0]", 1e-14), layer("layers[1]", 1e-10)] }, []), []);
  assert.deepEqual(findings({ gradients: [layer("layers[0]", 100), layer("layers[1]", 5000)] }, []), [{ kind: "exploding", names: ["layers[1]"], line: 3, size: 5000 }]);
  assert.deepEqual(findings({ gradients: [layer("w", 0, { broken: 2 })] }, []), [{ kind: "broken", names: ["w"], line: 3, size: 2 }]);
  assert.deepEqual(findings({ gradients: well }, ["layers[1].neurons[0]"]), [{ kind: "dead", names: ["layers[1].neurons[0]"], line: 3, size: 1 }]);
});

test("a picture is read and painted with its highest row first", () => {
  const values = Buffer.from(Float32Array.from([-5, 0, NaN, 1]).buffer).toString("base64");
  const grid = gridOf({ size: 2, values });
  const pixels = new Uint32Array(4);
  paint(grid, Uint32Array.from([10, 20, 30]), pixels);
  assert.deepEqual(Array.from(pixels), [20, 30, 10, 20]);
  assert.ok(silent({ size: 1, numbers: new Float32Array(1) }) && !silent(grid));
  assert.deepEqual(Array.from(spread({ size: 1, numbers: Float32Array.from([0, 1, 2]) }, 3).numbers), [-1, 0, 1]);
});

test("the boundary runs where the numbers change their sign", () => {
  const numbers = Float32Array.from([-1, 1, -1, 3]);
  assert.deepEqual(boundaryOf({ size: 2, numbers }), [0.5, 0, 0.25, 1]);
  assert.deepEqual(boundaryOf({ size: 2, numbers: Float32Array.from([1, 2, 3, 4]) }), []);
});

test("a step is the program's beginning, the weights and one sample", () => {
  const program = written(USUAL);
  const beginning = beginningOf(program);
  assert.equal(beginning, "random.seed(0)\nX, y = moons(100, 0.1)\nnet = MLP(2, [6, 6, 1])\nlr = 0.1\n");
  assert.equal(beginningOf("x = 1.0"), "");
  const data = dataOf({ n: { type: "integer", value: 2 }, X: { type: "list", value: [[1, 2], [3, 4]] }, z: { type: "list", value: [1] }, y: { type: "list", value: [0, 1] } });
  assert.deepEqual(data, { inputs: "X", targets: "y", points: [[1, 2], [3, 4]], labels: [0, 1] });
  assert.equal(dataOf({ y: { type: "list", value: [1, 2] } }), null);
  assert.ok(data);
  const step = { net: "net", data, sample: 1, classes: false };
  assert.equal(sampleProgram("a\n", { ...step, weights: [1, 2.5] }), "a\nfor p, w in zip(net.parameters(), [1, 2.5]):\n    p.data = w\nloss = (net(X[1]) - y[1])**2\nloss.backward()\n");
  assert.equal(turnProgram("a\n", { ...step, classes: true }), "a\nloss = sum(cross_entropy(net(x), k) for x, k in zip(X, y)) / len(X)\nloss.backward()\n");
  const long = linkedProgram("a\n", { ...step, weights: Array(500).fill(1 / 3) });
  assert.ok(long && long.includes("0.333333,") && long.length < 6144);
  assert.equal(linkedProgram("a".repeat(9000), { ...step, weights: [1] }), null);
});

test("labels that are alike are told apart", () => {
  assert.deepEqual(keysOf(["w", null, "w", "b", "w"]), ["w", null, "w#2", "b", "w#3"]);
  assert.deepEqual(Array.from(weightsOf(["w", null, "w"], [1, 2, "NaN"])), [["w", 1], ["w#2", NaN]]);
});
