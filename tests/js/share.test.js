import assert from "node:assert/strict";
import { test } from "node:test";

import { PLAIN } from "../../static/js/store.js";
import { KINDS, linesOf } from "../../static/js/share/lines.js";
import { sharedOf } from "../../static/js/share/shared.js";

/** @import { State } from "../../static/js/types.d.ts" */

const SOURCE = 'a = "<&>"\n)](x\n';
/** @type {(more: Partial<State>) => State} */
const stateOf = (more) => /** @type {State} */ (/** @type {unknown} */ ({ ...PLAIN, source: SOURCE, examples: [], ...more }));
const HOW = { id: null, choices: {}, origin: "https://play.example", title: "Playground", lang: null };
/** @type {(state: State, how?: Partial<Omit<typeof HOW, "id" | "lang">> & { id?: string, lang?: string }) => ReturnType<typeof linesOf>} */
const linesFor = (state, how = {}) => linesOf(/** @type {NonNullable<ReturnType<typeof sharedOf>>} */ (sharedOf(state, { ...HOW, ...how })));

/**
 * The attributes of the last element, as a reader of HTML finds them.
 * @param {string} html
 */
const attributesIn = (html) =>
  Object.fromEntries(
    Array.from(html.slice(html.lastIndexOf("<", html.lastIndexOf("</") - 1)).matchAll(/ ([\w-]+)="([^"]*)"/g), ([, name, text]) => [
      name,
      text.replace(/&(lt|gt|quot|amp|#10|#13|#9);/g, (_, entity) => /** @type {Record<string, string>} */ ({ lt: "<", gt: ">", quot: '"', amp: "&", "#10": "\n", "#13": "\r", "#9": "\t" })[entity]),
    ]),
  );

test("every kind has a line of its own", () => assert.deepEqual(Object.keys(linesFor(stateOf({}))), [...KINDS]));

test("a frame holds the program, however it is written", () => {
  const { src } = attributesIn(linesFor(stateOf({ step: 2 })).iframe.text);
  const address = new URL(src);
  assert.equal(address.pathname, "/embed");
  assert.deepEqual([address.searchParams.get("source"), address.searchParams.get("step")], [SOURCE, "2"]);
});

test("an element stands in one line, with the program in it", () => {
  const { text } = linesFor(stateOf({})).element;
  assert.equal(text.split("\n").length, 2);
  assert.equal(attributesIn(text).source, SOURCE);
});

test("nothing of a program ends a line of Markdown, MyST or reStructuredText", () => {
  const { markdown, myst, rst } = linesFor(stateOf({ source: "x = 1 # ](a) \n``` \n\n" }));
  assert.match(markdown.text, /^\[!\[Playground\]\([^()\s]+\)\]\([^()\s]+\)$/);
  assert.equal(myst.text.split("\n").length, 4);
  assert.equal(rst.text.split("\n").length, 3);
});

test("what was chosen goes to the frame, and not to the page", () => {
  const lines = linesFor(stateOf({}), { choices: { theme: "dark" }, lang: "de" });
  assert.equal(new URL(lines.notion.text).searchParams.get("theme"), "dark");
  assert.equal(new URL(lines.link.text).searchParams.get("theme"), null);
  assert.equal(new URL(lines.link.text).searchParams.get("lang"), "de");
  assert.equal(attributesIn(lines.element.text).theme, "dark");
});

test("a short link stands for everything", () => {
  const lines = linesFor(stateOf({ step: 2 }), { id: "abc" });
  assert.equal(lines.short.text, "https://play.example/z/abc");
  assert.equal(lines.notion.text, "https://play.example/embed/abc");
  assert.equal(lines.png.text, "https://play.example/z/abc.png");
  assert.deepEqual(attributesIn(lines.element.text), { link: "abc" });
});

test("a program too long for an address needs a short link", () => {
  const long = stateOf({ source: "x".repeat(8193) });
  assert.equal(sharedOf(long, HOW), null);
  assert.notEqual(sharedOf(long, { ...HOW, id: "abc" }), null);
});

test("a picture has the inputs where they were moved to", () => {
  const { png } = linesFor(stateOf({ moved: { a: 3 }, accumulation: "micrograd" }));
  const { searchParams } = new URL(png.text);
  assert.deepEqual(JSON.parse(searchParams.get("inputs") ?? ""), { a: 3 });
  assert.equal(searchParams.get("accumulation"), "micrograd");
});
