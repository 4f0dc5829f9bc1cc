/** Their steps back and the right ones side by side, up to the first that differs and on from there. */

/** @import { Pair, Turn } from "../../own/right.js" */
/** @import { Graph } from "../../explain/types.d.ts" */
/** @import { State } from "../../types.d.ts" */

import { element, write } from "../../element.js";
import { graphOf } from "../../explain/index.js";
import { number } from "../../format.js";
import { sideBySide } from "../../own/right.js";
import { say } from "../../say.js";

/** Rows that are laid out at once: those around the first that differs, or around the step that is shown. */
const MOST = 200;
const BEFORE = 60;
const NONE = "–";

export class Comparison {
  #body = element("tbody");
  #note = element("p", { class: "note" });
  /** @type {HTMLTableRowElement[]} */
  #rows = [];
  /** @type {Pair[]} */
  #pairs = [];
  /** @type {Graph | null} */
  #graph = null;
  #first = -1;

  constructor() {
    const heads = [say("own.step"), say("own.theirs"), say("own.rightSteps")].map((text) => element("th", { scope: "col" }, text));
    const table = element("table", {}, element("caption", {}, say("own.compare")), element("thead", {}, element("tr", {}, ...heads)), this.#body);
    this.element = element("section", { class: "comparison", hidden: "" }, this.#note, element("div", { class: "rows", tabindex: "0", role: "group", "aria-label": say("own.compare") }, table));
  }

  /** @param {State} state */
  fill({ document, drawn: source }) {
    const engine = document?.engine;
    this.#pairs = document?.steps && engine && engine.passes > 0 ? sideBySide(document) : [];
    this.element.hidden = this.#pairs.length === 0;
    this.#rows = [];
    if (!document || !engine || this.#pairs.length === 0) return;
    this.#graph = graphOf(document, { source });
    this.#first = this.#pairs.findIndex(({ at }) => at !== null && at === engine.first);
    this.#lay(this.#first);
  }

  /** @param {number} centre the row that shall be among those that are laid out */
  #lay(centre) {
    const [pairs, graph] = [this.#pairs, this.#graph];
    if (graph === null) return;
    const start = Math.max(0, centre - BEFORE);
    const shown = pairs.slice(start, start + MOST);
    write(this.#note, shown.length < pairs.length ? say("own.shownRows", { from: start + 1, to: start + shown.length, count: pairs.length }) : "");
    this.#rows = shown.map((pair, place) => rowOf(pair, graph, start + place === this.#first));
    this.#body.replaceChildren(...this.#rows);
  }

  /**
   * Marks the row of a step, and shows it.
   * @param {number | null} step
   */
  follow(step) {
    const place = step === null ? -1 : this.#pairs.findIndex(({ at }) => at === step);
    if (place >= 0 && !this.#rows.some((row) => row.dataset.at === String(step))) this.#lay(place);
    for (const row of this.#rows) {
      const now = step !== null && row.dataset.at === String(step);
      if (now) row.setAttribute("aria-current", "step");
      else row.removeAttribute("aria-current");
      if (now) row.scrollIntoView({ block: "nearest" });
    }
  }
}

/**
 * @param {Pair} pair
 * @param {Graph} graph
 * @param {boolean} first whether this is where theirs goes wrong
 */
function rowOf({ at, theirs, right }, graph, first) {
  const place = at === null ? NONE : element("button", { type: "button", "data-step": String(at) }, String(at));
  const mark = first ? [element("strong", { class: "first" }, say("own.firstDifference"))] : [];
  const row = element("tr", first ? { class: "first" } : {}, element("th", { scope: "row" }, place), cell(theirs, graph, mark), cell(right, graph, []));
  if (at !== null) row.dataset.at = String(at);
  return row;
}

/**
 * @param {Turn | null} turn
 * @param {Graph} graph
 * @param {Node[]} mark
 */
function cell(turn, graph, mark) {
  if (turn === null) return element("td", {}, NONE);
  const name = (/** @type {number} */ node) => graph.nodes.get(node)?.name.plain ?? "";
  const gives = turn.gives.map(({ node, after }) => element("span", { class: "given" }, `${name(node)} = ${number(after)}`));
  return element("td", {}, element("span", { class: "from" }, turn.seed ? say("own.seedRow") : say("own.from", { name: name(turn.node) })), " ", ...gives.flatMap((one) => [one, " "]), ...mark);
}
