import assert from "node:assert/strict";
import { test } from "node:test";

import { addressOf, linkOf, linkTo, pathOf, situationAt, situationOfLink } from "../../static/js/linked.js";
import * as store from "../../static/js/store.js";
import { CHAIN } from "./documents.js";

/** @import { LinkState, OpenedLink, Situation } from "../../static/js/types.d.ts" */

const SOURCE = "a = 2.0\nL = a*a";
/** @type {Situation} */
const SITUATION = { ...store.PLAIN, moved: { a: 3.5 }, step: 2, selected: 1, panel: "ledger", accumulation: "micrograd", passes: 2, direction: "down", expand: ["net#1"] };
const state = (/** @type {Partial<Situation>} */ situation = {}, source = SOURCE) => ({ ...store.opened({ source, document: CHAIN, diagnostics: [], examples: [] }), ...situation });
/** @type {OpenedLink} */
const LINK = { id: "abcdefghij", state: linkTo(state(SITUATION)) };

for (const situation of [store.PLAIN, SITUATION, { ...SITUATION, direction: /** @type {const} */ ("right") }]) {
  test(`a link gives back what the page was at: ${JSON.stringify(situation)}`, () => {
    const link = /** @type {LinkState} */ (JSON.parse(JSON.stringify(linkTo(state(situation)))));
    assert.equal(link.source, SOURCE);
    assert.deepEqual(situationOfLink(link), situation);
  });
}

test("the page knows the link it was opened with, line ends as a text area has them", () => {
  const told = JSON.stringify({ id: "x", state: { ...LINK.state, source: "a\r\nb\rc" } });
  const page = /** @type {Document} */ (/** @type {unknown} */ ({ getElementById: () => ({ textContent: told }) }));
  assert.equal(linkOf(page)?.state.source, "a\nb\nc");
  assert.equal(linkOf(/** @type {Document} */ (/** @type {unknown} */ ({ getElementById: () => null }))), null);
});

test("a bare link opens as it was made", () => {
  for (const search of ["", "?lang=de", "?theme=dark"]) assert.deepEqual(situationAt(search, LINK), { situation: SITUATION, ignored: [] });
});

test("an address that says everything leaves nothing to the link", () => {
  assert.deepEqual(situationAt("?v=1", LINK).situation, store.PLAIN);
  assert.deepEqual(situationAt("?step=1&v=1", LINK).situation, { ...store.PLAIN, step: 1 });
});

test("without a link the address is read alone", () => {
  assert.deepEqual(situationAt("?step=1", null).situation, { ...store.PLAIN, step: 1 });
});

test("the address stays the link's while nothing was done", () => {
  assert.deepEqual(addressOf(state(SITUATION), LINK, "/anything"), { path: pathOf(LINK), search: "" });
});

test("what is done to the link's program stays behind the link, and comes back from there", () => {
  for (const situation of [store.PLAIN, { ...SITUATION, step: 3 }]) {
    const { path, search } = addressOf(state(situation), LINK, "/anything");
    assert.equal(path, pathOf(LINK));
    assert.deepEqual(situationAt(search, LINK), { situation, ignored: [] });
  }
});

test("another program leaves the link", () => {
  assert.deepEqual(addressOf(state({}, "x = 1.0"), LINK, pathOf(LINK)), { path: "/", search: "?source=x+%3D+1.0" });
});

test("a page without a link stays where it is", () => {
  assert.deepEqual(addressOf(state({}, "x = 1.0"), null, "/learn/slope"), { path: "/learn/slope", search: "?source=x+%3D+1.0" });
});

test("locked inputs do not move, nor go back", () => {
  const locked = { ...store.opened({ source: SOURCE, document: CHAIN, diagnostics: [], examples: [], locks: ["inputs"] }), moved: { a: 3.5 } };
  assert.equal(store.moved(locked, "a", 4), locked);
  assert.equal(store.restored(locked), locked);
  assert.notEqual(store.moved({ ...locked, locks: [] }, "a", 4), locked);
});
