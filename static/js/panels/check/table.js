/** The table of a check: a row per input with a verdict in words, and a column per way. */

/** @import { Num } from "../../types.d.ts" */
/** @import { Kink, Row, Way } from "./verdicts.js" */

import { element } from "../../element.js";
import { number, shorten } from "../../format.js";
import { say } from "../../say.js";
import { WAYS, digitsOf, distance, writtenRight } from "./verdicts.js";

const DIGITS = 7;
const ERROR_DIGITS = 2;
const LONGEST_NAME = 32;
const NONE = "–";
/** Digits that numbers share which are the same up to what arithmetic in another order makes of them. */
const FEWEST = 6;

export function createTable() {
  const body = element("tbody");
  const row = element("tr");
  const table = element("table", { class: "figures checks" }, element("caption", { class: "voice" }, say("check.table")), element("thead", {}, row), body);
  return {
    element: element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": say("check.table") }, table),
    /**
     * @param {readonly Row[]} rows
     * @param {readonly Kink[]} kinks
     */
    update: (rows, kinks) => {
      const own = writtenRight(rows) !== null;
      row.replaceChildren(...headsOf(own).map((name) => element("th", { scope: "col" }, name)));
      body.replaceChildren(...rows.map((one) => rowOf(one, kinks, own)));
    },
  };
}

/** @param {boolean} own whether there are gradients that an engine of the program's own wrote */
const headsOf = (own) => [say("check.input"), say("check.verdict"), ...(own ? [say("own.yours")] : []), ...WAYS.map(nameOf)];

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
 * @param {boolean} own
 */
function rowOf(row, kinks, own) {
  const name = shorten(row.label ?? row.key ?? `#${row.node}`, LONGEST_NAME);
  const cells = WAYS.map((way) => {
    return cellOf(row[way], way === "reverse" ? null : distance(row.reverse, row[way]));
  });
  const theirs = own ? [cellOf(row.written ?? null, distance(row.reverse, row.written ?? null))] : [];
  const marks = [row.verdict, ...(own ? ["own", row.right ? "right" : "wrong"] : [])].join(" ");
  return element("tr", { class: marks }, element("th", { scope: "row" }, name), element("td", { class: "verdict" }, verdictOf(row, kinks)), ...theirs, ...cells);
}

/**
 * @param {Num | null} value
 * @param {number | null} apart how far it is from reverse mode's
 */
function cellOf(value, apart) {
  const cell = element("td", { title: value === null ? say("check.closed") : String(value) }, value === null ? NONE : number(value, DIGITS));
  if (apart !== null) cell.append(element("small", {}, apart === 0 ? say("check.same") : say("check.apart", { apart: number(apart, ERROR_DIGITS) })));
  return cell;
}

/**
 * What there is to say of a row: of what the program's own engine wrote, and of how well the ways agree.
 * @param {Row} row
 * @param {readonly Kink[]} kinks
 */
export function verdictOf(row, kinks) {
  const { written, right, reverse, verdict } = row;
  if (written === undefined) return waysOf(row, kinks);
  const apart = distance(reverse, written);
  const near = apart !== null && digitsOf(apart) >= FEWEST;
  const own = right ? (near ? say("own.rowRight", { digits: digitsOf(apart) }) : say("own.rowEither")) : say("own.rowWrong");
  return verdict === "agrees" ? own : `${own}; ${waysOf(row, kinks)}`;
}

/**
 * @param {Row} row
 * @param {readonly Kink[]} kinks
 */
function waysOf({ verdict, difference }, kinks) {
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
