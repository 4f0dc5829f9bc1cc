/** What a person does to the inputs: drags, keys, numbers, and buttons. */

/** @import { Facts, Row } from "./row.js" */
/** @import { Range } from "./range.js" */
/** @import { Editor, Store } from "../types.d.ts" */

import { write } from "../element.js";
import { say } from "../say.js";
import { moved, pointed, restored, selected, settled } from "../store.js";
import { literalOf, writtenInto } from "./program.js";
import { keyed, readNumber, snapped, writtenRange } from "./range.js";

/** Keys that move the caret in a field. */
const CARET = new Set(["ArrowLeft", "ArrowRight", "Home", "End"]);

/**
 * @typedef {object} Desk what the events act on
 * @property {HTMLElement} list
 * @property {HTMLElement} refusal
 * @property {ReadonlyMap<string, Row>} rows
 * @property {Store} store
 * @property {Editor} editor
 * @property {(key: string) => Facts | undefined} facts
 * @property {(key: string, range: Range) => void} choose another range
 */

/** @param {Desk} desk */
export function listen(desk) {
  const { list, store } = desk;
  const on = (/** @type {string} */ name, /** @type {(row: Row, facts: Facts, event: Event, target: Element) => void} */ act) =>
    list.addEventListener(name, (event) => {
      const { target } = event;
      const item = target instanceof Element ? target.closest("li") : null;
      const row = desk.rows.get(item?.dataset.key ?? "");
      const facts = row && desk.facts(row.key);
      if (row && facts && target instanceof Element) act(row, facts, event, target);
    });

  on("input", (row, facts, _event, target) => {
    if (target === row.slider) store.apply(moved, row.key, snapped(facts.range, Number(row.slider.value)));
    if (target === row.field) type(desk, row);
  });
  on("change", (row, facts, _event, target) => {
    if (target === row.field) leave(desk, row, facts);
    else if (target !== row.slider) bound(desk, row);
  });
  on("keydown", (row, facts, event, target) => press(desk, row, facts, /** @type {KeyboardEvent} */ (event), target));
  on("click", (row, facts, _event, target) => click(desk, row, facts, target));
  on("dblclick", (row, _facts, _event, target) => {
    if (target === row.slider || target === row.name) store.apply(restored, row.key);
  });
  on("focusin", (_row, { node }) => store.apply(selected, node.id));
  on("focusout", (row, facts, _event, target) => target === row.field && leave(desk, row, facts));
  on("pointerover", (_row, { node }) => store.apply(pointed, node.id));
  list.addEventListener("pointerleave", () => store.apply(pointed, null));
}

/**
 * A number half typed moves nothing; a whole one does at once.
 * @param {Desk} desk
 * @param {Row} row
 */
function type({ store, refusal }, row) {
  row.field.dataset.typing = "";
  const value = readNumber(row.field.value);
  if (value === null) return;
  refuse(row, refusal, "");
  store.apply(moved, row.key, value);
}

/**
 * Done typing: what is no number is refused, and the field shows where the input is.
 * @param {Desk} desk
 * @param {Row} row
 * @param {Facts} facts
 */
function leave({ refusal }, row, { node, name }) {
  if (row.field.dataset.typing === undefined) return;
  const typed = row.field.value;
  delete row.field.dataset.typing;
  row.field.value = String(node.data);
  refuse(row, refusal, readNumber(typed) === null ? say("inputs.refused", { text: typed.slice(0, 40), name, value: String(node.data) }) : "");
}

/**
 * @param {Row} row
 * @param {HTMLElement} refusal
 * @param {string} message
 */
function refuse(row, refusal, message) {
  write(refusal, message);
  row.field.toggleAttribute("data-refused", message !== "");
}

/**
 * Another range, as it is written in its fields.
 * @param {Desk} desk
 * @param {Row} row
 */
function bound({ choose, refusal }, row) {
  const range = writtenRange(...(row.range() ?? ["", "", ""]));
  refuse(row, refusal, range ? "" : say("inputs.noRange"));
  if (range) choose(row.key, range);
}

/**
 * @param {Desk} desk
 * @param {Row} row
 * @param {Facts} facts
 * @param {KeyboardEvent} event
 * @param {Element} target
 */
function press(desk, row, facts, event, target) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (target === row.field && event.key === "Enter") return leave(desk, row, facts);
  if (target !== row.slider && (target !== row.field || CARET.has(event.key))) return;
  const value = Number(facts.node.data);
  const to = keyed(facts.range, Number.isFinite(value) ? value : 0, event.key);
  if (to === null) return;
  event.preventDefault();
  delete row.field.dataset.typing;
  desk.store.apply(moved, row.key, to);
}

/**
 * @param {Desk} desk
 * @param {Row} row
 * @param {Facts} facts
 * @param {Element} target
 */
function click(desk, row, facts, target) {
  if (target === row.name) desk.store.apply(selected, facts.node.id);
  else if (target === row.more) row.toggle(facts);
  else if (target.matches(".write")) writeDown(desk, row.key, facts);
  else if (target === row.restore) {
    row.slider.focus();
    desk.store.apply(restored, row.key);
  }
}

/**
 * Writes the number of a moved input into the program; undo in the editor takes it back.
 * @param {Desk} desk
 * @param {string} key
 * @param {Facts} facts
 */
function writeDown({ store, editor }, key, { node, home }) {
  const literal = home === undefined ? null : literalOf(store.state.drawn, node.span, home);
  if (literal === null || typeof node.data !== "number" || store.state.source !== store.state.drawn) return;
  const source = writtenInto(store.state.source, literal, node.data);
  store.apply(settled, key, node.data);
  editor.replace(source);
}
