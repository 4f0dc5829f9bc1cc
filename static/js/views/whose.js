/** Above the picture, where the program has an engine of its own: whose is drawn, and whether it is right. */

/** @import { State, Store } from "../types.d.ts" */

import { element, write } from "../element.js";
import { definesEngine } from "../own/defined.js";
import { mark, verdictOf } from "../own/verdict.js";
import { say } from "../say.js";
import { engined, stepped, turned } from "../store.js";
import { watch } from "../watch.js";

/**
 * @param {HTMLElement} picture
 * @param {Store} store
 * @param {HTMLElement} tab of the panel that says more
 */
export function mountWhose(picture, store, tab) {
  const verdict = element("p", { class: "verdict", role: "status" });
  const first = element("button", { type: "button" }, say("own.toFirst"));
  const more = element("button", { type: "button" }, say("own.details"));
  const [own, ours] = [radio("own", say("own.own")), radio("ours", say("own.ours"))];
  const choice = element("div", { class: "choice", role: "radiogroup", "aria-label": say("own.whose") }, own.label, ours.label);
  const strip = element("div", { class: "whose", hidden: "" }, verdict, first, more, choice);
  picture.prepend(strip);
  first.addEventListener("click", () => store.apply(stepped, store.state.document?.engine?.first ?? null));
  more.addEventListener("click", () => store.apply(turned, "engine"));
  choice.addEventListener("change", () => store.apply(engined, own.input.checked ? "own" : "ours"));

  watch(store, ["document", "drawn", "panel"], (/** @type {State} */ { document, drawn, panel }) => {
    const engine = document?.engine ?? null;
    const offered = engine !== null || definesEngine(drawn);
    strip.hidden = !offered;
    tab.hidden = !offered && panel !== "engine";
    if (!offered) return;
    own.input.checked = engine !== null;
    ours.input.checked = engine === null;
    write(verdict, verdictOf(engine));
    mark(strip, engine);
    first.hidden = (engine?.first ?? null) === null;
    more.hidden = panel === "engine" || engine === null;
  });
}

/**
 * @param {string} value
 * @param {string} text
 */
function radio(value, text) {
  const input = element("input", { type: "radio", name: "whose", value });
  return { input, label: element("label", {}, input, text) };
}
