import assert from "node:assert/strict";
import { test } from "node:test";

import { asText, digitsOf, distance, strangers, writtenRight } from "../../static/js/panels/check/verdicts.js";

/** @type {import("../../static/js/panels/check/verdicts.js").Row} */
const ROW = { node: 0, key: "a", label: "a", data: 2, reverse: 6, forward: 6, central: 6.000000000001, complex: null, difference: 1.6e-13, verdict: "agrees" };

test("digits that agree", () => {
  assert.equal(digitsOf(0), 16);
  assert.equal(digitsOf(1.6e-13), 12);
  assert.equal(digitsOf(0.5), 0);
  assert.equal(digitsOf(40), 0);
});

test("how far two slopes are apart", () => {
  assert.equal(distance(6, null), null);
  assert.equal(distance("Infinity", "Infinity"), 0);
  assert.equal(distance("NaN", "NaN"), 0);
  assert.equal(distance("NaN", 1), null);
  assert.equal(distance(100, 101), 1 / 101);
  assert.equal(distance(0, 0.25), 0.25);
});

test("gradients of the page that are other than the service's are named", () => {
  const other = { ...ROW, node: 1 };
  assert.deepEqual(strangers([ROW, other], new Map([[0, 6], [1, 6.1]])), [other]);
  assert.deepEqual(strangers([ROW], new Map([[0, NaN]])), [ROW]);
  assert.deepEqual(strangers([ROW], new Map()), []);
});

test("a copied table keeps all digits and harms no spreadsheet", () => {
  const rows = [{ ...ROW, label: '=HYPERLINK("x"),' }, { ...ROW, label: null, key: null, reverse: /** @type {const} */ ("-Infinity") }];
  assert.equal(asText(rows, ["input", "data"], ","), 'input,data\n"\'=HYPERLINK(""x""),",2,6,6,6.000000000001,,1.6e-13,agrees\n#0,2,-Infinity,6,6.000000000001,,1.6e-13,agrees');
  assert.equal(asText([ROW], ["a", "b"], "\t"), "a\tb\na\t2\t6\t6\t6.000000000001\t\t1.6e-13\tagrees");
});

test("gradients that an engine of the program's own wrote are counted, and copied beside the others", () => {
  const rows = [{ ...ROW, written: 3, right: false }, { ...ROW, written: 6, right: true }, ROW];
  assert.deepEqual(writtenRight(rows), { count: 2, right: 1 });
  assert.equal(writtenRight([ROW]), null);
  assert.equal(asText(rows, ["h"], "\t").split("\n")[1], "a\t2\t3\tfalse\t6\t6\t6.000000000001\t\t1.6e-13\tagrees");
  assert.equal(asText(rows, ["h"], "\t").split("\n")[3], "a\t2\t\t\t6\t6\t6.000000000001\t\t1.6e-13\tagrees");
});
