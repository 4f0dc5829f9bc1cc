import assert from "node:assert/strict";
import { test } from "node:test";

import * as store from "../../static/js/store.js";
import { CHAIN, SQUARE, diagnostic, graph, input, operation } from "./documents.js";

const fresh = () => store.opened({ source: "L = …", document: CHAIN, diagnostics: [], examples: [] });

test("the page opens with what the server sent", () => {
  const state = fresh();
  assert.deepEqual([state.document, state.drawn, state.refused], [CHAIN, "L = …", false]);
});

test("a page sent with problems has no picture", () => {
  const wrong = [diagnostic({ line: 1 })];
  const state = store.opened({ source: "(", document: null, diagnostics: wrong, examples: [] });
  assert.deepEqual([state.diagnostics, state.refused, state.document], [wrong, true, null]);
});

test("a wrong program keeps the last good picture", () => {
  const wrong = [diagnostic({ line: 1 })];
  const state = store.refused(store.typed(fresh(), "L = ("), wrong);
  assert.deepEqual([state.document, state.drawn, state.refused, state.diagnostics], [CHAIN, "L = …", true, wrong]);
});

test("a right one clears the problems", () => {
  const state = store.drawn(store.refused(fresh(), [diagnostic({})]), "y = x*x", SQUARE);
  assert.deepEqual([state.document, state.drawn, state.refused, state.diagnostics], [SQUARE, "y = x*x", false, []]);
});

test("warnings come with the picture", () => {
  const warned = { ...SQUARE, diagnostics: [diagnostic({ severity: "warning" })] };
  assert.deepEqual(store.drawn(fresh(), "", warned).diagnostics, warned.diagnostics);
});

test("the chosen node is followed through an edit, or let go", () => {
  const edited = graph([input(0, "f"), operation(1, "tanh", "L")], { 1: [0] });
  assert.equal(store.drawn(store.selected(fresh(), 5), "", edited).selected, 0);
  assert.equal(store.drawn(store.selected(fresh(), 1), "", edited).selected, null);
});

test("the pointer outweighs the choice", () => {
  assert.equal(store.active(store.pointed(store.selected(fresh(), 1), 2)), 2);
  assert.equal(store.active(store.selected(fresh(), 1)), 1);
  assert.equal(store.active(fresh()), null);
});

test("any answer says that the service is well again", () => {
  for (const answer of [store.drawn(store.failed(fresh(), "unreachable"), "", SQUARE), store.refused(store.failed(fresh(), "busy"), [])]) {
    assert.deepEqual([answer.service, answer.waiting], ["well", "no"]);
  }
});

test("asking again does not hide that it takes long", () => {
  assert.equal(store.asked(fresh()).waiting, "briefly");
  assert.equal(store.asked(store.waitedLong(fresh())).waiting, "long");
});

test("subscribers see the state at once and after each transition", () => {
  const { apply, subscribe } = store.createStore(fresh());
  /** @type {(number | null)[]} */
  const seen = [];
  subscribe(({ selected }) => seen.push(selected));
  apply(store.selected, 3);
  apply(store.selected, null);
  assert.deepEqual(seen, [null, 3, null]);
});
