/** The rows in view: written where something has changed, marked where the active node is, and scrolled to. */

/** @import { Line } from "./lines.js" */
/** @import { Row } from "./rows.js" */
/** @import { GraphNode, State } from "../../types.d.ts" */

import { mark } from "../../element.js";
import { active } from "../../store.js";
import { createLine } from "./lines.js";
import { WHOLE, windowOf } from "./window.js";

/** @typedef {(node: GraphNode) => string} Formula */

export class Sheet {
  /** @type {Row[]} */
  rows = [];
  /** @type {Formula | null} null where no column has formulas */
  #formula = null;
  /** @type {Line[]} */
  #lines = [];
  /** The first row in view, and the height of one. */
  #first = 0;
  #height = 0;

  /** @param {HTMLElement} panel */
  constructor(panel) {
    this.panel = panel;
    this.table = /** @type {HTMLTableElement} */ (panel.querySelector("table"));
    this.body = /** @type {HTMLTableSectionElement} */ (panel.querySelector("tbody"));
    this.scroller = /** @type {HTMLElement} */ (panel.querySelector("[data-part=rows]"));
    this.body.replaceChildren();
  }

  /**
   * @param {Row[]} rows all there are
   * @param {Formula | null} formula
   */
  fill(rows, formula) {
    this.rows = rows;
    this.#formula = formula;
    this.draw();
  }

  /** Writes the rows in view. @returns {void} */
  draw() {
    const { rows, scroller, body, panel } = this;
    const long = rows.length > WHOLE;
    const { from, to } = windowOf(rows.length, long ? scroller.scrollTop : 0, long ? scroller.clientHeight : 0, this.#height); // asking costs a layout
    panel.classList.toggle("long", long);
    while (this.#lines.length < to - from) this.#lines.push(createLine());
    const lines = this.#lines.slice(0, to - from);
    lines.forEach((line, i) => line.update(rows[from + i], this.#formula && this.#formula(rows[from + i].node)));
    if (body.children.length !== lines.length) body.replaceChildren(...lines.map((line) => line.element));
    this.#lines = lines;
    this.#first = from;
    this.#count(long);
    if (this.#height === 0 && lines.length > 0) {
      this.#height = lines[0].element.getBoundingClientRect().height;
      if (long && this.#height > 0) return this.draw();
    }
    this.table.style.marginBlock = long ? `${from * this.#height}px ${(rows.length - to) * this.#height}px` : "";
  }

  /** Says the place of each row where not all of them are there. @param {boolean} long */
  #count(long) {
    put(this.table, "aria-rowcount", long ? this.rows.length + 1 : null);
    this.#lines.forEach((line, i) => put(line.element, "aria-rowindex", long ? this.#first + i + 2 : null));
  }

  /** Marks the row of the active node, and makes one row the tab stop. @param {State} state */
  emphasise(state) {
    const id = active(state);
    const stop = this.#lines.find(({ row }) => row?.node.id === state.selected) ?? this.#lines[0];
    for (const line of this.#lines) {
      line.element.classList.toggle("active", line.row?.node.id === id);
      mark(line.button, "aria-pressed", String(line.row?.node.id === state.selected));
      line.button.tabIndex = line === stop ? 0 : -1;
    }
  }

  /** Scrolls the rows, and never the page, so far that one of them shows. @param {number} at */
  show(at) {
    const { scroller } = this;
    if (at >= 0 && !(at >= this.#first && at < this.#first + this.#lines.length)) {
      scroller.scrollTop = at * this.#height;
      this.draw();
    }
    const line = this.lineAt(at);
    if (!line) return;
    const [inner, outer] = [line.element.getBoundingClientRect(), scroller.getBoundingClientRect()];
    const head = this.panel.querySelector("thead")?.clientHeight ?? 0;
    if (inner.top < outer.top + head) scroller.scrollTop += inner.top - outer.top - head;
    else if (inner.bottom > outer.bottom) scroller.scrollTop += inner.bottom - outer.bottom;
  }

  /** @param {number} at */
  lineAt(at) {
    return this.#lines.find(({ row }) => row === this.rows[at]);
  }

  /** The place of the row that an event happened in, or -1. @param {Event} event */
  at({ target }) {
    const item = target instanceof Element ? target.closest("tr") : null;
    const line = item && this.#lines.find(({ element }) => element === item);
    return line ? this.rows.findIndex((row) => row === line.row) : -1;
  }
}

/**
 * @param {Element} element
 * @param {string} name
 * @param {number | null} value null for no such attribute
 */
function put(element, name, value) {
  if (value === null) element.removeAttribute(name);
  else mark(element, name, String(value));
}
