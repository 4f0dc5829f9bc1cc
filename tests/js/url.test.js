import assert from "node:assert/strict";
import { test } from "node:test";

import { PLAIN } from "../../static/js/store.js";
import { exampleOf, searchOf, situationOf, sourceOf } from "../../static/js/url.js";

/** @import { Situation } from "../../static/js/types.d.ts" */

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

const SITUATIONS = [
  {},
  { moved: { a: 3.5, "__proto__#2": -1e-300, "x,y:z": 0 }, step: 0 },
  { selected: 12, panel: "curve", accumulation: "micrograd", passes: 3 },
  { direction: "down", expand: ["net#1", "for i, j#2"] },
];

for (const parts of SITUATIONS) {
  test(`an address gives back ${JSON.stringify(parts)}`, () => {
    const situation = /** @type {Situation} */ ({ ...PLAIN, ...parts });
    assert.deepEqual(situationOf(searchOf("a = 1.0", [], situation)), { situation, ignored: [] });
  });
}

for (const [query, name] of Object.entries({
  "values=a": "values",
  "values=a:": "values",
  "values=a:NaN": "values",
  "values=a:1e999": "values",
  "values=%25E0%25A4%25A:1": "values",
  "open=%25E0%25A4%25A": "open",
  "step=-1": "step",
  "step=1e3": "step",
  "node=x": "node",
  "panel=none": "panel",
  "accumulation=jax": "accumulation",
  "passes=100000": "passes",
  "layout=up": "layout",
  "v=99&step=2": "v",
})) {
  test(`?${query} is left out, and said so`, () => assert.deepEqual(situationOf(`?${query}`), { situation: PLAIN, ignored: [name] }));
}

test("what an address says more is passed over", () => assert.deepEqual(situationOf("?utm_source=x&lang=de").ignored, []));
