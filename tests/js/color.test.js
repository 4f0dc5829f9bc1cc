import assert from "node:assert/strict";
import { test } from "node:test";

import { flowColor, flowWidth, largest } from "../../static/js/color.js";

const PAPER = { light: [255, 255, 255], dark: [0x1b, 0x18, 0x21] };

/**
 * The contrast ratio of WCAG 2.2.
 * @param {number[]} one
 * @param {number[]} other
 */
function contrast(one, other) {
  const [a = 0, b = 0] = [one, other].map(luminance).sort((x, y) => y - x);
  return (a + 0.05) / (b + 0.05);
}

/**
 * @param {number[]} rgb
 */
function luminance(rgb) {
  const [r = 0, g = 0, b = 0] = rgb.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/**
 * The two colours of light-dark(rgb(…), rgb(…)).
 * @param {string | null} color
 */
function pair(color) {
  const numbers = (color ?? "").match(/\d+/g)?.map(Number) ?? [];
  return { light: numbers.slice(0, 3), dark: numbers.slice(3, 6) };
}

for (const flow of [-10, -1, -0.001, 0.001, 1, 10, "Infinity", "-Infinity"]) {
  test(`a flow of ${flow} can be read on light and on dark`, () => {
    const { light, dark } = pair(flowColor(/** @type {import("../../static/js/types.d.ts").Num} */ (flow), 10));
    assert.ok(contrast(light, PAPER.light) >= 4.5, `light ${light}`);
    assert.ok(contrast(dark, PAPER.dark) >= 4.5, `dark ${dark}`);
  });
}

test("the sign decides the hue", () => {
  const [below, above] = [pair(flowColor(-3, 3)), pair(flowColor(3, 3))];
  assert.ok((below.light[2] ?? 0) > (below.light[0] ?? 0), "below zero is purple: more blue than red");
  assert.ok((above.light[0] ?? 0) > (above.light[2] ?? 0), "above zero is orange: more red than blue");
});

test("where there is no sign there is no colour", () => {
  for (const flow of /** @type {const} */ ([null, 0, "NaN"])) assert.equal(flowColor(flow, 3), null);
});

test("a larger flow is wider, in either direction", () => {
  const widths = [0, 0.1, 0.5, 1, 2].map((flow) => flowWidth(flow, 2));
  assert.deepEqual(widths, widths.toSorted((a, b) => a - b));
  assert.equal(new Set(widths).size, widths.length);
  assert.equal(flowWidth(-1, 2), flowWidth(1, 2));
});

test("the scale is the largest finite flow", () => {
  assert.equal(largest([1, -7, null, "NaN", "Infinity"]), 7);
  assert.equal(largest([]), 0);
  assert.equal(flowWidth(0, 0), flowWidth(null, 0));
});
