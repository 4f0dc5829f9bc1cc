import assert from "node:assert/strict";
import { test } from "node:test";

import { opened, refused, selected, typed } from "../../static/js/store.js";
import { annotationsOf } from "../../static/js/views/annotations.js";
import { SQUARE, diagnostic, node } from "./documents.js";

const SOURCE = "x = 3.0\ny = x*z\nprint(y)";
const RANGE = { start: { line: 1, character: 6 }, end: { line: 1, character: 7 } };
const PROBLEM = diagnostic({ line: 2, range: RANGE, message: "the name z is not defined" });
const page = () => opened({ source: SOURCE, document: null, diagnostics: [PROBLEM], examples: [] });

test("a problem is marked where it is, signed at its line and named below it", () => {
  const { marks, notes, signs } = annotationsOf(page());
  assert.deepEqual(marks, [{ line: 1, before: "y = x*", text: "z", kind: "error" }]);
  assert.deepEqual(signs, [{ line: 1, kind: "error" }]);
  assert.deepEqual(notes, [{ line: 2, before: "print(y)  ", text: "↑ the name z is not defined", kind: "error" }]);
});

test("below the last line the message stands under its place", () => {
  const last = diagnostic({ line: 1, range: { start: { line: 0, character: 4 }, end: { line: 0, character: 7 } } });
  const [note] = annotationsOf(opened({ source: "x = (((", document: null, diagnostics: [last], examples: [] })).notes;
  assert.deepEqual([note?.line, note?.before], [1, "    "]);
});

test("several messages of a line share one", () => {
  const { notes } = annotationsOf(refused(page(), [PROBLEM, { ...PROBLEM, message: "and more" }]));
  assert.deepEqual(notes.map(({ text }) => text), ["↑ the name z is not defined · and more"]);
});

test("an error outweighs a warning in the gutter", () => {
  for (const order of [["error", "warning"], ["warning", "error"]]) {
    const diagnostics = order.map((severity) => diagnostic({ line: 2, severity: /** @type {"error"} */ (severity) }));
    assert.deepEqual(annotationsOf(refused(page(), diagnostics)).signs, [{ line: 1, kind: "error" }]);
  }
});

test("a problem without a place marks nothing", () => {
  assert.deepEqual(annotationsOf(refused(page(), [diagnostic({})])), { marks: [], notes: [], signs: [] });
});

test("the text of the chosen node is marked, until the text changes", () => {
  const document = { ...SQUARE, nodes: [node({ id: 0, span: [12, 15] })] };
  const state = selected(opened({ source: SOURCE, document, diagnostics: [], examples: [] }), 0);
  assert.deepEqual(annotationsOf(state).marks, [{ line: 1, before: "y = ", text: "x*z", kind: "active" }]);
  assert.deepEqual(annotationsOf(state).signs, [{ line: 1, kind: "active" }]);
  assert.deepEqual(annotationsOf(typed(state, `\n${SOURCE}`)).marks, []);
});
