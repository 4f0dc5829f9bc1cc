import assert from "node:assert/strict";
import { test } from "node:test";

import { does } from "../../static/js/heard.js";
import { speak } from "../../static/js/say.js";
import { csvOf } from "../../static/js/views/table/csv.js";
import { filtered, formulasOf, pressed, rowsOf, sorted } from "../../static/js/views/table/rows.js";
import { WHOLE, windowOf } from "../../static/js/views/table/window.js";
import { CHAIN, graph, input, node, operation } from "./documents.js";

/** @import { Num } from "../../static/js/types.d.ts" */

/** @param {Num[]} values */
const leaves = (...values) => graph(values.map((data, id) => node({ id, kind: "input", label: `x${id}`, key: `x${id}`, data })), {});
const none = () => "";
/** @param {import("../../static/js/views/table/rows.js").Row[]} rows */
const names = (rows) => rows.map(({ name }) => name);

test("there is a row for each node, as they were made", () => {
  assert.deepEqual(rowsOf(CHAIN, "", null).map(({ node: { id } }) => id), CHAIN.nodes.map(({ id }) => id));
  assert.deepEqual(rowsOf(null, "", null), []);
});

test("gradients come with the steps", () => {
  const document = graph([{ ...input(0, "x", 3), grad: 6 }, { ...operation(1, "mul", "y"), grad: 1 }], { 1: [0, 0] }, { flow: 3 });
  document.graph.order = [1];
  document.graph.steps = 3;
  assert.deepEqual([0, 1, 2, 3, null].map((step) => rowsOf(document, "", step).map(({ grad }) => grad)), [[null, null], [null, null], [null, 1], [6, 1], [6, 1]]);
});

test("numbers are sorted as numbers, and what is none comes last", () => {
  const rows = rowsOf(leaves(10, "NaN", -3, "Infinity", 9, "-Infinity"), "", null);
  const by = (/** @type {boolean} */ descending) => sorted(rows, { column: "data", descending }, none).map(({ node: { data } }) => data);
  assert.deepEqual(by(false), ["-Infinity", -3, 9, 10, "Infinity", "NaN"]);
  assert.deepEqual(by(true), ["Infinity", 10, 9, -3, "-Infinity", "NaN"]);
});

test("names are sorted as people count", () => {
  const rows = rowsOf(leaves(...Array(11).fill(1)), "", null);
  assert.deepEqual(names(sorted(rows, { column: "name", descending: true }, none)).slice(0, 2), ["x10", "x9"]);
  assert.equal(sorted(rows, null, none), rows);
});

test("pressing a head sorts up, down, and not", () => {
  const one = pressed(null, "data");
  const two = pressed(one, "data");
  assert.deepEqual([one, two, pressed(two, "data"), pressed(two, "name")], [
    { column: "data", descending: false },
    { column: "data", descending: true },
    null,
    { column: "name", descending: false },
  ]);
});

test("rows are found by a part of their name, or by what they do", () => {
  const rows = rowsOf(CHAIN, "", null);
  assert.deepEqual(names(filtered(rows, " A ")), ["a"]);
  assert.equal(filtered(rows, "mul").length, 2);
  assert.equal(filtered(rows, ""), rows);
});

test("an operation is written in terms of other rows", () => {
  const nodes = [input(0, "a"), input(1, "b"), { ...operation(2, "mul"), symbol: "*", span: /** @type {[number, number]} */ ([0, 3]) }];
  const document = graph([...nodes, { ...operation(3, "add", "c"), symbol: "+" }, { ...operation(4, "neg", "d"), symbol: "-" }, operation(5, "tanh", "e")], {
    2: [0, 1],
    3: [2, 0],
    4: [3],
    5: [4],
  });
  const formulaOf = formulasOf(document, "a*b");
  assert.deepEqual(document.nodes.map(formulaOf), ["", "", "= a * b", "= (a*b) + a", "= -d".replace("d", "c"), "= tanh(d)"]);
});

test("values travel in full, and no text is computed by a spreadsheet", () => {
  const nodes = [
    { ...input(0, "=cmd()", 0.1 + 0.2), grad: -1e-300 },
    { ...input(1, 'say "hi", you'), grad: null },
    { ...operation(2, "sub", " @x"), symbol: "-", data: /** @type {Num} */ ("-Infinity") },
  ];
  const document = graph(nodes, { 2: [0, 1] });
  const lines = csvOf(rowsOf(document, "", null), ["Name", "Operation", "Data", "Grad", "Formula"], () => "= a,b").split("\r\n");
  assert.deepEqual(lines, [
    "Name,Operation,Data,Grad,Formula",
    `'=cmd(),input,0.30000000000000004,-1e-300,"'= a,b"`,
    `"say ""hi"", you",input,1,,"'= a,b"`,
    `' @x,'-,-Infinity,1,"'= a,b"`,
    "",
  ]);
});

test("a table that is not long is there as a whole, and of a long one what is in view", () => {
  assert.deepEqual(windowOf(WHOLE, 5000, 100, 20), { from: 0, to: WHOLE });
  for (const top of [0, 1234, 399_000, 10 ** 9]) {
    const { from, to } = windowOf(20_000, top, 500, 20);
    const seen = Math.min(Math.floor(top / 20), 20_000 - 25);
    assert.ok(from <= seen && seen + 25 <= to && to - from <= 100 && from >= 0 && to <= 20_000, `${top}: ${from} to ${to}`);
  }
});

test("a kind is found by its name in the language of the page, and by that of the document", () => {
  speak("de", { "legend.input": "Eingabe" });
  const rows = rowsOf(leaves(1, 2), "", null);
  assert.equal(does(rows[0].node), "Eingabe");
  for (const wanted of ["eingabe", "input"]) assert.equal(filtered(rows, wanted).length, 2);
  speak("en", {});
});
