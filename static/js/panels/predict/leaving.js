/** What can be done with a task: begin anew, print it, pass it on, take a receipt, end it. */

/** @import { Session } from "../../predict/session.js" */
/** @import { State, Store } from "../../types.d.ts" */

import { copyOnPress } from "../../copy.js";
import { element } from "../../element.js";
import { save } from "../../graph/export.js";
import { predicting } from "../../predict/transitions.js";
import { say } from "../../say.js";
import { PLAIN } from "../../store.js";
import { searchOf } from "../../url.js";

/**
 * @param {Store} store
 * @param {Session} session
 */
export function createLeaving(store, session) {
  const again = element("button", { type: "button" }, say("predict.again"));
  const link = element("button", { type: "button" }, say("predict.link"));
  const sheet = element("a", { target: "_blank", rel: "noopener" }, say("predict.sheet"));
  const end = element("button", { type: "button" }, say("predict.end"));
  const name = element("input", { type: "text", autocomplete: "name", maxlength: "200" });
  const take = element("button", { type: "submit" }, say("predict.receipt"));
  const receipt = element("form", { class: "receipt" }, element("label", {}, element("span", {}, say("predict.name")), name), take);
  again.addEventListener("click", () => {
    session.begin();
    const { task } = store.state;
    if (task) store.apply(predicting, { ...task }); // another object: the service is asked again
  });
  end.addEventListener("click", () => store.apply(predicting, null));
  copyOnPress(link, () => `${location.origin}/${taskSearch(store.state)}`, { done: say("predict.copied"), failed: say("predict.notCopied") });
  receipt.addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = await session.receipt(name.value.trim());
    if (text !== null) save(new Blob([text], { type: "application/json" }), "receipt.json");
  });

  /** @param {State} state */
  const update = (state) => {
    again.hidden = state.task?.tries !== null; // where they are counted, they stay counted
    receipt.hidden = !session.last?.receipt;
    const search = taskSearch(state);
    sheet.hidden = search === "";
    sheet.setAttribute("href", `/worksheet${search}&lang=${encodeURIComponent(document.documentElement.lang)}`);
    link.hidden = search === "";
  };
  return { element: element("div", { class: "leaving" }, receipt, element("div", { class: "tools" }, again, link, sheet, end)), update };
}

/**
 * The query of a task; empty where the program is too long for one.
 * @param {State} state
 */
const taskSearch = ({ drawn, examples, task }) => searchOf(drawn, examples, { ...PLAIN, task, panel: "predict" });
