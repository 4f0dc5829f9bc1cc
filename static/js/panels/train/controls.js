/** Play, pause, one step, speed, reset, compare; and how it goes, in numbers and words. */

/** @import { Session } from "./session.js" */

import { element, mark, write } from "../../element.js";
import { number } from "../../format.js";
import { say } from "../../say.js";
import { button, choice, drawing, set } from "../controls.js";
import { SPEEDS } from "./pace.js";
import { jumpTo } from "./stage.js";

const PLAY = "M2 0l10 6-10 6z";
const PAUSE = "M1 0h3.5v12h-3.5zM7.5 0h3.5v12h-3.5z";
/** Milliseconds between two words to a screen reader while numbers move. */
const SPOKEN = 4000;

export class Controls {
  #icon = drawing("path");
  #play = button("", say("train.play"), () => (this.session.status === "running" ? this.session.pause() : this.session.play()));
  #step = button("⇥", say("train.step"), () => this.session.step());
  #reset = button("⟲", say("train.reset"), () => this.session.reset());
  #keep = element("button", { type: "button", "aria-pressed": "false" }, say("train.keep"));
  #speed = choice(say("train.speed"), (id) => this.session.pace(Number(id)));
  #numbers = element("p", { class: "state" });
  #voice = element("p", { class: "voice", role: "status" });
  #words = element("span");
  #place = element("button", { type: "button" });
  #problem = element("p", { class: "problem", role: "alert" }, this.#words, " ", this.#place);
  #spoken = 0;

  /** @param {Session} session */
  constructor(session) {
    this.session = session;
    this.#play.classList.add("primary");
    this.#play.replaceChildren(drawing("svg", { viewBox: "0 0 12 12", "aria-hidden": "true" }, this.#icon));
    this.#keep.addEventListener("click", () => session.keep());
    this.#place.addEventListener("click", () => jumpTo(session, lineOf(session) ?? 1));
    const buttons = element("div", { class: "buttons", role: "group", "aria-label": say("train.controls") }, this.#play, this.#step, this.#reset, this.#speed.element, this.#keep);
    this.element = element("div", {}, buttons, this.#numbers, this.#problem, this.#voice);
  }

  update() {
    const { status, frame, kept, line, speed } = this.session;
    const running = status === "running" || status === "starting";
    set(this.#icon, { d: running ? PAUSE : PLAY });
    const name = running ? say("train.pause") : status === "paused" ? say("train.resume") : say("train.play");
    for (const attribute of ["aria-label", "title"]) mark(this.#play, attribute, name);
    this.#play.disabled = status === "starting" || status === "resuming";
    this.#step.disabled = this.#play.disabled;
    this.#reset.disabled = status === "idle";
    mark(this.#keep, "aria-pressed", String(kept !== null));
    this.#keep.disabled = kept === null && line.steps.length === 0;
    this.#speed.update(SPEEDS.map((pace, i) => ({ id: String(i), name: pace === Infinity ? say("train.fastest") : say("train.pace", { pace }) })), String(speed));
    const values = { step: frame?.step ?? 0, loss: number(frame?.loss ?? null, 4), pace: number(frame?.steps_a_second ?? 0, 3) };
    write(this.#numbers, frame ? (status === "running" ? say("train.numbersRunning", values) : say("train.numbers", values)) : "");
    this.#tell();
    if (performance.now() - this.#spoken < SPOKEN && status === "running") return;
    this.#spoken = performance.now();
    write(this.#voice, frame ? `${statusOf(status)} ${say("train.numbers", values)}` : "");
  }

  /** What went wrong, or what there is to say beside the numbers. */
  #tell() {
    const told = toldOf(this.session);
    const line = lineOf(this.session);
    write(this.#words, told);
    this.#problem.hidden = told === "";
    this.#place.hidden = line === null;
    if (line !== null) write(this.#place, say("train.line", { line }));
  }
}

/** What a screen reader hears before the numbers. @param {import("./session.js").Status} status */
function statusOf(status) {
  if (status === "running") return say("train.running");
  if (status === "paused") return say("train.paused");
  return status === "done" ? say("train.done") : "";
}

/** What is to be said beside the numbers; empty where all is well. @param {Session} session */
function toldOf({ status, problem, source, frame, store }) {
  if (status === "problem") return [problem?.diagnostics?.[0]?.message ?? problem?.detail ?? problem?.title ?? "", problem?.diagnostics?.[0]?.hint ?? ""].filter((one) => one !== "").join(". ");
  if (status === "lost") return say("train.lost");
  if (status === "busy") return say("train.busy");
  if (status === "resuming") return say("train.resuming");
  if (status === "done" && !frame?.step) return say("train.noPass");
  return frame && source !== store.state.source ? say("train.stale") : "";
}

/** @param {Session} session */
const lineOf = ({ status, problem }) => (status === "problem" ? (problem?.diagnostics?.[0]?.line ?? null) : null);
