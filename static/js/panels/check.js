/** The check panel: every input's gradient found in four ways, how well they agree, and what each costs. */

/** @import { State, Store } from "../types.d.ts" */
/** @import { Gradcheck } from "./check/verdicts.js" */

import { copyOnPress } from "../copy.js";
import { element, write } from "../element.js";
import { inputsOf } from "../inputs/program.js";
import { replayFor } from "../numbers.js";
import { adjoints, forward, locals } from "../replay/passes.js";
import { say, sayCount } from "../say.js";
import { createCosts } from "./check/costs.js";
import { createTable } from "./check/table.js";
import { asText, strangers } from "./check/verdicts.js";
import { emptiness, status } from "./controls.js";
import { createAsker } from "./service.js";
import { placed, programOf } from "./subjects.js";
import { watch } from "./watch.js";

const MOVABLE = ["input", "parameter"];

/**
 * @param {HTMLElement} panel
 * @param {Store} store
 */
export function mount(panel, store) {
  /** @type {{ answer: Gradcheck, of: string } | null} */
  let found = null;
  let asked = { drawn: "", of: "" };
  const line = status(() => asker.again());
  const asker = createAsker("gradcheck", (progress) => {
    line.update(progress);
    again.disabled = progress.kind === "asking" || progress.kind === "long";
    if (progress.kind === "refused") found = null;
    if (progress.kind === "answer") take(/** @type {Gradcheck} */ (progress.answer));
    plan();
  });

  const again = element("button", { type: "button" }, say("check.again"));
  const copies = [["\t", say("check.copyTsv")], [",", say("check.copyCsv")]].map(([between, name]) => {
    const made = element("button", { type: "button" }, name);
    copyOnPress(made, () => asText(found?.answer.rows ?? [], heads(), between), { done: say("check.copied"), failed: say("check.notCopied") });
    return made;
  });
  const stale = element("p", { class: "old", role: "status" });
  const summary = element("p", { class: "words" });
  const table = createTable();
  const notes = element("ul", { class: "how" });
  const costs = createCosts();
  const results = element("div", { class: "results" }, summary, table.element, notes, costs.element);
  const body = element("div", { class: "body" }, element("div", { class: "controls" }, again, element("span", { class: "tools" }, ...copies)), stale, results);
  const empty = emptiness(body);
  panel.classList.add("plotting");
  panel.replaceChildren(empty.element, line.element, body);

  /** @param {State} state */
  const question = (state) => {
    asked = { drawn: state.drawn, of: signature(state) };
    asker.ask(programOf(state));
  };

  /** @param {Gradcheck} answer */
  const take = (answer) => {
    found = { answer, of: asked.of };
    table.update(answer.rows, answer.kinks);
    costs.update(answer.costs, answer.rows.length);
  };

  /** @param {State} state */
  const draw = (state) => {
    panel.classList.toggle("stale", state.refused);
    const some = state.document?.nodes.some(({ kind }) => MOVABLE.includes(kind)) && state.document.graph.output !== null;
    empty.update(state.document === null ? say("plot.noProgram") : some ? "" : say("check.noInput"));
    if (!some) return;
    if (state.drawn !== asked.drawn) question(state);
    results.hidden = found === null;
    const old = found !== null && found.of !== signature(state);
    results.classList.toggle("old", old);
    write(stale, old ? say("check.stale") : "");
    if (found === null) return;
    const others = old ? null : pageSlopes(state);
    write(summary, summaryOf(found.answer));
    notes.replaceChildren(...notesOf(found.answer, others).map((note) => element("li", {}, note)));
  };
  const plan = watch(store, "check", draw);
  again.addEventListener("click", () => {
    const state = store.state;
    if (signature(state) === asked.of) asker.again();
    else question(state);
  });
}

/** @type {(state: State) => string} */
const signature = ({ drawn, moved }) => JSON.stringify([drawn, Object.entries(moved).sort()]);

/**
 * The slopes that the page's own backward pass finds, by node; null where the page cannot compute this program.
 * @param {State} state
 */
function pageSlopes(state) {
  const replay = replayFor(state.document);
  if (!replay) return null;
  const slopes = adjoints(replay.tape, locals(replay.tape, forward(replay.tape, placed(state))));
  return new Map(inputsOf(state.document).map(({ id }) => [id, slopes[/** @type {number} */ (replay.tape.slots.get(id))]]));
}

const heads = () => [say("check.input"), say("table.data"), say("check.reverse"), say("check.forward"), say("check.central"), say("check.complex"), say("curve.difference"), say("check.verdict")];

/** @param {Gradcheck} answer */
function summaryOf({ rows }) {
  const agreeing = rows.filter(({ verdict }) => verdict === "agrees").length;
  if (rows.length === agreeing) return sayCount("check.allAgree", agreeing);
  return say("check.someAgree", { agreeing, count: rows.length });
}

/**
 * What else is to be known of a check.
 * @param {Gradcheck} answer
 * @param {ReadonlyMap<number, number> | null} ours
 */
function notesOf({ rows, costs, kinks, count, held }, ours) {
  const strange = ours ? strangers(rows, ours) : [];
  const names = strange.map(({ label, key, node }) => label ?? key ?? `#${node}`).join(", ");
  return [
    ours === null ? "" : strange.length > 0 ? say("check.pageDiffers", { names }) : say("check.pageAgrees"),
    say("check.asked"),
    held ? (held.line === null ? say("check.heldSomewhere") : say("check.held", { line: held.line })) : "",
    ...kinks.slice(0, 5).map(({ op, line, convention }) => (line === null ? say("check.kinkSomewhere", { op, convention }) : say("check.kinkAt", { op, line, convention }))),
    costs.some(({ way }) => way === "complex") ? "" : say("check.noComplex"),
    rows.length < count ? say("check.first", { done: rows.length, count }) : "",
  ].filter((note) => note !== "");
}
