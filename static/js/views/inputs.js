/** The inputs of the program, each to be moved by a slider, by keys, or by a number. */

/** @import { Facts, Row } from "../inputs/row.js" */
/** @import { Range } from "../inputs/range.js" */
/** @import { Editor, State, Store } from "../types.d.ts" */

import { element, write } from "../element.js";
import { listen } from "../inputs/events.js";
import { mountNudge } from "../inputs/nudge.js";
import { inputsOf, isCount, literalOf } from "../inputs/program.js";
import { grown, rangeOf } from "../inputs/range.js";
import { createRow } from "../inputs/row.js";
import { replayFor } from "../numbers.js";
import { say, sayCount } from "../say.js";
import { restored } from "../store.js";

/** Fewer inputs than this need no filter. */
const FILTERED_ABOVE = 12;
/** More rows than this are not laid out at once. */
const MOST_ROWS = 200;

/**
 * @param {HTMLElement} section
 * @param {Store} store
 * @param {Editor} editor
 */
export function mountInputs(section, store, editor) {
  const mode = element("span", { class: "mode" });
  const all = element("button", { type: "button", class: "all" }, say("inputs.restoreAll"));
  const filter = element("input", { type: "search", class: "filter", "aria-label": say("inputs.filter"), placeholder: say("inputs.filter"), autocomplete: "off" });
  const list = element("ul", { class: "list", tabindex: "-1" });
  const rest = element("p", { class: "rest" });
  const refusal = element("p", { class: "refusal", role: "alert" });
  const title = /** @type {HTMLElement} */ (section.querySelector("h2"));
  section.replaceChildren(element("div", { class: "head" }, title, mode, filter, all), list, rest, refusal);

  /** @type {Map<string, Row>} */
  const rows = new Map();
  /** @type {Map<string, { range: Range, home: number | undefined, chosen: boolean }>} */
  const ranges = new Map();
  /** @type {Map<string, Facts>} */
  let facts = new Map();
  /** @type {State | null} */
  let last = null;
  mountNudge(section, store, (key) => facts.get(key)?.name ?? key);

  /**
   * The range a person chose, else one that suits the program's number; never smaller than what the input needs.
   * @param {State} state
   * @param {ReturnType<typeof inputsOf>[number]} node
   */
  const rangeFor = (state, node) => {
    const [value, home] = [Number(node.data), homeOf(state, node.key)];
    const known = ranges.get(node.key);
    const counts = state.document !== null && isCount(state.document, node, state.drawn);
    const start = known && (known.chosen || Object.is(known.home, home)) ? known.range : rangeOf(home ?? (value || 0), counts);
    const range = Number.isFinite(value) ? grown(start, value) : start;
    if (range !== known?.range) ranges.set(node.key, { range, home, chosen: known?.chosen === true && start === known.range });
    return range;
  };

  /** @param {State} state */
  const look = (state) => {
    const nodes = inputsOf(state.shown);
    const labels = new Map();
    for (const { label } of nodes) labels.set(label, (labels.get(label) ?? 0) + 1);
    facts = new Map(
      nodes.map((node) => {
        const home = homeOf(state, node.key);
        const writable = home !== undefined && state.source === state.drawn && literalOf(state.drawn, node.span, home) !== null;
        const name = node.label !== null && labels.get(node.label) === 1 ? node.label : node.key;
        return [node.key, { node, name, range: rangeFor(state, node), moved: Object.hasOwn(state.moved, node.key), home, writable, chosen: node.id === state.selected }];
      }),
    );
  };

  const draw = () => {
    const wanted = filter.value.trim().toLowerCase();
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
  };

  /** @param {State} state */
  const update = (state) => {
    const changed = state.shown !== last?.shown || state.drawn !== last.drawn || state.home !== last.home || state.source !== last.source;
    if (changed || state.moved !== last?.moved || state.selected !== last.selected) {
      look(state);
      draw();
    }
    if (state.document !== last?.document) {
      section.hidden = facts.size === 0;
      filter.hidden = facts.size <= FILTERED_ABOVE;
      const here = replayFor(state.document) !== null;
      write(mode, here ? say("inputs.here") : say("inputs.asked"));
      mode.title = here ? say("inputs.hereTitle") : say("inputs.askedTitle");
    }
    all.hidden = Object.keys(state.moved).length === 0;
    last = state;
  };
  store.subscribe(update);

  filter.addEventListener("input", draw);
  all.addEventListener("click", () => {
    list.querySelector("input")?.focus();
    store.apply(restored);
  });
  /** @type {(key: string, range: Range) => void} */
  const choose = (key, range) => {
    const value = Number(facts.get(key)?.node.data);
    ranges.set(key, { range: Number.isFinite(value) ? grown(range, value) : range, home: homeOf(store.state, key), chosen: true });
    look(store.state);
    draw();
  };
  listen({ list, refusal, rows, store, editor, facts: (key) => facts.get(key), choose });
}

/** @type {(state: State, key: string) => number | undefined} */
const homeOf = ({ home }, key) => (Object.hasOwn(home, key) ? home[key] : undefined);
