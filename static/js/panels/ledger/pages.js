/** The pages of the ledger: the passes of a program, and those made by hand. */

/** @import { GraphDocument, State } from "../../types.d.ts" */
/** @import { Page } from "../deposits.js" */
/** @import { Parts } from "./parts.js" */

import { number } from "../../format.js";
import { say } from "../../say.js";
import { pagesOf } from "../deposits.js";

export const BY_HAND = "by hand";

/** @type {WeakMap<HTMLSelectElement, Page[]>} what a list of pages lists now */
const listed = new WeakMap();

/** @type {{ document: GraphDocument | null, rule: string, pages: Page[] }} */
let known = { document: null, rule: "", pages: [] };

/**
 * The pages of what is shown; found once for a document.
 * @param {State} state
 */
function pagesShown({ shown: document, accumulation: rule }) {
  if (known.document !== document || known.rule !== rule) known = { document, rule, pages: document ? pagesOf(document, rule) : [] };
  return known.pages;
}

/**
 * The page to show: the chosen one, else the program's last pass while nothing was done by hand; null for passes by hand.
 * @param {State} state
 * @param {string | null} chosen
 */
export function pageOf(state, chosen) {
  const pages = pagesShown(state);
  if (chosen === null) return state.passes === 1 ? (pages.at(-1) ?? null) : null;
  return chosen === BY_HAND ? null : (pages[Number(chosen)] ?? null);
}

/**
 * @param {Parts} parts
 * @param {State} state
 * @param {string | null} chosen
 */
export function showPages({ pages, radios }, state, chosen) {
  for (const radio of radios) radio.checked = radio.value === state.accumulation;
  const found = pagesShown(state);
  pages.hidden = found.length === 0;
  if (listed.get(pages) !== found) {
    const options = found.map((one, at) => new Option(titleOf(one, at + 1, found.length), String(at)));
    pages.replaceChildren(...options, new Option(say("ledger.byHand"), BY_HAND));
    listed.set(pages, found);
  }
  const page = pageOf(state, chosen);
  pages.value = page ? String(found.indexOf(page)) : BY_HAND;
}

/**
 * @param {Page} page
 * @param {number} pass counted from 1
 * @param {number} passes
 */
function titleOf({ pass: { line, data } }, pass, passes) {
  const facts = { pass, passes, data: number(data) };
  return line === null ? say("ledger.page", facts) : say("ledger.pageLine", { ...facts, line });
}
