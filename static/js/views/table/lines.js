/** The rows of the table as elements: made once, and written anew only where something has changed. */

/** @import { Row } from "./rows.js" */

import { element, mark, write } from "../../element.js";
import { gradient, number } from "../../format.js";
import { does } from "../../heard.js";
import { NONE } from "./rows.js";

/** Parts at the end of a path that tell parameters apart. */
const TOLD_APART = 2;

/**
 * @typedef {object} Line
 * @property {HTMLTableRowElement} element
 * @property {HTMLButtonElement} button
 * @property {(row: Row, formula: string | null) => void} update a formula that is null has no column
 * @property {Row | null} row what it shows
 */

/** @returns {Line} */
export function createLine() {
  const button = element("button", { type: "button" });
  const [operation, data, grad] = ["operation", "data", "grad"].map((name) => element("td", { class: name }));
  const formulaCell = element("td", { class: "formula" });
  const item = element("tr", {}, element("th", { scope: "row" }, button), operation, data, grad);
  /** @type {Line} */
  const line = { element: item, button, row: null, update };

  /**
   * @param {Row} row
   * @param {string | null} formula
   */
  function update(row, formula) {
    const { node, name } = row;
    if (name !== line.row?.name) writeName(button, name);
    button.classList.toggle("unnamed", node.label === null);
    if (node.kind !== line.row?.node.kind) item.className = node.kind;
    write(operation, does(node));
    write(data, number(node.data));
    write(grad, row.grad === null ? NONE : gradient(node, row.grad));
    grad.classList.toggle("wrong", node.wrong === true);
    if (formula === null) formulaCell.remove();
    else {
      write(formulaCell, formula);
      mark(formulaCell, "title", formula);
      if (!formulaCell.isConnected) item.append(formulaCell);
    }
    line.row = row;
  }
  return line;
}

/**
 * Writes a name that may be broken between the parts of a path, or shortened before the last two: `lay…neurons[2].w[1]`.
 * @param {HTMLButtonElement} button
 * @param {string} name
 */
function writeName(button, name) {
  const parts = name.split(/(?<=\]\.)/);
  const pieces = [parts.slice(0, -TOLD_APART), parts.slice(-TOLD_APART)].filter((piece) => piece.length > 0);
  button.replaceChildren(...pieces.map((piece) => element("span", {}, ...piece.flatMap((part) => [part, element("wbr")]))));
  button.title = name;
  button.setAttribute("aria-label", name);
}
