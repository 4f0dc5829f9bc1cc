import assert from "node:assert/strict";
import { test } from "node:test";

import { sceneOf } from "../../static/js/graph/scene.js";
import { heardEdge, heardNode } from "../../static/js/heard.js";
import { speak } from "../../static/js/say.js";
import { graph, input, node, operation } from "./documents.js";

const EN = {
  "heard.ends": "{from} to {to}",
  "heard.flow": "flow",
  "heard.noGradient": "no gradient",
  "heard.values.other": "{count} values",
  "legend.constant": "constant",
  "legend.input": "input",
  "legend.local": "local derivative",
};
const DE = { "heard.ends": "{from} zu {to}", "heard.flow": "Fluss", "legend.input": "Eingabe", "legend.local": "lokale Ableitung" };

const DOCUMENT = graph([input(0, "x"), operation(1, "log", "y")], { 1: [0] }, { local: 2 / 3, flow: "-Infinity" });
const EDGE = sceneOf(DOCUMENT, "right", null).wires[0] ?? assert.fail();

test("a node is named by label, work, data and grad", () => {
  speak("en", EN);
  assert.equal(heardNode({ ...input(0, "a", 2), grad: 6 }), "a, input, data 2, grad 6");
  assert.equal(heardNode({ ...operation(1, "*", "L"), data: -8 }), "L, *, data -8, grad 1");
  assert.equal(heardNode({ ...operation(1, "*"), data: -6, grad: -2 }), "*, data -6, grad -2");
  assert.equal(heardNode(node({ id: 2, kind: "constant", data: 2, grad: null })), "constant, data 2");
});

test("an edge says its ends, its derivative and its flow", () => {
  speak("en", EN);
  const { wires } = sceneOf(DOCUMENT, "right", null);
  assert.deepEqual(wires.map(heardEdge), ["x to y, local derivative 0.666667, flow -Infinity"]);
  assert.equal(heardEdge({ ...EDGE, ends: "x to y", edge: { ...EDGE.edge, local: null, flow: null } }), "x to y, no gradient");
  assert.equal(heardEdge({ ...EDGE, ends: "x to y", edge: { ...EDGE.edge, values: 3 } }), "x to y, 3 values");
});

test("both are said in the language of the page", () => {
  speak("de", DE);
  const { boxes, wires } = sceneOf(DOCUMENT, "right", null);
  assert.deepEqual(boxes.map((box) => heardNode(box.node)), ["x, Eingabe, data 1, grad 1", "y, log, data 1, grad 1"]);
  assert.deepEqual(wires.map(heardEdge), ["x zu y, lokale Ableitung 0.666667, Fluss -Infinity"]);
});
