/** The ledger: the deposits that a gradient is made of, pass by pass, by PyTorch's rule or micrograd's. */

/** @import { State, Store } from "../types.d.ts" */
/** @import { Parts } from "./ledger/parts.js" */

import { copyOnPress } from "../copy.js";
import { say } from "../say.js";
import { accumulated } from "../store.js";
import { emptiness } from "../views/caption.js";
import { listenToMentions } from "../views/mentions.js";
import { BY_HAND, pageOf, showPages } from "./ledger/pages.js";
import { build } from "./ledger/parts.js";
import { row, written } from "./ledger/rows.js";
import { viewOf } from "./ledger/view.js";

const MOST_ROWS = 500;
const MOST_PASSES = 100;

/**
 * @param {HTMLElement} element
 * @param {Store} store
 */
export function mount(element, store) {
  const parts = build(element);
  /** @type {string | null} the page that a person chose; null for the one that suits */
  let chosen = null;
  const view = () => viewOf(store.state, pageOf(store.state, chosen));
  const update = () => {
    showPages(parts, store.state, chosen);
    draw(parts, store.state, view());
  };
  const turn = (/** @type {number} */ passes) => {
    chosen = BY_HAND;
    store.apply(accumulated, store.state.accumulation, Math.min(passes, MOST_PASSES));
    update();
  };
  parts.again.addEventListener("click", () => turn(store.state.passes + 1));
  parts.zero.addEventListener("click", () => turn(0));
  parts.group.addEventListener("change", () => store.apply(accumulated, parts.rule(), store.state.passes));
  parts.pages.addEventListener("change", () => {
    chosen = parts.pages.value;
    update();
  });
  const said = { done: say("step.copied"), failed: say("step.copyFailed") };
  copyOnPress(parts.copy, () => written(view()?.deposits ?? [], store.state), said);
  listenToMentions(parts.body, store);

  /** @type {State | null} */
  let last = null;
  store.subscribe((state) => {
    if (state.panel !== "ledger") return;
    const before = last;
    last = state;
    if (before && WATCHED.every((name) => before[name] === state[name])) return;
    if (before?.shown?.graph.structure !== state.shown?.graph.structure) chosen = null;
    update();
  });
}

/** @type {(keyof State)[]} */
const WATCHED = ["shown", "selected", "step", "accumulation", "passes", "drawn"];

/**
 * @param {Parts} parts
 * @param {State} state
 * @param {ReturnType<typeof viewOf>} view
 */
function draw({ actions, again, note, whole, caption, body, rest, why, copy }, state, view) {
  actions.hidden = view === null || state.document?.steps !== undefined;
  const deposits = view?.deposits ?? [];
  whole.hidden = copy.hidden = deposits.length === 0;
  put(note, view?.note ?? emptiness(state.document));
  put(why, view?.why ?? "");
  put(rest, deposits.length > MOST_ROWS ? say("ledger.rest", { most: MOST_ROWS, count: deposits.length }) : "");
  caption.textContent = view ? say("ledger.caption", { name: view.name }) : "";
  const held = body.contains(body.ownerDocument.activeElement);
  body.replaceChildren(...deposits.slice(0, MOST_ROWS).map((deposit) => row(deposit, state)));
  if (held) (body.querySelector("button") ?? again).focus({ preventScroll: true });
}

/**
 * @param {HTMLElement} element
 * @param {string} text
 */
function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
  element.hidden = text === "";
}
