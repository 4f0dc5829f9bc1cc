/** The table of a check: a row per input with a verdict in words, and a column per way. */

/** @import { Kink, Row, Way } from "./verdicts.js" */

import { element } from "../../element.js";
import { number, shorten } from "../../format.js";
import { say } from "../../say.js";
import { WAYS, digitsOf, distance } from "./verdicts.js";

const DIGITS = 7;
const ERROR_DIGITS = 2;
const LONGEST_NAME = 32;
const NONE = "–";

export function createTable() {
  const body = element("tbody");
  const names = [say("check.input"), say("check.verdict"), ...WAYS.map(nameOf)];
  const heads = names.map((name) => element("th", { scope: "col" }, name));
  const table = element("table", { class: "figures checks" }, element("caption", { class: "voice" }, say("check.table")), element("thead", {}, element("tr", {}, ...heads)), body);
  return {
    element: element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": say("check.table") }, table),
    /**
     * @param {readonly Row[]} rows
     * @param {readonly Kink[]} kinks
     */
    update: (rows, kinks) => body.replaceChildren(...rows.map((row) => rowOf(row, kinks))),
  };
}

/**
 * @param {Way} way
 */
export function nameOf(way) {
  switch (way) {
    case "reverse":
      return say("check.reverse");
    case "forward":
      return say("check.forward");
    case "central":
      return say("check.central");
    default:
      return say("check.complex");
  }
}

/**
 * @param {Row} row
 * @param {readonly Kink[]} kinks
 */
function rowOf(row, kinks) {
  const name = shorten(row.label ?? row.key ?? `#${row.node}`, LONGEST_NAME);
  const cells = WAYS.map((way) => {
    const value = row[way];
    const apart = way === "reverse" ? null : distance(row.reverse, value);
    const cell = element("td", { title: value === null ? say("check.closed") : String(value) }, value === null ? NONE : number(value, DIGITS));
    if (apart !== null) cell.append(element("small", {}, apart === 0 ? say("check.same") : say("check.apart", { apart: number(apart, ERROR_DIGITS) })));
    return cell;
  });
  return element("tr", { class: row.verdict }, element("th", { scope: "row" }, name), element("td", { class: "verdict" }, verdictOf(row, kinks)), ...cells);
}

/**
 * @param {Row} row
 * @param {readonly Kink[]} kinks
 */
export function verdictOf({ verdict, difference }, kinks) {
  const digits = digitsOf(Number(difference ?? NaN));
  switch (verdict) {
    case "agrees":
      return say("check.agrees", { digits });
    case "kink":
      return say("check.kink", { convention: [...new Set(kinks.map(({ convention }) => convention))].join("; ") });
    case "undefined":
      return say("check.undefined");
    default:
      return say("check.differs", { digits });
  }
}
