/** Points from a table that somebody pastes: what is wrong with a line is said with its number. */

/** @import { Wrong } from "./csv.js" */
/** @import { Points } from "./types.d.ts" */

import { element, write } from "../../element.js";
import { say } from "../../say.js";
import { shorten } from "../../format.js";
import { MOST_POINTS, pointsOf } from "./csv.js";

const SHOWN = 40;

/** @param {(points: Points) => void} accept */
export function createPaste(accept) {
  const area = element("textarea", { rows: "4", spellcheck: "false", autocomplete: "off", "aria-label": say("train.table"), placeholder: "0.5, -1.2, 1" });
  const take = element("button", { type: "button" }, say("train.take"));
  const words = element("p", { class: "wrong", role: "alert" });
  const made = element("details", { class: "paste" }, element("summary", {}, say("train.paste")), element("p", {}, say("train.pasteHow")), area, take, words);
  take.addEventListener("click", () => {
    const found = pointsOf(area.value);
    write(words, "wrong" in found ? told(found.wrong) : "");
    if ("points" in found) accept(found.points);
  });
  return { element: made };
}

/** @param {Wrong} wrong */
function told(wrong) {
  if (wrong.kind === "empty") return say("train.wrong.empty");
  if ("count" in wrong) {
    const values = { count: wrong.count.toLocaleString(), most: MOST_POINTS.toLocaleString() };
    return wrong.kind === "many" ? say("train.wrong.many", values) : say("train.wrong.long", values);
  }
  const values = { line: wrong.line, text: shorten(wrong.text, SHOWN), columns: wrong.columns };
  return wrong.kind === "columns" ? say("train.wrong.columns", values) : say("train.wrong.number", values);
}
