/** The table of secants, with the best row marked and the course of it in words. */

/** @import { Secant } from "../../replay/types.d.ts" */

import { number } from "../../format.js";
import { element, write } from "../../element.js";
import { say } from "../../say.js";
import { courseOf, nearest } from "./secants.js";

const DIGITS = 12;
const ERROR_DIGITS = 2;

export function createTable() {
  const words = element("p");
  const body = element("tbody");
  const heads = [say("curve.h"), say("curve.secantSlope"), say("curve.difference")].map((name) => element("th", { scope: "col" }, name));
  const table = element("table", { class: "figures" }, element("caption", { class: "voice" }, say("curve.table")), element("thead", {}, element("tr", {}, ...heads)), body);
  const fold = element("details", { open: "" }, element("summary", {}, say("curve.table")), words, element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": say("curve.table") }, table));

  /**
   * @param {readonly Secant[]} rows
   * @param {number} slope
   * @param {string} otherwise what is said where there are no rows
   */
  const update = (rows, slope, otherwise) => {
    table.hidden = rows.length === 0;
    const best = nearest(rows);
    write(words, rows.length === 0 ? otherwise : sentence(rows, slope));
    if (!fold.open) return;
    if (body.rows.length !== rows.length) body.replaceChildren(...rows.map(emptyRow));
    rows.forEach((row, i) => fill(body.rows[i], row, i === best));
  };
  return { element: fold, update };
}

function emptyRow() {
  const mark = element("b", {}, say("curve.best"));
  return element("tr", {}, element("th", { scope: "row" }), element("td", {}, element("span"), " ", mark), element("td"));
}

/** @type {(row: HTMLTableRowElement, secant: Secant, best: boolean) => void} */
function fill(row, { h, slope, error }, best) {
  const [head, measured, difference] = row.cells;
  const [value, mark] = /** @type {Iterable<HTMLElement>} */ (measured.children);
  row.classList.toggle("best", best);
  mark.hidden = !best;
  write(head, number(h));
  write(value, shown(slope, DIGITS));
  write(difference, shown(error, ERROR_DIGITS));
}

/** @type {(value: number, digits: number) => string} */
const shown = (value, digits) => (Number.isFinite(value) ? number(value, digits) : String(value));

/**
 * @param {readonly Secant[]} rows
 * @param {number} slope
 */
function sentence(rows, slope) {
  const course = courseOf(rows, slope);
  const best = rows[nearest(rows)];
  const values = { slope: shown(slope, 6), h: best ? number(best.h) : "", error: best ? number(Math.abs(best.error), ERROR_DIGITS) : "" };
  switch (course) {
    case "none":
      return say("curve.course.none");
    case "apart":
      return say("curve.course.apart", values);
    case "exact":
      return say("curve.course.exact", values);
    default:
      return say("curve.course.nearest", values);
  }
}
