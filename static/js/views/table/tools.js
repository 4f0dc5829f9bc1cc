/** What stands over the table: a filter, the formulas, and the way out as comma-separated values. */

/** @import { Row } from "./rows.js" */
/** @import { GraphNode } from "../../types.d.ts" */

import { copyOnPress } from "../../copy.js";
import { element, mark, write } from "../../element.js";
import { say } from "../../say.js";
import { csvOf } from "./csv.js";

const FILE = "values.csv";

/**
 * @param {HTMLElement} scroller
 * @param {{ redraw: () => void, rows: () => Row[], formula: (node: GraphNode) => string }} table
 */
export function mountTools(scroller, { redraw, rows, formula }) {
  const filter = element("input", { type: "search", "aria-label": say("table.filter"), placeholder: say("table.filter"), autocomplete: "off", spellcheck: "false" });
  const count = element("span", { class: "count", role: "status" });
  const formulas = element("button", { type: "button", "aria-pressed": "false" }, say("table.formulas"));
  const copy = element("button", { type: "button", title: say("table.copyTitle") }, say("table.copy"));
  const save = element("button", { type: "button", title: say("table.saveTitle") }, say("table.save"));
  scroller.before(element("div", { class: "sheet-tools" }, filter, count, formulas, copy, save));

  const text = () => csvOf(rows(), [say("table.name"), say("table.operation"), say("table.data"), say("table.grad"), say("table.formula")], formula);
  filter.addEventListener("input", redraw);
  formulas.addEventListener("click", () => {
    mark(formulas, "aria-pressed", String(formulas.getAttribute("aria-pressed") !== "true"));
    redraw();
  });
  copyOnPress(copy, text, { done: say("table.copied"), failed: say("table.notCopied") });
  save.addEventListener("click", () => download(text()));

  return {
    wanted: () => filter.value,
    formulas: () => formulas.getAttribute("aria-pressed") === "true",
    /** @type {(shown: number, all: number) => void} */
    count: (shown, all) => write(count, shown === all ? "" : say("table.count", { shown, all })),
  };
}

/** @param {string} text */
function download(text) {
  const address = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  element("a", { href: address, download: FILE }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
