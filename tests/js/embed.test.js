import assert from "node:assert/strict";
import { test } from "node:test";

import { messagesOf } from "../../static/js/embed/height.js";
import { situationIn, stateOf } from "../../static/js/embed/state.js";
import { PLAIN } from "../../static/js/store.js";

/** @import { State } from "../../static/js/types.d.ts" */

const MOVED = { ...PLAIN, moved: { a: 3 }, step: 2, selected: 1, panel: "ledger", accumulation: "micrograd", passes: 2, direction: "down", expand: ["net#1"] };
/** @type {(more: object) => State} */
const page = (more) => /** @type {State} */ (/** @type {unknown} */ ({ ...PLAIN, source: "L = a", ...more }));

for (const situation of [PLAIN, MOVED]) {
  test(`a state comes back as it was: ${JSON.stringify(situation)}`, () => {
    const kept = JSON.parse(JSON.stringify(stateOf(page(situation))));
    assert.deepEqual(situationIn(kept), { source: "L = a", situation, ignored: [] });
  });
}

for (const value of [null, undefined, 1, "x", [], {}, { version: 1 }, { version: 2, source: "x" }, { version: 1, source: 3 }]) {
  test(`${JSON.stringify(value)} is no state`, () => assert.equal(situationIn(value), null));
}

const WRONG = {
  inputs: [3, [], "x", { a: NaN }, { a: "1" }],
  step: [-1, 1.5, "1", {}],
  panel: ["__proto__", 3],
  passes: [101, -1],
  layout: ["right", {}],
  expand: ["x", [1]],
  engine: ["nobody"],
};
for (const [name, values] of Object.entries(WRONG)) {
  for (const value of values) {
    test(`a state with ${name} ${JSON.stringify(value)} is taken without it`, () => {
      assert.deepEqual(situationIn({ version: 1, source: "x", [name]: value }), { source: "x", situation: PLAIN, ignored: [name] });
    });
  }
}

test("a height is told to each in its own words", () => {
  const address = { href: "https://x.example/embed", hash: "" };
  const told = messagesOf(420, address);
  assert.deepEqual(told[0], { type: "autograd:height", height: 420 });
  assert.deepEqual(JSON.parse(String(told[1])), { context: "iframe.resize", src: address.href, height: 420 });
  assert.deepEqual(told[2], { subject: "lti.frameResize", height: 420 });
  assert.equal(told.length, 3);
});

for (const hash of ["#?secret=Ab1", "#?x=1&secret=Ab1"]) {
  test(`WordPress gets its secret back from ${hash}`, () => {
    assert.deepEqual(messagesOf(420, { href: "", hash }).at(-1), { message: "height", value: 420, secret: "Ab1" });
  });
}
