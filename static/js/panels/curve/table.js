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
    body.replaceChildren(...rows.map(({ h, slope: measured, error }, i) => {
      const marked = i === best ? [" ", element("b", {}, say("curve.best"))] : [];
      const row = element("tr", i === best ? { class: "best" } : {}, element("th", { scope: "row" }, number(h)), element("td", {}, shown(measured, DIGITS), ...marked), element("td", {}, shown(error, ERROR_DIGITS)));
      return row;
    }));
  };
  return { element: fold, update };
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
