/** The question about the order: which operation gives next, and which have given. */

/** @import { Session } from "../../predict/session.js" */
/** @import { Blank, State, Store } from "../../types.d.ts" */

import { element } from "../../element.js";
import { isDone } from "../../predict/session.js";
import { say } from "../../say.js";
import { selected } from "../../store.js";

/**
 * @param {Store} store
 * @param {Session} session
 */
export function createTurns(store, session) {
  const list = element("ol", { class: "turns", "aria-label": say("predict.given") });
  const select = element("select", { autocomplete: "off" });
  const check = element("button", { type: "submit" }, say("predict.check"));
  const show = element("button", { type: "button" }, say("predict.show"));
  const form = element("form", {}, element("label", {}, element("span", {}, say("predict.next")), select), check, show);
  const part = element("div", { class: "ordering" }, form, list);
  let offered = "";
  let at = /** @type {number | null} */ (null);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (select.value !== "") session.answer(Number(select.value), "");
  });
  show.addEventListener("click", () => session.answer(null, null));
  select.addEventListener("change", () => store.apply(selected, select.value === "" ? null : Number(select.value)));

  /** @param {State} state */
  const update = (state) => {
    part.hidden = state.task?.hide !== "order";
    if (part.hidden) return;
    const open = state.blanks.filter(({ node }) => !isDone(session.verdicts.get(node)));
    const now = JSON.stringify(open);
    if (now !== offered) select.replaceChildren(element("option", { value: "" }, say("predict.choose")), ...open.map(option));
    offered = now;
    form.hidden = open.length === 0;
    show.hidden = !state.task?.reveal;
    if (state.selected !== at && open.some(({ node }) => node === state.selected)) select.value = String(state.selected);
    at = state.selected;
    if (list.childElementCount !== session.turns.length) list.replaceChildren(...session.turns.map(({ name, shown }) => element("li", { class: shown ? "shown" : "right" }, name)));
  };
  return { element: part, update };
}

/** @param {Blank} blank */
const option = ({ node, name }) => element("option", { value: String(node) }, name);
