import assert from "node:assert/strict";
import { test } from "node:test";

import { lineAt, partsOf, rangeOfDiagnostic, rangeOfSpan, textOfSpan } from "../../static/js/text.js";
import { diagnostic } from "./documents.js";

const SOURCE = 'x = 2.0\nn = "😀é" + x\n\ny = x*x';

test("a span in code points covers what the service meant", () => {
  const points = Array.from(SOURCE);
  for (let start = 0; start <= points.length; start++) {
    for (let end = start; end <= points.length; end++) assert.equal(textOfSpan(SOURCE, [start, end]), points.slice(start, end).join(""));
  }
});

test("a span beyond the text ends with it", () => assert.deepEqual(rangeOfSpan("ab", [1, 99]), { start: 1, end: 2 }));

test("no span has no text", () => assert.equal(textOfSpan(SOURCE, null), ""));

test("a range counts lines from 0 and UTF-16 units", () => {
  const range = { start: { line: 1, character: 10 }, end: { line: 1, character: 13 } };
  const found = rangeOfDiagnostic(SOURCE, diagnostic({ line: 2, range }));
  assert.equal(found && SOURCE.slice(found.start, found.end), "+ x");
});

test("a diagnostic with only a line is about all of it", () => {
  const found = rangeOfDiagnostic(SOURCE, diagnostic({ line: 4 }));
  assert.equal(found && SOURCE.slice(found.start, found.end), "y = x*x");
});

test("a diagnostic without a place has none", () => assert.equal(rangeOfDiagnostic(SOURCE, diagnostic({})), null));

test("a place below the last line is the end", () => {
  assert.deepEqual(rangeOfDiagnostic("a\nb", diagnostic({ line: 9 })), { start: 3, end: 3 });
});

test("the parts of a range, put together, are the range", () => {
  for (let start = 0; start <= SOURCE.length; start++) {
    for (let end = start; end <= SOURCE.length; end++) {
      const text = partsOf(SOURCE, { start, end }).map((part) => lineAt(SOURCE, part.line).slice(part.start, part.end));
      assert.equal(text.join(""), SOURCE.slice(start, end).replaceAll("\n", ""));
    }
  }
});

test("an empty range keeps its place", () => assert.deepEqual(partsOf("ab\ncd", { start: 2, end: 2 }), [{ line: 0, start: 2, end: 2 }]));
