/** The questions about numbers: a field for each, what it was, and how it comes about. */

/** @import { Session } from "../../predict/session.js" */
/** @import { Blank, State, Store } from "../../types.d.ts" */

import { element, write } from "../../element.js";
import { number } from "../../format.js";
import { isDone } from "../../predict/session.js";
import { say } from "../../say.js";
import { selected } from "../../store.js";

/** @typedef {{ element: HTMLLIElement, input: HTMLInputElement, update: (state: State) => void, node: number }} Row */

/**
 * @param {Store} store
 * @param {Session} session
 */
export function createQuestions(store, session) {
  const list = element("ol", { class: "questions" });
  /** @type {readonly Blank[]} */
  let blanks = [];
  /** @type {Row[]} */
  let rows = [];
  let at = /** @type {number | null} */ (null);

  /** @param {State} state */
  const update = (state) => {
    list.hidden = state.task?.hide === "order";
    if (list.hidden) return;
    if (state.blanks !== blanks && JSON.stringify(state.blanks) !== JSON.stringify(blanks)) {
      rows = state.blanks.map((blank) => createRow(blank, store, session));
      list.replaceChildren(...rows.map((row) => row.element));
    }
    blanks = state.blanks;
    const focused = rows.find(({ input }) => input === document.activeElement);
    for (const row of rows) row.update(state);
    if (focused && isDone(session.verdicts.get(focused.node))) next(rows, focused, session)?.input.focus();
    if (state.selected !== at) rows.find(({ node }) => node === state.selected)?.element.scrollIntoView({ block: "nearest" });
    at = state.selected;
  };
  return { element: list, update };
}

/**
 * The first row that is open after one, else before it.
 * @type {(rows: Row[], from: Row, session: Session) => Row | undefined}
 */
function next(rows, from, { verdicts }) {
  const place = rows.indexOf(from);
  return [...rows.slice(place), ...rows.slice(0, place)].find(({ node }) => !isDone(verdicts.get(node)));
}

/**
 * @param {Blank} blank
 * @param {Store} store
 * @param {Session} session
 * @returns {Row}
 */
function createRow({ node, name }, store, session) {
  const input = element("input", { type: "text", inputmode: "text", autocomplete: "off", spellcheck: "false", "aria-label": say("predict.answerFor", { name }), maxlength: "60" });
  const check = element("button", { type: "submit" }, say("predict.check"));
  const show = element("button", { type: "button", "aria-label": say("predict.showOf", { name }) }, say("predict.show"));
  const left = element("span", { class: "left" });
  const result = element("output", {});
  const way = element("ul", { class: "way" });
  const form = element("form", {}, element("span", { class: "name" }, name), input, result, check, show, left);
  const row = element("li", {}, form, way);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (input.value.trim() !== "") session.answer(node, input.value.trim());
  });
  show.addEventListener("click", () => session.answer(node, null));
  row.addEventListener("focusin", () => store.apply(selected, node));

  /** @param {State} state */
  const update = (state) => {
    const verdict = session.verdicts.get(node);
    const done = isDone(verdict);
    const spent = verdict?.left === 0;
    row.className = [done && (verdict?.right ? "right" : "shown"), verdict && !done && "wrong", state.selected === node && "active"].filter(Boolean).join(" ");
    const open = !done && !spent;
    for (const part of [input, check]) part.hidden = !open;
    show.hidden = done || !state.task?.reveal;
    input.setAttribute("aria-invalid", String(verdict !== undefined && !done));
    write(result, done ? number(verdict?.number ?? null) : spent ? say("predict.spent") : "");
    write(left, open && verdict && verdict.left !== null ? say("predict.left", { count: verdict.left }) : "");
    const lines = verdict?.derivation ?? [];
    if (way.childElementCount !== lines.length) way.replaceChildren(...lines.map((line) => element("li", {}, line)));
  };
  return { element: row, input, update, node };
}
