import assert from "node:assert/strict";
import { afterEach, mock, test } from "node:test";

import { bare, filled } from "../../static/js/predict/hidden.js";
import { isDone, Session } from "../../static/js/predict/session.js";
import { arrived, found, predicting } from "../../static/js/predict/transitions.js";
import * as store from "../../static/js/store.js";
import { USUAL } from "../../static/js/task.js";
import { CHAIN } from "./documents.js";

/** @import { Verdict } from "../../static/js/predict/session.js" */

const fresh = () => store.opened({ source: "L = …", document: CHAIN, diagnostics: [], examples: [] });
const grads = (/** @type {any} */ document) => document.nodes.map((/** @type {any} */ { grad }) => grad);

/** @type {Verdict} */
const VERDICT = { node: 0, name: "a", read: true, right: true, mistake: null, at: null, message: "Right.", number: 6, derivation: ["6"], shown: false, left: null, score: { right: 1, questions: 2 }, receipt: false, token: "t1" };

afterEach(() => mock.restoreAll());

/**
 * A session with a service that answers so, and what it was asked and told.
 * @param {(Partial<Verdict> | number)[]} answers verdicts, or the status of a refusal
 */
function played(...answers) {
  /** @type {any[]} */
  const questions = [];
  /** @type {any[]} */
  const events = [];
  const target = new EventTarget();
  target.addEventListener("autograd:answer", (event) => events.push(/** @type {CustomEvent} */ (event).detail));
  Object.assign(globalThis, { document: target });
  mock.method(globalThis, "fetch", async (/** @type {string} */ _, /** @type {any} */ { body }) => {
    questions.push(JSON.parse(body));
    const answer = answers.shift();
    if (typeof answer === "number") return Response.json({ title: "no", diagnostics: [{ message: "No." }] }, { status: answer });
    return Response.json({ ...VERDICT, ...answer });
  });
  const state = store.createStore(predicting(fresh(), USUAL));
  const session = new Session(state, () => undefined);
  session.follow();
  return { state, session, questions, events };
}

test("what is to be predicted is taken out, and the rest is left", () => {
  const document = bare(CHAIN);
  assert.ok(grads(document).every((/** @type {unknown} */ grad) => grad === null));
  assert.ok(document.edges.every(({ local, flow }) => local === null && flow === null));
  assert.deepEqual(document.nodes.map(({ data }) => data), CHAIN.nodes.map(({ data }) => data));
  assert.notEqual(grads(CHAIN)[0], null);
});

test("a number that was found stands where it was hidden", () => {
  assert.deepEqual(grads(filled(bare(CHAIN), "grad", new Map([[0, 6]])))[0], 6);
  assert.deepEqual(filled(bare(CHAIN), "data", new Map([[0, 7]])).nodes[0]?.data, 7);
});

test("a task hides the gradients at once, and puts moved inputs back", () => {
  const moved = store.moved(fresh(), "a", 9);
  const state = predicting(moved, USUAL);
  assert.ok(grads(state.shown).every((/** @type {unknown} */ grad) => grad === null));
  assert.deepEqual([state.moved, state.step, state.panel, state.task], [{}, null, "predict", USUAL]);
  assert.equal(store.moved(state, "a", 9), state);
  assert.equal(predicting(state, null).task, null);
});

test("an address that brings a task hides the gradients, too", () => {
  const state = arrived(fresh(), { ...store.PLAIN, task: USUAL }, []);
  assert.ok(grads(state.shown).every((/** @type {unknown} */ grad) => grad === null));
  const known = found(state, new Map([[0, 6]]));
  assert.equal(grads(arrived(known, { ...store.PLAIN, task: USUAL, step: 1 }, []).shown)[0], 6);
  assert.equal(arrived(fresh(), store.PLAIN, []).shown, CHAIN);
});

test("without a task nothing is put in", () => {
  const state = fresh();
  assert.equal(found(state, new Map([[0, 1]])), state);
});

test("an answer is sent with the token of the one before, and told to the page around", async () => {
  const { state, session, questions, events } = played({ right: false, number: null, mistake: "sign" }, { token: "t2" });
  await session.answer(0, "-6");
  assert.equal(isDone(session.verdicts.get(0)), false);
  await session.answer(0, "6");
  assert.deepEqual(questions.map(({ node, answer, token }) => [node, answer, token]), [[0, "-6", null], [0, "6", "t1"]]);
  assert.deepEqual(events.map(({ mistake, answer, right }) => [mistake, answer, right]), [["sign", "-6", false], [null, "6", true]]);
  assert.ok(events.every((event) => !("token" in event)));
  assert.equal(grads(state.state.shown)[0], 6);
  assert.deepEqual(session.numbers, new Map([[0, 6]]));
  assert.deepEqual(session.turns.map(({ node }) => node), [0]);
});

test("a refusal and a service that is away are said, and nothing is counted", async () => {
  const { session, events } = played(422, 503);
  await session.answer(0, "1");
  assert.equal(session.trouble, "No.");
  await session.answer(0, "1");
  assert.equal(session.trouble, "busy");
  assert.deepEqual([session.last, session.token, events], [null, null, []]);
});

test("another task begins anew, and an answer for the old one is nobody's", async () => {
  const { state, session } = played({});
  const answering = session.answer(0, "6");
  state.apply(predicting, { ...USUAL, tries: 1 });
  session.follow();
  await answering;
  assert.deepEqual([session.last, session.verdicts.size, session.waiting], [null, 0, false]);
});

test("while an answer is under way there is no second", async () => {
  const { session, questions } = played({}, {});
  await Promise.all([session.answer(0, "6"), session.answer(0, "6")]);
  assert.equal(questions.length, 1);
});
