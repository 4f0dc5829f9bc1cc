import assert from "node:assert/strict";
import { test } from "node:test";

import { exampleOf, searchOf, sourceOf } from "../../static/js/url.js";

const EXAMPLES = [
  { name: "chain", title: "", sentence: "", level: "", source: "L = a*b\n" },
  { name: "square", title: "", sentence: "", level: "", source: "y = x*x\n" },
];

for (const source of ["a = 2.0\nb = a + 1 & 2", "x = 'ü😀%+#?'", " ", ""]) {
  test(`an address gives back the program ${JSON.stringify(source)}`, () => assert.equal(sourceOf(searchOf(source, EXAMPLES), EXAMPLES), source));
}

test("an example goes by its name", () => {
  assert.equal(searchOf("y = x*x", EXAMPLES), "?example=square");
  assert.equal(sourceOf("?example=square", EXAMPLES), "y = x*x\n");
  assert.equal(exampleOf("y = x*x\n\n", EXAMPLES)?.name, "square");
});

test("an unknown example is nothing", () => assert.equal(sourceOf("?example=none", EXAMPLES), null));

test("a program outweighs an example", () => assert.equal(sourceOf("?example=chain&source=z", EXAMPLES), "z"));

test("a program over 8 KiB stays out of the address", () => {
  assert.notEqual(searchOf("x".repeat(8192), []), "");
  assert.equal(searchOf("x".repeat(8193), []), "");
  assert.equal(searchOf("é".repeat(4097), []), "");
});
