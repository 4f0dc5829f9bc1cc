/** The way downhill a person takes: an optimizer, a rate, steps; and what is said of it. */

/** @import { State, Store } from "../../types.d.ts" */
/** @import { Keys, Point } from "./here.js" */
/** @import { SurfaceSubject } from "./subject.js" */
/** @import { Optimizer } from "./descent.js" */

import { element, write } from "../../element.js";
import { number } from "../../format.js";
import { say } from "../../say.js";
import { moved } from "../../store.js";
import { choice, field } from "../controls.js";
import { placed, standing } from "../subjects.js";
import { NAMES, courseOf, createPath } from "./descent.js";

const MANY = 10;
const MOST_ROWS = 100;
const DIGITS = 6;
const OVER = ["diverged", "resting"];
const NAMED = { sgd: "SGD", momentum: "SGD + momentum 0.9", adam: "Adam" };

/** @typedef {{ path: ReturnType<typeof createPath>, of: string, end: Point }} Way `end` is its last place that inputs can stand at */
/** @typedef {{ x: string, y: string, z: string }} Names */

export class Walk {
  /** @type {Optimizer} */
  #optimizer = "sgd";
  #rate = 0.1;
  /** @type {Way | null} */
  #way = null;
  #busy = false;

  /**
   * @param {Store} store
   * @param {SurfaceSubject} subject
   */
  constructor(store, subject) {
    this.store = store;
    this.subject = subject;
    this.table = createTable();
    this.kind = choice(say("surface.optimizer"), (id) => this.#set(/** @type {Optimizer} */ (id), this.#rate));
    this.speed = field(say("surface.rate"), (value) => this.#set(this.#optimizer, value > 0 ? value : this.#rate));
    this.reset = press(say("surface.reset"), () => this.#back());
    this.words = element("p", { class: "words", role: "status" });
    const buttons = [press(say("surface.step"), () => this.#advance(1)), press(say("surface.run"), () => this.#advance(MANY)), this.reset];
    const controls = element("div", { class: "controls" }, this.kind.element, this.speed.element, element("span", { class: "tools" }, ...buttons));
    this.element = element("div", { class: "descent" }, controls, this.words, this.table.element);
  }

  /** @type {(optimizer: Optimizer, rate: number) => void} */
  #set(optimizer, rate) {
    [this.#optimizer, this.#rate, this.#way] = [optimizer, rate, null];
    this.subject.changed();
  }

  /**
   * Whether the way still is of this program, and the inputs stand at its end.
   * @type {(state: State, both: Keys) => boolean}
   */
  #holds(state, both) {
    const way = this.#way;
    return way !== null && way.of === signature(state, both) && way.end.x === standing(state, both[0]) && way.end.y === standing(state, both[1]);
  }

  /** @param {{ x: number, y: number }} to */
  #move({ x, y }) {
    const [keyX, keyY] = /** @type {Keys} */ (this.subject.keys);
    this.store.apply((state) => moved(moved(state, keyX, x), keyY, y));
  }

  /** @param {number} steps */
  async #advance(steps) {
    const [{ state }, both] = [this.store, this.subject.keys];
    if (this.#busy || both === null) return;
    this.#busy = true;
    if (!this.#holds(state, both)) await this.#begin(state, both);
    const way = this.#way;
    for (let step = 0; way && step < steps && !OVER.includes(courseOf(way.path.places)); step++) {
      const to = way.path.next();
      const place = await this.subject.visit(state, both, to);
      if (place === null || this.#way !== way) break;
      way.path.arrive(place);
      if (Number.isFinite(to.x) && Number.isFinite(to.y)) way.end = place;
    }
    this.#busy = false;
    if (way && this.#way === way && this.store.state.drawn === state.drawn) this.#move(way.end);
    this.subject.changed();
  }

  /** @type {(state: State, both: Keys) => Promise<void>} */
  async #begin(state, both) {
    const start = await this.subject.visit(state, both, { x: standing(state, both[0]), y: standing(state, both[1]) });
    this.#way = start && { path: createPath(this.#optimizer, this.#rate, start), of: signature(state, both), end: start };
  }

  #back() {
    const [{ state }, both] = [this.store, this.subject.keys];
    if (this.#way && both && this.#holds(state, both)) this.#move(this.#way.path.places[0]);
    this.#set(this.#optimizer, this.#rate);
  }

  /**
   * The places so far; none where the inputs have been moved from the way's end.
   * @param {State} state
   * @param {Keys} both
   * @param {Names} names
   */
  update(state, both, names) {
    if (!this.#busy && !this.#holds(state, both)) this.#way = null;
    const places = this.#way?.path.places ?? [];
    this.kind.update(NAMES.map((id) => ({ id, name: NAMED[id] })), this.#optimizer);
    this.speed.update(String(this.#rate));
    this.reset.disabled = places.length < 2;
    write(this.words, places.length === 0 ? say("surface.invite") : sentence(places, names));
    this.table.update(places, names);
    return places;
  }
}

/**
 * What a way belongs to: the program, the two inputs, where all others stand.
 * @type {(state: State, both: Keys) => string}
 */
const signature = (state, both) => JSON.stringify([state.drawn, both, Object.entries(placed(state)).filter(([key]) => !both.includes(key))]);

/** @type {(name: string, action: () => void) => HTMLButtonElement} */
function press(name, action) {
  const made = element("button", { type: "button" }, name);
  made.addEventListener("click", action);
  return made;
}

function createTable() {
  const [head, body] = [element("tr"), element("tbody")];
  const table = element("table", { class: "figures" }, element("caption", { class: "voice" }, say("surface.way")), element("thead", {}, head), body);
  const list = element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": say("surface.way") }, table);
  /**
   * @param {readonly Point[]} places
   * @param {Names} names
   */
  const update = (places, { x, y, z }) => {
    list.hidden = places.length < 2;
    if (list.hidden) return body.replaceChildren();
    head.replaceChildren(...[say("surface.stepHead"), x, y, z, `∂/∂${x}`, `∂/∂${y}`].map((name) => element("th", { scope: "col" }, name)));
    const rows = places.map((place, step) => [step, place.x, place.y, place.z, ...place.gradient]).slice(-MOST_ROWS).reverse();
    body.replaceChildren(...rows.map(([step, ...numbers]) => element("tr", {}, element("th", { scope: "row" }, String(step)), ...numbers.map((one) => element("td", {}, shown(one))))));
  };
  return { element: list, update };
}

/** @type {(value: number) => string} */
const shown = (value) => (Number.isFinite(value) ? number(value, DIGITS) : String(value));

/**
 * @param {readonly Point[]} places
 * @param {Names} names
 */
function sentence(places, names) {
  const { x, y, z, gradient } = places[places.length - 1];
  const values = { ...names, step: places.length - 1, atX: shown(x), atY: shown(y), value: shown(z), steep: shown(Math.hypot(...gradient)) };
  switch (courseOf(places)) {
    case "diverged":
      return say("surface.course.diverged", values);
    case "uphill":
      return say("surface.course.uphill", values);
    case "resting":
      return say("surface.course.resting", values);
    default:
      return say("surface.course.downhill", values);
  }
}
