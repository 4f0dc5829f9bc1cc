/** What pointer and keys do on the plane: they choose the sample, and set points of one's own. */

/** @import { Boundary } from "./boundary.js" */
/** @import { Session } from "./session.js" */
/** @import { Points } from "./types.d.ts" */

import { element } from "../../element.js";
import { say } from "../../say.js";
import { choice } from "../controls.js";
import { rounded } from "./csv.js";
import { choicesOf, written } from "./program.js";

/** How far the keys move the cross, as a share of the plane. */
const STRIDE = 1 / 30;
/** Fewer points are nothing to learn from. */
const FEWEST = 2;

/** @typedef {"choose" | "first" | "second" | "remove"} Tool */

export class Pointing {
  /** @type {[number, number] | null} */
  cursor = null;
  /** @type {Tool} */
  #tool = "second";
  #list = choice(say("train.tool"), (id) => this.#use(/** @type {Tool} */ (id)), true);
  tools = element("span", { class: "pointing" }, this.#list.element);

  /**
   * @param {Boundary} boundary
   * @param {Session} session
   * @param {() => void} plan
   */
  constructor(boundary, session, plan) {
    this.boundary = boundary;
    this.session = session;
    this.plan = plan;
    this.#use(this.#tool);
    boundary.element.addEventListener("pointerdown", (event) => event.button === 0 && this.#act(boundary.placeOf(event)));
    boundary.element.addEventListener("keydown", (event) => this.#press(event));
    boundary.element.addEventListener("blur", () => {
      this.cursor = null;
      plan();
    });
    session.store.subscribe(() => void (this.tools.hidden = this.#own() === null));
  }

  /** @param {Tool} tool */
  #use(tool) {
    this.#tool = tool;
    const options = [
      { id: "choose", name: say("train.tool.choose") },
      { id: "first", name: say("train.tool.first") },
      { id: "second", name: say("train.tool.second") },
      { id: "remove", name: say("train.tool.remove") },
    ];
    this.#list.update(options, tool);
  }

  /** The choices, where points may be set; null where the data are not of one's own. */
  #own() {
    const choices = choicesOf(this.session.store.state.source);
    return choices?.data === "own" && typeof choices.own.inputs[0] !== "number" ? choices : null;
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    const { x, y } = this.boundary.plane;
    const at = this.cursor ?? [(x[0] + x[1]) / 2, (y[0] + y[1]) / 2];
    const by = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    if (by) this.cursor = [at[0] + by[0] * STRIDE * (x[1] - x[0]), at[1] + by[1] * STRIDE * (y[1] - y[0])];
    else if (event.key === "Enter" || event.key === " ") this.#act(at);
    else if (event.key === "Escape") this.cursor = null;
    else return;
    event.preventDefault();
    event.stopPropagation();
    this.plan();
  }

  /** @param {[number, number]} place */
  #act(place) {
    const { session } = this;
    const choices = this.#own();
    const near = nearest(session.facts.data?.points ?? [], place);
    if (!choices || this.#tool === "choose") return session.choose(near);
    const own = edited(choices.own, this.#tool, place, near);
    session.clear();
    session.editor.replace(written({ ...choices, own }));
    session.facts = { ...session.facts, data: { inputs: "X", targets: "y", points: own.inputs, labels: own.targets } };
    this.plan();
  }
}

/**
 * Points with one more, or one fewer.
 * @param {Points} points
 * @param {Tool} tool
 * @param {[number, number]} place
 * @param {number} near the point that is nearest to it
 * @returns {Points}
 */
function edited(points, tool, place, near) {
  const { inputs, targets } = /** @type {{ inputs: [number, number][], targets: number[] }} */ (structuredClone(points));
  const [low, high] = [Math.min(...targets), Math.max(...targets)];
  if (tool === "remove") {
    if (targets.length > FEWEST) [inputs, targets].map((one) => one.splice(near, 1));
  } else {
    inputs.push([rounded(place[0]), rounded(place[1])]);
    targets.push(tool === "first" ? Math.min(low, -high) : Math.max(high, -low));
  }
  return { inputs, targets };
}

/**
 * @param {readonly (number | number[])[]} points
 * @param {[number, number]} place
 */
function nearest(points, [x, y]) {
  const away = points.map((point) => (typeof point === "number" ? Infinity : Math.hypot(point[0] - x, point[1] - y)));
  return Math.max(0, away.indexOf(Math.min(...away)));
}
