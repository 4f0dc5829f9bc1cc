/** All values and gradients as a spreadsheet: what the picture shows, in words and numbers. */

/** @import { Line } from "./table/lines.js" */
/** @import { Order, Row } from "./table/rows.js" */
/** @import { State, Store } from "../types.d.ts" */

import { element, mark } from "../element.js";
import { say } from "../say.js";
import { active, pointed, selected } from "../store.js";
import { mountTools } from "./table/tools.js";
import { createLine } from "./table/lines.js";
import { filtered, formulasOf, pressed, rowsOf, sorted } from "./table/rows.js";
import { WHOLE, windowOf } from "./table/window.js";

/**
 * @param {HTMLElement} panel
 * @param {Store} store
 */
export function mount(panel, store) {
  const table = /** @type {HTMLTableElement} */ (panel.querySelector("table"));
  const body = /** @type {HTMLTableSectionElement} */ (panel.querySelector("tbody"));
  const scroller = /** @type {HTMLElement} */ (panel.querySelector("[data-part=rows]"));
  body.replaceChildren();
  /** @type {Line[]} */
  let lines = [];
  /** @type {Row[]} */
  let rows = [];
  /** @type {Order | null} */
  let order = null;
  /** The first row in view, and the height of one. */
  let [first, height] = [0, 0];
  let formulaOf = formulasOfState(store.state);
  /** @type {State | null} */
  let last = null;

  const tools = mountTools(scroller, { redraw: () => arrange(store.state), rows: () => rows, formula: (node) => formulaOf(node) });
  const heads = mountHeads(table, (column) => {
    order = pressed(order, column);
    arrange(store.state);
  });

  /** Finds which rows there are, and in which order. @param {State} state */
  const arrange = (state) => {
    const all = rowsOf(state.shown, state.drawn, state.step);
    formulaOf = formulasOfState(state);
    rows = sorted(filtered(all, tools.wanted()), order, formulaOf);
    tools.count(rows.length, all.length);
    heads(order, tools.formulas());
    draw();
    emphasise(state);
  };

  /** Writes the rows in view. */
  const draw = () => {
    const long = rows.length > WHOLE;
    const { from, to } = windowOf(rows.length, long ? scroller.scrollTop : 0, long ? scroller.clientHeight : 0, height); // asking costs a layout
    panel.classList.toggle("long", long);
    while (lines.length < to - from) lines.push(createLine());
    const there = lines.slice(0, to - from);
    first = from;
    there.forEach((line, i) => {
      const row = rows[from + i];
      line.update(row, tools.formulas() ? formulaOf(row.node) : null);
      if (long) mark(line.element, "aria-rowindex", String(from + i + 2));
      else line.element.removeAttribute("aria-rowindex");
    });
    if (body.children.length !== there.length) body.replaceChildren(...there.map((line) => line.element));
    lines = there;
    if (long) mark(table, "aria-rowcount", String(rows.length + 1));
    else table.removeAttribute("aria-rowcount");
    if (height === 0 && there.length > 0) {
      height = there[0].element.getBoundingClientRect().height;
      if (long && height > 0) return draw();
    }
    table.style.marginBlock = long ? `${from * height}px ${(rows.length - to) * height}px` : "";
  };

  /** Marks the row of the active node, and makes one row the tab stop. @param {State} state */
  const emphasise = (state) => {
    const id = active(state);
    const stop = lines.find(({ row }) => row?.node.id === state.selected) ?? lines[0];
    for (const line of lines) {
      line.element.classList.toggle("active", line.row?.node.id === id);
      mark(line.button, "aria-pressed", String(line.row?.node.id === state.selected));
      line.button.tabIndex = line === stop ? 0 : -1;
    }
  };

  /** Scrolls the rows, and never the page, so far that one of them shows. @param {number} at */
  const show = (at) => {
    if (at >= 0 && !(at >= first && at < first + lines.length)) {
      scroller.scrollTop = at * height;
      draw();
    }
    const line = lines.find(({ row }) => row === rows[at]);
    if (!line) return;
    const [inner, outer] = [line.element.getBoundingClientRect(), scroller.getBoundingClientRect()];
    const head = panel.querySelector("thead")?.clientHeight ?? 0;
    if (inner.top < outer.top + head) scroller.scrollTop += inner.top - outer.top - head;
    else if (inner.bottom > outer.bottom) scroller.scrollTop += inner.bottom - outer.bottom;
  };

  /** @param {number} at */
  const choose = (at) => {
    const row = rows[at];
    if (!row) return;
    store.apply(selected, row.node.id);
    show(at);
    emphasise(store.state);
    lines.find((line) => line.row?.node.id === row.node.id)?.button.focus({ preventScroll: true });
  };

  store.subscribe((state) => {
    if (state.panel !== "table" && last !== null) return;
    const other = (/** @type {(keyof State)[]} */ ...names) => names.some((name) => state[name] !== last?.[name]);
    panel.classList.toggle("stale", state.refused);
    if (other("shown", "step", "drawn")) arrange(state);
    else if (other("pointed", "selected")) emphasise(state);
    if (other("selected")) {
      show(rows.findIndex(({ node }) => node.id === state.selected));
      emphasise(state);
    }
    last = state;
  });
  const at = (/** @type {Event} */ { target }) => {
    const item = target instanceof Element ? target.closest("tr") : null;
    return rows.findIndex((row) => row === lines.find((line) => line.element === item)?.row);
  };
  body.addEventListener("click", (event) => choose(at(event)));
  body.addEventListener("pointerover", (event) => store.apply(pointed, rows[at(event)]?.node.id ?? null));
  body.addEventListener("pointerleave", () => store.apply(pointed, null));
  body.addEventListener("keydown", (event) => {
    const to = neighbour(at(event), event.key, rows.length);
    if (to === null) return;
    event.preventDefault();
    choose(to);
  });
  scroller.addEventListener("scroll", () => {
    if (rows.length <= WHOLE) return;
    draw();
    emphasise(store.state);
  });
}

/** @param {State} state */
const formulasOfState = ({ shown, drawn }) => (shown ? formulasOf(shown, drawn) : () => "");

/**
 * The heads of the columns, which sort when pressed; that of the formulas is there while they are.
 * @param {HTMLTableElement} table
 * @param {(column: Order["column"]) => void} press
 */
function mountHeads(table, press) {
  const head = /** @type {HTMLTableRowElement} */ (table.querySelector("thead tr"));
  const names = /** @type {const} */ (["name", "operation", "data", "grad", "formula"]);
  const formula = element("th", { scope: "col", class: "formula" }, say("table.formula"));
  const cells = [...head.cells, formula];
  cells.forEach((cell, i) => {
    cell.tabIndex = 0;
    cell.title = say("table.sort", { column: cell.textContent ?? "" });
    cell.addEventListener("click", () => press(names[i]));
    cell.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      press(names[i]);
    });
  });
  return (/** @type {Order | null} */ order, /** @type {boolean} */ formulas) => {
    if (formulas !== formula.isConnected) formulas ? head.append(formula) : formula.remove();
    cells.forEach((cell, i) => mark(cell, "aria-sort", order?.column !== names[i] ? "none" : order.descending ? "descending" : "ascending"));
  };
}

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
