/** The training panel: choices that write the program, a training that is watched, and what there is to see of it. */

/** @import { Editor, State, Store } from "../types.d.ts" */

import { element, hide, write } from "../element.js";
import { say } from "../say.js";
import { searchOf } from "../url.js";
import { createArrays } from "./train/arrays.js";
import { Controls } from "./train/controls.js";
import { Form } from "./train/form.js";
import { USUAL, written } from "./train/program.js";
import { Session } from "./train/session.js";
import { Stage } from "./train/stage.js";
import { linkedProgram } from "./train/step.js";

/** Milliseconds after typing until the program is looked at again. */
const PAUSE = 400;

/**
 * @param {HTMLElement} panel
 * @param {Store} store
 * @param {Editor} editor
 */
export function mount(panel, store, editor) {
  const view = new TrainView(panel, new Session(store, editor));
  let timer = setTimeout(() => undefined);
  /** @type {string | null} */
  let known = null;
  store.subscribe(({ source, panel: shown }) => {
    if (shown === "train" && source !== known && !view.session.underWay) {
      clearTimeout(timer);
      timer = setTimeout(() => view.session.look(), known === null ? 0 : PAUSE);
      known = source;
    }
    view.update();
    view.stage.plan();
  });
}

class TrainView {
  #begin = element("button", { type: "button", class: "primary" }, say("train.begin"));
  #nothing = element("div", { class: "nothing" }, element("p", {}, say("train.nothing")), this.#begin);
  #link = element("a", { target: "_blank", rel: "noopener" });
  /** What choices and array program were last drawn for. @type {unknown[]} */
  #seen = [];
  #opening = element("p", { class: "how" }, this.#link);

  /**
   * @param {HTMLElement} panel
   * @param {Session} session
   */
  constructor(panel, session) {
    const place = element("div");
    this.session = session;
    this.controls = new Controls(session);
    this.form = new Form(session);
    this.arrays = createArrays(session);
    const page = document.getElementById("lesson") ? place : place.ownerDocument.querySelector("main"); // beside a lesson the picture is part of it
    this.stage = new Stage(session, { page: page ?? place, panel: place });
    this.body = element("div", { class: "body" }, this.controls.element, this.stage.gradients.findings, this.form.element, place, this.#opening, this.arrays.element);
    this.#begin.addEventListener("click", () => session.editor.replace(written(USUAL)));
    panel.classList.add("plotting");
    panel.replaceChildren(this.#nothing, this.body);
    session.watch(() => this.update());
  }

  update() {
    const { session } = this;
    const { state } = session.store;
    const trains = state.source.includes("backward(") || session.frame !== null;
    hide(this.body, !trains);
    hide(this.#nothing, trains);
    const unseen = !trains || state.panel !== "train" || (session.facts.data === null && session.frame === null);
    hide(this.stage.element, unseen);
    this.controls.update();
    const seen = [state.source, session.status, session.known, session.rateKey, session.sample];
    if (seen.some((one, i) => one !== this.#seen[i])) {
      this.form.update();
      this.arrays.update();
    }
    this.#seen = seen;
    this.#offer();
    if (session.status !== "problem" && session.frame && state.refused && state.source === session.source && exceeded(state)) session.store.apply(excused);
  }

  /** The step that is seen, as a program of its own: its address opens it as any other graph, and can be sent to others. */
  #offer() {
    const { own, frame, status, facts } = this.session;
    const step = this.stage.sample.step();
    hide(this.#opening, !step || !own || !frame || status === "running");
    if (!step || !own || !frame || this.#opening.hidden) return;
    const program = linkedProgram(facts.beginning, { ...step, weights: own });
    if (program) this.#link.href = `/${searchOf(program, [])}`;
    else this.#link.removeAttribute("href");
    write(this.#link, program ? say("train.open", { step: frame.step, sample: step.sample }) : say("train.tooLong"));
  }
}

/** Whether the program is refused for what it takes, and for nothing else. @param {State} state */
const exceeded = ({ diagnostics }) => diagnostics.length > 0 && diagnostics.every(({ limit }) => limit !== null);

/** What one evaluation has no room for is no mistake while a stream runs it. @type {(state: State) => State} */
const excused = (state) => ({ ...state, diagnostics: [], refused: false });
