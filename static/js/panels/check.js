/** The check panel: every input's gradient found in four ways, how well they agree, and what each costs. */

/** @import { State, Store } from "../types.d.ts" */
/** @import { Progress } from "./service.js" */
/** @import { Gradcheck } from "./check/verdicts.js" */

import { copyOnPress } from "../copy.js";
import { element, write } from "../element.js";
import { inputsOf } from "../inputs/program.js";
import { replayFor } from "../numbers.js";
import { adjoints, forward, locals } from "../replay/passes.js";
import { say, sayCount } from "../say.js";
import { createCosts } from "./check/costs.js";
import { createTable } from "./check/table.js";
import { asText, strangers, writtenRight } from "./check/verdicts.js";
import { emptiness, status } from "./controls.js";
import { Asker } from "./service.js";
import { placed, programOf } from "./subjects.js";
import { watch } from "./watch.js";

const MOVABLE = ["input", "parameter"];

/**
 * @param {HTMLElement} panel
 * @param {Store} store
 */
export function mount(panel, store) {
  const check = new Check(panel);
  check.plan = watch(store, "check", (state) => check.draw(state));
  check.again.addEventListener("click", () => check.repeat(store.state));
}

class Check {
  /** @type {{ answer: Gradcheck, of: string } | null} */
  #found = null;
  #asked = { drawn: "", of: "" };
  plan = () => {};
  again = element("button", { type: "button" }, say("check.again"));
  #stale = element("p", { class: "old", role: "status" });
  #summary = element("p", { class: "words" });
  #notes = element("ul", { class: "how" });
  #table = createTable();
  #costs = createCosts();
  #results = element("div", { class: "results" }, this.#summary, this.#table.element, this.#notes, this.#costs.element);
  #line = status(() => this.#asker.again());
  #asker = new Asker("gradcheck", (progress) => this.#tell(progress));

  /** @param {HTMLElement} panel */
  constructor(panel) {
    this.panel = panel;
    const copies = [this.#copy("\t", say("check.copyTsv")), this.#copy(",", say("check.copyCsv"))];
    const controls = element("div", { class: "controls" }, this.again, element("span", { class: "tools" }, ...copies));
    const body = element("div", { class: "body" }, controls, this.#stale, this.#results);
    this.empty = emptiness(body);
    panel.classList.add("plotting");
    panel.replaceChildren(this.empty.element, this.#line.element, body);
  }

  /** @type {(between: string, name: string) => HTMLButtonElement} */
  #copy(between, name) {
    const made = element("button", { type: "button" }, name);
    copyOnPress(made, () => this.#text(between), { done: say("check.copied"), failed: say("check.notCopied") });
    return made;
  }

  /** @param {string} between */
  #text(between) {
    const rows = this.#found?.answer.rows ?? [];
    return asText(rows, heads(writtenRight(rows) !== null), between);
  }

  /** @param {Progress<any>} progress */
  #tell(progress) {
    this.#line.update(progress);
    this.again.disabled = progress.kind === "asking" || progress.kind === "long";
    if (progress.kind === "refused") this.#found = null;
    if (progress.kind === "answer") this.#take(progress.answer);
    this.plan();
  }

  /** @param {Gradcheck} answer */
  #take(answer) {
    this.#found = { answer, of: this.#asked.of };
    this.#table.update(answer.rows, answer.kinks);
    this.#costs.update(answer.costs, answer.rows.length);
  }

  /** @param {State} state */
  #question(state) {
    this.#asked = { drawn: state.drawn, of: signature(state) };
    this.#asker.ask(programOf(state));
  }

  /** @param {State} state */
  repeat(state) {
    if (signature(state) === this.#asked.of) this.#asker.again();
    else this.#question(state);
  }

  /** @param {State} state */
  draw(state) {
    this.panel.classList.toggle("stale", state.refused);
    const some = state.document?.nodes.some(({ kind }) => MOVABLE.includes(kind)) && state.document.graph.output !== null;
    this.empty.update(state.document === null ? say("plot.noProgram") : some ? "" : state.document.engine ? say("own.nothing") : say("check.noInput"));
    if (!some) return;
    if (state.drawn !== this.#asked.drawn) this.#question(state);
    const found = this.#found;
    const old = found !== null && found.of !== signature(state);
    this.#results.hidden = found === null;
    this.#results.classList.toggle("old", old);
    write(this.#stale, old ? say("check.stale") : "");
    if (found === null) return;
    write(this.#summary, summaryOf(found.answer));
    this.#notes.replaceChildren(...notesOf(found.answer, old ? null : pageSlopes(state)).map((note) => element("li", {}, note)));
  }
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

/** @param {boolean} own whether there are gradients that an engine of the program's own wrote */
const heads = (own) => [say("check.input"), say("table.data"), ...(own ? [say("own.yours"), say("own.rightColumn")] : []), say("check.reverse"), say("check.forward"), say("check.central"), say("check.complex"), say("curve.difference"), say("check.verdict")];

/** @param {Gradcheck} answer */
function summaryOf({ rows }) {
  const written = writtenRight(rows);
  if (written !== null) return written.right === written.count ? sayCount("own.allRight", written.count) : say("own.someWrong", { wrong: written.count - written.right, count: written.count });
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
