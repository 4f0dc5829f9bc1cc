/** The heads of the columns, which sort. */

/** @import { Order } from "./rows.js" */

import { element, mark } from "../../element.js";
import { say } from "../../say.js";

/**
 * The heads of the columns, which sort when pressed; that of the formulas is there while they are.
 * @param {HTMLTableElement} table
 * @param {(column: Order["column"]) => void} press
 */
export function mountHeads(table, press) {
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
