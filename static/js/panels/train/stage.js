/** All that is seen of a training together: the plane, the neurons, the loss, the gradients, one sample's graph. */

/** @import { Grid } from "./field.js" */
/** @import { Session } from "./session.js" */

import { element, hide } from "../../element.js";
import { say } from "../../say.js";
import { Boundary } from "./boundary.js";
import { Fit } from "./fit.js";
import { Gradients } from "./gradients.js";
import { findings } from "./health.js";
import { Loss } from "./loss.js";
import { Neurons } from "./neurons.js";
import { Pointing } from "./pointing.js";
import { Sample } from "./sample.js";

/** Milliseconds of drawing in one frame, after which the rest waits for the next. */
const BUDGET = 4;
/** Milliseconds between two drawings of what need not move with every frame. */
const OFTEN = 50;
const SOMETIMES = 110;
const SELDOM = 400;

const wide = matchMedia("(min-width: 60rem)");
const dark = matchMedia("(prefers-color-scheme: dark)");
const still = matchMedia("(prefers-reduced-motion: reduce)");

/** @typedef {{ every: number, last: number, draw: () => void }} Part what is drawn no oftener than so many milliseconds apart */

export class Stage {
  #boundary = new Boundary();
  #fit = new Fit();
  #loss = new Loss();
  #neurons = new Neurons(() => this.plan());
  /** @type {{ chosen: Grid | null, silent: string[] }} */
  #seen = { chosen: null, silent: [] };
  #planned = 0;
  /** @type {Part[]} */
  #parts = [
    { every: 0, last: 0, draw: () => this.#plane() },
    { every: OFTEN, last: 0, draw: () => this.#loss.draw(this.session.line, this.session.kept) },
    { every: OFTEN, last: 0, draw: () => void (this.#seen = this.#neurons.draw(this.session.field)) },
    { every: SOMETIMES, last: 0, draw: () => this.sample.draw() },
    { every: SELDOM, last: 0, draw: () => this.#sizes() },
  ];
  #due = new Set(this.#parts);

  /**
   * @param {Session} session
   * @param {{ page: HTMLElement, panel: HTMLElement }} places beside the program on wide screens, else in the panel
   */
  constructor(session, places) {
    this.session = session;
    this.gradients = new Gradients((line) => jumpTo(session, line));
    this.sample = new Sample(session);
    this.pointing = new Pointing(this.#boundary, session, () => this.plan());
    this.answers = element("figure", { class: "answers" }, element("figcaption", {}, say("train.field"), this.pointing.tools), this.#boundary.element, this.#fit.element);
    this.element = element("section", { class: "stage", "aria-label": say("train.stage") }, this.answers, this.#neurons.element, this.#loss.element, this.gradients.element, this.sample.element);
    this.places = places;
    this.#settle();
    wide.addEventListener("change", () => this.#settle());
    dark.addEventListener("change", () => this.plan());
    session.watch(() => this.plan());
  }

  /** Where there is no net to be seen, the program's own graph is left in its place. */
  #settle() {
    const place = wide.matches && !this.answers.hidden ? this.places.page : this.places.panel;
    if (this.element.parentElement !== place) place.append(this.element);
  }

  /** Draws with the next frames. */
  plan() {
    const { status, frame } = this.session;
    if (still.matches && status === "running" && frame && frame.step > 1) return; // numbers move, pictures rest
    this.#due = new Set(this.#parts);
    if (this.#planned === 0) this.#planned = requestAnimationFrame(() => this.#show());
  }

  #show() {
    this.#planned = 0;
    if (this.element.hidden) return;
    const start = performance.now();
    for (const part of this.#parts) {
      if (!this.#due.has(part) || start - part.last < part.every || performance.now() - start > BUDGET) continue;
      part.draw();
      part.last = start;
      this.#due.delete(part);
    }
    if (this.#due.size > 0) this.#planned = requestAnimationFrame(() => this.#show());
  }

  #plane() {
    const { facts, field, weights, sample } = this.session;
    const flat = facts.curve !== null;
    hide(this.answers, !flat && field === null && typeof facts.data?.points[0] !== "object");
    this.#settle();
    hide(this.#boundary.element, flat);
    hide(this.#fit.element, !flat);
    if (flat) this.#fit.draw(facts, weights, sample);
    else this.#boundary.draw(field, this.#seen.chosen, facts.data, sample, this.pointing.cursor);
  }

  #sizes() {
    const { frame } = this.session;
    this.gradients.draw(frame?.gradients ?? [], frame ? findings(frame, this.#seen.silent) : []);
  }
}

/**
 * Shows a line of the program that trains.
 * @param {Session} session
 * @param {number} line counted from 1
 */
export function jumpTo({ source, editor }, line) {
  const lines = source.split("\n");
  const start = lines.slice(0, line - 1).reduce((sum, { length }) => sum + length + 1, 0);
  editor.jump(start, start + (lines[line - 1] ?? "").length);
}
