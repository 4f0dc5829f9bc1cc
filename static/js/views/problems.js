/** What is wrong with the program, or odd about it: each problem a button that goes to its place. */

/** @import { Diagnostic, Store } from "../types.d.ts" */

import { select } from "../../vendor/d3.js";
import { say } from "../say.js";
import { turned } from "../store.js";
import { rangeOfDiagnostic } from "../text.js";
import { watch } from "../watch.js";

/** What a program does that a stream has more room for. */
const TRAINS = /\.backward\(/;

/**
 * @param {HTMLElement} element
 * @param {Store} store
 * @param {(start: number, end: number) => void} jump
 */
export function mountProblems(element, store, jump) {
  const list = select(element).select("ul");
  watch(store, ["diagnostics"], ({ diagnostics }) => {
    list.selectAll("li").data(diagnostics).join("li").each(fill);
    const long = diagnostics.some(({ limit }) => limit !== null) && TRAINS.test(store.state.source);
    if (long) list.select("li").append("button").attr("type", "button").attr("class", "train").text(say("problems.train"));
    element.classList.toggle("empty", diagnostics.length === 0);
  });
  element.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest("button") : null;
    if (button?.matches(".train")) return store.apply(turned, "train");
    const diagnostic = button && /** @type {Diagnostic} */ (select(button.closest("li")).datum());
    const range = diagnostic && rangeOfDiagnostic(store.state.source, diagnostic);
    if (range) jump(range.start, range.end);
  });
}

/**
 * @this {import("d3-selection").BaseType}
 * @param {unknown} datum
 */
function fill(datum) {
  const diagnostic = /** @type {Diagnostic} */ (datum);
  const item = select(this).attr("class", diagnostic.severity).text("");
  const button = item.append("button").attr("type", "button");
  button.append("span").attr("class", "place").text(placeOf(diagnostic));
  button.append("span").attr("class", "message").text(diagnostic.message);
  if (diagnostic.hint !== null) button.append("span").attr("class", "hint").text(diagnostic.hint);
}

/**
 * @param {Diagnostic} diagnostic
 */
function placeOf({ line, severity }) {
  const kind = say(`problems.${severity}`);
  return line === null ? kind : `${kind}, ${say("problems.line", { line })}`;
}
