import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { test } from "node:test";

import { elementOf, entrySentenceOf, latexOf, ledgerOf, linesOf, mathOf, mathTree, pendingAt, ruleOf, say, sentenceOf, stepsOf } from "../../static/js/explain/index.js";
import { NOTATION } from "../../static/js/generated/notation.js";
import { graph, input, operation } from "./documents.js";

/** @import { GraphDocument, Num } from "../../static/js/types.d.ts" */
/** @import { Element } from "../../static/js/explain/types.d.ts" */

/** @param {string} language @returns {Record<string, string>} */
const words = (language) => JSON.parse(readFileSync(resolve(process.argv[1] ?? "", `../../../engine/explain/words/${language}.json`), "utf-8"));
const EN = words("en");
const TIMES = [...NOTATION].find(([, { symbol }]) => symbol === "*")?.[0] ?? "";
const PLUS = [...NOTATION].find(([, { symbol, params }]) => symbol === "+" && params.length === 2)?.[0] ?? "";

/**
 * b = a*a, c = b + b: as the service would answer for this number.
 * @param {number} a
 * @param {string} [label]
 * @returns {GraphDocument}
 */
function doubled(a, label = "a") {
  const made = graph([input(0, label, a), operation(1, TIMES, "b"), operation(2, PLUS, "c")], { 1: [0, 0], 2: [1, 1] });
  /** @type {[Num, Num][]} data and gradient */
  const numbers = [[a, 4 * a], [a * a, 2], [2 * a * a, 1]];
  return {
    ...made,
    graph: { ...made.graph, order: [2, 1], steps: 5 },
    nodes: made.nodes.map((node, id) => ({ ...node, data: numbers[id]?.[0] ?? 0, grad: numbers[id]?.[1] ?? 0, adjoint: numbers[id]?.[1] ?? 0 })),
    edges: made.edges.map((edge) => (edge.target === 1 ? { ...edge, local: a, flow: 2 * a } : edge)),
  };
}

/**
 * A page that only makes elements.
 * @returns {any}
 */
const PAGE = () => ({
  /** @param {string} namespace @param {string} tag */
  createElementNS(namespace, tag) {
    /** @type {any} */
    const element = { namespace, tag, attributes: {}, children: [], textContent: "" };
    element.append = (/** @type {any[]} */ ...children) => element.children.push(...children);
    element.setAttribute = (/** @type {string} */ name, /** @type {string} */ value) => (element.attributes[name] = value);
    return element;
  },
});

test("there are as many steps as the document says, forward and then back", () => {
  const document = doubled(3);
  const steps = stepsOf(document);
  assert.equal(steps.length, document.graph.steps);
  assert.deepEqual(steps.map(({ kind, node }) => [kind, node]), [["make", 1], ["make", 2], ["seed", 2], ["give", 2], ["give", 1]]);
});

test("a step says rule, numbers and result, at every number that the input is moved to", () => {
  for (const a of [3, -2.5, 1e-7, 123456.789, 0]) {
    const document = doubled(a);
    const [step] = stepsOf(document).slice(-1);
    assert.ok(step);
    const [line] = linesOf(step, document);
    assert.match(line?.text ?? "", /^dc\/da \+= dc\/db · a = 2 · \S+ = \S+$/);
    const [, local, result] = /2 · (\S+) = (\S+)$/.exec(line?.text ?? "") ?? [];
    assert.ok(Math.abs(2 * Number(local) - Number(result)) <= 1e-5 * Math.abs(Number(result)));
    assert.ok(Math.abs(Number(local) - a) <= 1e-5 * Math.abs(a));
  }
});

test("two uses by one operation are two deposits, and the second adds to the first", () => {
  const document = doubled(3);
  const [step] = stepsOf(document).slice(-1);
  assert.ok(step);
  const said = sentenceOf(step, document, EN);
  assert.match(said, /a stands here 2 times/);
  assert.match(said, /a already had 6; with this deposit of 6 it has 12\./);
  assert.deepEqual(step.deposits.map(({ before, after }) => [before, after]), [[null, 6], [6, 12]]);
});

test("by PyTorch's rule two passes leave 24, by micrograd's 36", () => {
  for (const [rule, last] of /** @type {const} */ ([["pytorch", 24], ["micrograd", 36]])) {
    const entries = ledgerOf(doubled(3), { rule, passes: 2 }).get(0) ?? [];
    assert.deepEqual(entries.map(({ turn }) => turn), [1, 1, 2, 2]);
    assert.equal(entries[1]?.total, 12);
    assert.equal(entries.at(-1)?.total, last);
    const [entry] = entries.slice(-1);
    assert.ok(entry && entrySentenceOf(entry, 0, doubled(3), EN).endsWith(`a has ${last}.`));
  }
  assert.deepEqual([...ledgerOf(doubled(3), { passes: 0 }).values()], [[], [], []]);
});

test("an operation is pending from when all its users are done until it gives", () => {
  const document = doubled(3);
  assert.deepEqual([0, 1, 2, 3, 4].map((index) => pendingAt(document, index)), [[], [], [], [2], [1]]);
});

test("a label is never read as anything but a name", () => {
  for (const label of ["</script><b>", "__proto__", "constructor", "{line}", "\\end{x}", "\u202edrow", "a".repeat(50_000), " "]) {
    const document = doubled(2, label);
    for (const step of stepsOf(document)) {
      const said = sentenceOf(step, document, EN);
      assert.ok(said.length < 2_000 && !said.includes("\u202e"));
      assert.ok(!said.includes("undefined") && !said.includes("function"));
      texts(mathOf(step, document));
    }
  }
  assert.ok(sentenceOf(/** @type {any} */ (stepsOf(doubled(2, "{line}"))[0]), doubled(2, "{line}"), EN).includes("{line}"));
});

/** @param {Element} part @returns {string} every text of a formula */
const texts = ({ inside }) => (typeof inside === "string" ? inside : inside.map(texts).join(""));

test("a formula becomes elements of MathML, and its texts their texts", () => {
  const tree = mathTree("\\frac{a}{b^{2}} \\le \\text{<x> \\& \\{y\\}}");
  assert.equal(texts(tree), "ab2≤<x> & {y}");
  const made = elementOf(tree, PAGE());
  const { namespace, tag, attributes, children } = /** @type {any} */ (made);
  assert.deepEqual([namespace, tag, attributes], ["http://www.w3.org/1998/Math/MathML", "math", { display: "block" }]);
  assert.equal(children[0].children[0].tag, "mfrac");
  assert.equal(children[0].children[2].textContent, "<x> & {y}");
});

test("a step has LaTeX with its lines under one another", () => {
  const document = doubled(3);
  const [first, ...others] = stepsOf(document);
  assert.equal(first && latexOf(first, document), "b = a \\cdot a = 3 \\cdot 3 = 9");
  assert.equal(latexOf(/** @type {any} */ (others.at(-1)), document).split(" \\\\ ").length, 2);
});

test("numbers that are none are said as such", () => {
  const document = doubled(3);
  const broken = { ...document, edges: document.edges.map((edge) => ({ ...edge, flow: /** @type {const} */ ("NaN") })) };
  const said = stepsOf(broken).map((step) => sentenceOf(step, broken, EN));
  assert.ok(said.at(-1)?.includes("= NaN."));
  assert.ok(said.at(-1)?.includes(EN["nan"] ?? "-"));
});

test("nothing to differentiate, nothing to step through", () => {
  assert.deepEqual(stepsOf(graph([], {})), []);
});

test("every operation has its rule as text", () => {
  for (const [name, { params }] of NOTATION) assert.equal(ruleOf(name).length, 1 + params.length);
  assert.deepEqual(ruleOf("__proto__"), []);
});

test("what is filled in is not looked at again", () => {
  assert.equal(say({ x: "{a} {b}" }, "x", { a: "{b}", b: "$&" }), "{b} $&");
});
