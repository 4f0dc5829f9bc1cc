/** One input: its name, a slider, a field, its gradient, and behind a button its range and what else can be done with it. */

/** @import { GraphNode } from "../types.d.ts" */
/** @import { Range } from "./range.js" */

import { element, mark, write } from "../element.js";
import { number, shorten } from "../format.js";
import { say } from "../say.js";

const LONGEST_NAME = 60;
const NONE = "–";

/**
 * @typedef {object} Facts what a row shows
 * @property {GraphNode} node
 * @property {string} name
 * @property {Range} range
 * @property {boolean} moved
 * @property {number | undefined} home the program's number, where it is known
 * @property {boolean} writable whether that number stands in the program
 * @property {boolean} chosen
 */

/** @typedef {ReturnType<typeof createRow>} Row */

/** @param {string} key */
export function createRow(key) {
  const parts = build(key);
  const { item, name, slider, field, grad, restore, more } = parts;
  /** @type {ReturnType<typeof createDetails> | null} */
  let details = null;

  /** @param {Facts} facts */
  const update = (facts) => {
    const { node, range, moved, chosen } = facts;
    item.classList.toggle("moved", moved);
    restore.hidden = !moved;
    write(grad, node.grad === null ? "" : say("inputs.grad", { grad: number(node.grad) }));
    item.classList.toggle("chosen", chosen);
    showName(parts, facts.name);
    showSlider(slider, range, node);
    showField(field, range, node);
    if (details?.element.hidden === false) details.update(facts);
  };

  /** Shows the range and the rest, or puts it away. @param {Facts} facts */
  const toggle = (facts) => {
    const open = more.getAttribute("aria-expanded") !== "true";
    more.setAttribute("aria-expanded", String(open));
    if (open && !details) item.append((details = createDetails()).element);
    if (details) details.element.hidden = !open;
    details?.update(facts);
  };

  return { key, element: item, name, slider, field, restore, more, update, toggle, range: () => details?.written() };
}

/** @param {string} key */
function build(key) {
  const name = element("span", { class: "name", "aria-hidden": "true" }); // slider and field say it
  const slider = element("input", { type: "range", step: "any" });
  const field = element("input", { type: "text", role: "spinbutton", class: "value", spellcheck: "false", autocomplete: "off" });
  const grad = element("span", { class: "grad" });
  const restore = element("button", { type: "button", class: "restore" }, "↺");
  const more = element("button", { type: "button", class: "more", "aria-expanded": "false" }, "⋯");
  const item = element("li", { class: "input" }, name, slider, field, grad, restore, more);
  item.dataset.key = key;
  return { item, name, slider, field, grad, restore, more };
}

/**
 * @param {ReturnType<typeof build>} parts
 * @param {string} label
 */
function showName({ name, slider, field, restore, more }, label) {
  if (name.dataset.label === label) return;
  name.dataset.label = label;
  write(name, shorten(label, LONGEST_NAME));
  name.title = label;
  slider.setAttribute("aria-label", label);
  field.setAttribute("aria-label", say("inputs.value", { name: label }));
  restore.setAttribute("aria-label", say("inputs.restore", { name: label }));
  restore.title = say("inputs.restore", { name: label });
  more.setAttribute("aria-label", say("inputs.more", { name: label }));
  more.title = say("inputs.more", { name: label });
}

/**
 * @param {HTMLInputElement} slider
 * @param {Range} range
 * @param {GraphNode} node
 */
function showSlider(slider, { min, max }, { data }) {
  mark(slider, "min", String(min));
  mark(slider, "max", String(max));
  if (slider.value !== String(data)) slider.value = String(data);
  mark(slider, "aria-valuetext", number(data));
}

/**
 * @param {HTMLInputElement} field
 * @param {Range} range
 * @param {GraphNode} node
 */
function showField(field, { min, max }, { data }) {
  mark(field, "aria-valuemin", String(min));
  mark(field, "aria-valuemax", String(max));
  if (typeof data === "number") mark(field, "aria-valuenow", String(data));
  if (field.dataset.typing === undefined && field.value !== String(data)) field.value = String(data);
}

/** The range as three fields, and what writes the number into the program. */
function createDetails() {
  const fields = ["min", "max", "step"].map((part) => element("input", { type: "text", class: part, spellcheck: "false", autocomplete: "off" }));
  const labels = [say("inputs.min"), say("inputs.max"), say("inputs.step")].map((text, i) => element("label", {}, `${text} `, fields[i]));
  const writer = element("button", { type: "button", class: "write" }, say("inputs.write"));
  const home = element("span", { class: "home" });
  const box = element("div", { class: "details" }, ...labels, writer, home);
  /** @param {Facts} facts */
  const update = ({ range, moved, home: place, writable }) => {
    [range.min, range.max, range.step].forEach((value, i) => {
      if (document.activeElement !== fields[i]) fields[i].value = number(value, 12);
    });
    writer.disabled = !moved || !writable;
    const notWritable = place === undefined ? "" : say("inputs.notWritable");
    write(home, writable ? say("inputs.home", { value: place === undefined ? NONE : number(place) }) : notWritable);
  };
  const written = () => /** @type {[string, string, string]} */ (fields.map(({ value }) => value));
  return { element: box, update, written };
}
