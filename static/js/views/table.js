/** All values and gradients as a table: what the picture shows, in words and numbers. */

/** @import { Selection } from "d3-selection" */
/** @import { GraphNode, State, Store } from "../types.d.ts" */

import { select } from "../../vendor/d3.js";
import { number, role, shorten } from "../format.js";
import { active, pointed, selected } from "../store.js";
import { textOfSpan } from "../text.js";

const LONGEST_NAME = 40;
const NONE = "–";
/** Parts at the end of a path that tell parameters apart. */
const TOLD_APART = 2;

/** @typedef {{ node: GraphNode, name: string }} Row */
/** @typedef {Selection<HTMLTableSectionElement, unknown, null, undefined>} Body */

/**
 * @param {HTMLElement} element
 * @param {Store} store
 */
export function mount(element, store) {
  /** @type {Body} */
  const body = select(element).select("tbody");
  body.selectAll("tr").remove();
  /** @type {State | null} */
  let last = null;
  store.subscribe((state) => {
    element.classList.toggle("stale", state.refused);
    if (state.shown !== last?.shown) draw(body, state);
    if (state.shown !== last?.shown || active(state) !== (last && active(last)) || state.selected !== last?.selected) emphasise(body, state);
    if (state.selected !== last?.selected) keepVisible(element);
    last = state;
  });
  const choose = (/** @type {Element | null | undefined} */ row) => {
    if (!row) return;
    store.apply(selected, rowOf(row)?.node.id ?? null);
    row.querySelector("button")?.focus();
  };
  body.on("click", ({ target }) => choose(rowAround(target)));
  body.on("pointerover", ({ target }) => store.apply(pointed, rowOf(rowAround(target))?.node.id ?? null));
  body.on("pointerleave", () => store.apply(pointed, null));
  body.on("keydown", (event) => {
    const row = rowAround(event.target);
    const to = row && neighbour(row, event.key);
    if (!to) return;
    event.preventDefault();
    choose(to);
  });
}

/**
 * @param {Body} body
 * @param {State} state
 */
function draw(body, { shown, drawn }) {
  const rows = (shown?.nodes ?? []).map((node) => ({ node, name: nameOf(node, drawn) }));
  const entered = (/** @type {Selection<any, Row, any, unknown>} */ enter) => {
    const row = enter.append("tr");
    row.append("th").attr("scope", "row").append("button").attr("type", "button");
    for (const column of ["operation", "data", "grad"]) row.append("td").attr("class", column);
    return row;
  };
  /** @type {Selection<HTMLTableRowElement, Row, any, unknown>} */
  const known = body.selectAll("tr");
  const all = known.data(rows).join(entered).attr("class", ({ node }) => node.kind);
  const names = all.select("button").each(write).attr("title", ({ name }) => name).attr("aria-label", ({ name }) => name);
  names.classed("unnamed", ({ node }) => node.label === null);
  all.select(".operation").text(({ node }) => role(node));
  all.select(".data").text(({ node }) => number(node.data));
  all.select(".grad").text(({ node }) => (node.grad === null ? NONE : number(node.grad)));
}

/**
 * Writes a name that may be broken between the parts of a path, or shortened before the last two: `lay…neurons[2].w[1]`.
 * @this {import("d3-selection").BaseType}
 * @param {Row} row
 */
function write(row) {
  const parts = row.name.split(/(?<=\]\.)/);
  const pieces = [parts.slice(0, -TOLD_APART), parts.slice(-TOLD_APART)].filter((piece) => piece.length > 0);
  const button = /** @type {HTMLButtonElement} */ (this);
  const make = (/** @type {"span" | "wbr"} */ tag) => button.ownerDocument.createElement(tag);
  button.replaceChildren(
    ...pieces.map((piece) => {
      const span = make("span");
      span.append(...piece.flatMap((part) => [part, make("wbr")]));
      return span;
    }),
  );
}

/**
 * A node's name, else the number of a constant, else the text that made it.
 * @param {GraphNode} node
 * @param {string} source
 */
function nameOf(node, source) {
  if (node.label === null && node.kind === "constant") return number(node.data);
  return node.label ?? (shorten(textOfSpan(source, node.span).replace(/\s+/g, " "), LONGEST_NAME) || NONE);
}

/**
 * Marks the row of the active node, and makes one row the tab stop.
 * @param {Body} body
 * @param {State} state
 */
function emphasise(body, state) {
  const id = active(state);
  const stop = state.selected ?? state.document?.nodes[0]?.id;
  /** @type {Selection<HTMLTableRowElement, Row, any, unknown>} */
  const rows = body.selectAll("tr");
  rows.classed("active", ({ node }) => node.id === id);
  const buttons = rows.select("button").attr("tabindex", ({ node }) => (node.id === stop ? 0 : -1));
  buttons.attr("aria-pressed", ({ node }) => String(node.id === state.selected));
}

/**
 * Scrolls the rows, and never the page, so far that the chosen one shows.
 * @param {HTMLElement} element
 */
function keepVisible(element) {
  const row = element.querySelector("tr:has([aria-pressed=true])");
  const scroller = element.querySelector("[data-part=rows]");
  if (!row || !scroller) return;
  const [inner, outer] = [row.getBoundingClientRect(), scroller.getBoundingClientRect()];
  const head = element.querySelector("thead")?.clientHeight ?? 0;
  if (inner.top < outer.top + head) scroller.scrollTop += inner.top - outer.top - head;
  else if (inner.bottom > outer.bottom) scroller.scrollTop += inner.bottom - outer.bottom;
}

/**
 * The row that a key leads to.
 * @param {Element} row
 * @param {string} key
 */
function neighbour(row, key) {
  switch (key) {
    case "ArrowUp":
      return row.previousElementSibling;
    case "ArrowDown":
      return row.nextElementSibling;
    case "Home":
      return row.parentElement?.firstElementChild;
    case "End":
      return row.parentElement?.lastElementChild;
    default:
      return undefined;
  }
}

/**
 * @param {EventTarget | null} target
 */
function rowAround(target) {
  return target instanceof Element ? target.closest("tr") : null;
}

/**
 * @param {Element | null} row
 * @returns {Row | undefined}
 */
function rowOf(row) {
  return row === null ? undefined : /** @type {Row} */ (select(row).datum());
}
