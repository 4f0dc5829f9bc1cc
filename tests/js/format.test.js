import assert from "node:assert/strict";
import { test } from "node:test";

import { number, shorten } from "../../static/js/format.js";

/** Numbers of every size, the same in each run. */
const NUMBERS = Array.from({ length: 4000 }, (_, i) => Math.sin(i + 1) * 10 ** ((i % 600) - 300));

test("a number is within half a unit of its sixth digit", () => {
  for (const value of NUMBERS) assert.ok(Math.abs(Number(number(value)) - value) <= 5.000001e-6 * Math.abs(value), String(value));
});

test("a number has at most six significant digits", () => {
  for (const value of NUMBERS) {
    const digits = number(value).replace(/e.*$/, "").replace(/[-.]/g, "").replace(/^0+/, "");
    assert.ok(digits.length <= 6, number(value));
  }
});

test("a number takes at most thirteen characters", () => {
  for (const value of NUMBERS) assert.ok(number(value).length <= 13, number(value));
});

for (const [value, text] of /** @type {const} */ ([
  [2, "2"],
  [-6, "-6"],
  [-0, "0"],
  [2 / 3, "0.666667"],
  [999_999, "999999"],
  [999_999.6, "1e6"],
  [1.5e300, "1.5e300"],
  [1e-4, "0.0001"],
  [0.00001234, "1.234e-5"],
  ["NaN", "NaN"],
  ["-Infinity", "-Infinity"],
])) {
  test(`${value} is written ${text}`, () => assert.equal(number(value), text));
}

test("fewer digits may be asked for", () => assert.equal(number(2 / 3, 4), "0.6667"));

test("a long text keeps both its ends", () => {
  for (const most of [5, 15, 24]) {
    const text = "layers[0].neurons[2].w[1]";
    const short = shorten(text, most);
    const [head, tail] = short.split("…");
    assert.equal(Array.from(short).length, most);
    assert.ok(head !== undefined && tail !== undefined && text.startsWith(head) && text.endsWith(tail));
  }
  assert.equal(shorten("a", 15), "a");
});
