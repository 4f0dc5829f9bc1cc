/** All values and gradients as a spreadsheet: what the picture shows, in words and numbers. */

/** @import { Order } from "./table/rows.js" */
/** @import { State, Store } from "../types.d.ts" */

import { pointed, selected } from "../store.js";
import { atEase, watch } from "../watch.js";
import { mountHeads } from "./table/heads.js";
import { filtered, formulasOf, pressed, rowsOf, sorted } from "./table/rows.js";
import { Sheet } from "./table/sheet.js";
import { mountTools } from "./table/tools.js";
import { WHOLE } from "./table/window.js";

/**
 * @param {HTMLElement} panel
 * @param {Store} store
 */
export function mount(panel, store) {
  const sheet = new Sheet(panel);
  /** @type {Order | null} */
  let order = null;
  let formulaOf = formulasOfState(store.state);

  const tools = mountTools(sheet.scroller, { redraw: () => arrange(store.state), rows: () => sheet.rows, formula: (node) => formulaOf(node) });
  const heads = mountHeads(sheet.table, (column) => {
    order = pressed(order, column);
    arrange(store.state);
  });

  /** Finds which rows there are, and in which order. @param {State} state */
  const arrange = (state) => {
    const all = rowsOf(state.shown, state.drawn, state.step);
    formulaOf = formulasOfState(state);
    const rows = sorted(filtered(all, tools.wanted()), order, formulaOf);
    tools.count(rows.length, all.length);
    heads(order, tools.formulas());
    sheet.fill(rows, tools.formulas() ? formulaOf : null);
    sheet.emphasise(state);
  };

  const when = (/** @type {State} */ state) => state.panel === "table";
  arrange(store.state);
  watch(store, ["shown", "step", "drawn"], arrange, { soon: atEase(), when });
  watch(store, ["refused"], ({ refused }) => panel.classList.toggle("stale", refused), { when });
  watch(store, ["pointed"], (state) => sheet.emphasise(state), { when });
  watch(store, ["selected"], (state) => {
    sheet.show(sheet.rows.findIndex(({ node }) => node.id === state.selected));
    sheet.emphasise(state);
  }, { when });
  listen(sheet, store);
}

/**
 * What pointer and keyboard do in the rows.
 * @param {Sheet} sheet
 * @param {Store} store
 */
function listen(sheet, store) {
  const { body, scroller } = sheet;
  const choose = (/** @type {number} */ at) => {
    const row = sheet.rows[at];
    if (!row) return;
    store.apply(selected, row.node.id);
    sheet.show(at);
    sheet.emphasise(store.state);
    sheet.lineAt(at)?.button.focus({ preventScroll: true });
  };
  body.addEventListener("click", (event) => choose(sheet.at(event)));
  body.addEventListener("pointerover", (event) => store.apply(pointed, sheet.rows[sheet.at(event)]?.node.id ?? null));
  body.addEventListener("pointerleave", () => store.apply(pointed, null));
  body.addEventListener("keydown", (event) => {
    const to = neighbour(sheet.at(event), event.key, sheet.rows.length);
    if (to === null) return;
    event.preventDefault();
    choose(to);
  });
  scroller.addEventListener("scroll", () => {
    if (sheet.rows.length <= WHOLE) return;
    sheet.draw();
    sheet.emphasise(store.state);
  });
}

/** @param {State} state */
const formulasOfState = ({ shown, drawn }) => (shown ? formulasOf(shown, drawn) : () => "");

/**
 * The row that a key leads to.
 * @param {number} from
 * @param {string} key
 * @param {number} count
 */
function neighbour(from, key, count) {
  const to = { ArrowUp: from - 1, ArrowDown: from + 1, Home: 0, End: count - 1 }[key];
  return to === undefined || to < 0 || to >= count ? null : to;
}
