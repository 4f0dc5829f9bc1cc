/** The inputs of the program, each to be moved by a slider, by keys, or by a number. */

/** @import { Facts, Row } from "../inputs/row.js" */
/** @import { Editor, State, Store } from "../types.d.ts" */

import { element, write } from "../element.js";
import { listen } from "../inputs/events.js";
import { Ranges, factsOf } from "../inputs/facts.js";
import { mountNudge } from "../inputs/nudge.js";
import { createRow } from "../inputs/row.js";
import { replayFor } from "../numbers.js";
import { say, sayCount } from "../say.js";
import { restored } from "../store.js";
import { atEase, watch } from "../watch.js";

/** Fewer inputs than this need no filter. */
const FILTERED_ABOVE = 12;
/** More rows than this are not laid out at once. */
const MOST_ROWS = 200;

/** @typedef {ReturnType<typeof build>} Parts */

/**
 * @param {HTMLElement} section
 * @param {Store} store
 * @param {Editor} editor
 */
export function mountInputs(section, store, editor) {
  const parts = build(section);
  const { list, filter, refusal, all } = parts;
  /** @type {Map<string, Row>} */
  const rows = new Map();
  const ranges = new Ranges();
  let facts = factsOf(store.state, ranges);
  const draw = () => drawRows(parts, rows, facts, filter.value);
  const look = () => {
    facts = factsOf(store.state, ranges);
    draw();
  };

  mountNudge(section, store, (key) => facts.get(key)?.name ?? key);
  watch(store, ["shown", "drawn", "home", "source", "moved", "selected", "step"], look);
  watch(store, ["document"], () => {
    section.hidden = facts.size === 0;
    filter.hidden = facts.size <= FILTERED_ABOVE;
  });
  watch(store, ["document"], ({ document }) => explain(parts.mode, document), { soon: atEase() });
  watch(store, ["moved"], ({ moved }) => (all.hidden = Object.keys(moved).length === 0));

  filter.addEventListener("input", draw);
  all.addEventListener("click", () => {
    list.querySelector("input")?.focus();
    store.apply(restored);
  });
  /** @type {import("../inputs/events.js").Desk["choose"]} */
  const choose = (key, range) => {
    ranges.choose(store.state, key, range, Number(facts.get(key)?.node.data));
    look();
  };
  listen({ list, refusal, rows, store, editor, facts: (key) => facts.get(key), choose });
}

/**
 * The parts around the rows, beside the heading.
 * @param {HTMLElement} section
 */
function build(section) {
  const mode = element("span", { class: "mode" });
  const all = element("button", { type: "button", class: "all" }, say("inputs.restoreAll"));
  const filter = element("input", { type: "search", class: "filter", "aria-label": say("inputs.filter"), placeholder: say("inputs.filter"), autocomplete: "off" });
  const list = element("ul", { class: "list", tabindex: "-1" });
  const rest = element("p", { class: "rest" });
  const refusal = element("p", { class: "refusal", role: "alert" });
  const title = /** @type {HTMLElement} */ (section.querySelector("h2"));
  section.replaceChildren(element("div", { class: "head" }, title, mode, filter, all), list, rest, refusal);
  return { mode, all, filter, list, rest, refusal };
}

/**
 * The rows of the inputs whose names hold a text.
 * @param {Parts} parts
 * @param {Map<string, Row>} rows changed
 * @param {Map<string, Facts>} facts
 * @param {string} text
 */
function drawRows({ list, rest }, rows, facts, text) {
  const wanted = text.trim().toLowerCase();
  const found = [...facts].filter(([, { name }]) => name.toLowerCase().includes(wanted));
  const shown = found.slice(0, MOST_ROWS).map(([key, fact]) => {
    const row = rows.get(key) ?? createRow(key);
    rows.set(key, row);
    row.update(fact);
    return row.element;
  });
  if (shown.length !== list.children.length || shown.some((row, i) => row !== list.children[i])) list.replaceChildren(...shown);
  write(rest, found.length > MOST_ROWS ? sayCount("inputs.rest", found.length - MOST_ROWS) : facts.size > 0 && found.length === 0 ? say("inputs.none") : "");
  for (const key of rows.keys()) if (!facts.has(key)) rows.delete(key);
}

/**
 * Says where moved inputs become the picture's numbers.
 * @param {HTMLElement} mode
 * @param {State["document"]} document
 */
function explain(mode, document) {
  const here = replayFor(document) !== null;
  const { line = null, reason = "" } = document?.graph.reruns_because ?? {};
  const why = line === null ? say("inputs.asked") : say("inputs.askedLine", { line });
  write(mode, here ? say("inputs.here") : why);
  mode.title = here ? say("inputs.hereTitle") : [reason && `${reason}.`, say("inputs.askedTitle")].join(" ").trim();
}
