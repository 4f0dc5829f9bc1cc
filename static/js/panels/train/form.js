/** What is chosen by clicking: data, layers, activation, optimizer, rate, seed. It stands in the program, and is read from there. */

/** @import { Choices, DataName, OptimizerName, Points } from "./types.d.ts" */
/** @import { Session } from "./session.js" */

import { element, write } from "../../element.js";
import { NOTATION } from "../../generated/notation.js";
import { say } from "../../say.js";
import { button, choice, field } from "../controls.js";
import { createLayers } from "./layers.js";
import { createPaste } from "./paste.js";
import { SETS, USUAL, choicesOf, scattered, written } from "./program.js";
import { Rate } from "./rate.js";

/** What stands for data that are none of ours. */
const OF_PROGRAM = "program";
const SEEDS = 1000;

/** What may bend: operations of one number that are written as functions; the rulebook's last are the usual ones. */
const BENDS = Array.from(NOTATION).filter(([name, { symbol, params }]) => symbol === name && params.length === 1).map(([name]) => ({ id: name, name })).reverse();

export class Form {
  /** The choices that were seen last: what a program of somebody's own does not say. */
  #last = USUAL;
  #sets = choice(say("train.data"), (id) => id !== OF_PROGRAM && this.#choose(this.#points(/** @type {DataName} */ (id))));
  #count = field(say("train.count"), (value) => this.#choose({ count: Math.max(1, Math.round(value)) }));
  #noise = field(say("train.noise"), (value) => this.#choose({ noise: Math.abs(value) }));
  #seed = field(say("train.seed"), (value) => this.#choose({ seed: Math.abs(Math.round(value)) }));
  #dice = button("⚂", say("train.dice"), () => this.#choose({ seed: Math.floor(Math.random() * SEEDS) }));
  #layers = createLayers((hidden) => this.#choose({ hidden }));
  #bend = choice(say("train.activation"), (activation) => this.#choose({ activation }));
  #optimizer = choice(say("train.optimizer"), (id) => this.#choose({ optimizer: /** @type {OptimizerName} */ (id) }));
  #turns = field(say("train.turns"), (value) => this.#choose({ turns: Math.max(1, Math.round(value)) }));
  #paste = createPaste((own) => this.#choose({ data: "own", own }));
  #sample = field(say("train.sample"), (value) => this.session.choose(Math.round(value)));
  #note = element("p", { class: "how" });

  /** @param {Session} session */
  constructor(session) {
    this.session = session;
    this.rate = new Rate(session);
    /** What only a program of the panel's own says. */
    this.own = [this.#seed.element, this.#dice, this.#layers.element, this.#bend.element, this.#optimizer.element, this.#turns.element];
    this.element = element("div", { class: "choices" }, this.#sets.element, this.#count.element, this.#noise.element, ...this.own, this.rate.element, this.#sample.element, this.#paste.element, this.#note);
  }

  /** Writes the program with something chosen otherwise. @param {Partial<Choices>} change */
  #choose(change) {
    const { session } = this;
    const choices = { ...(choicesOf(session.store.state.source) ?? this.#last), ...change };
    session.clear();
    session.editor.replace(written(choices));
  }

  /** The set of that name; points of one's own begin as those that are there. @param {DataName} data @returns {Partial<Choices>} */
  #points(data) {
    if (data !== "own") return { data };
    const known = this.session.facts.data;
    const inputs = /** @type {Points["inputs"]} */ (known?.points.map((point) => (typeof point === "number" ? short(point) : point.map(short))) ?? [[-1, 0], [1, 0]]);
    return { data, own: { inputs, targets: known?.labels.map(short) ?? [-1, 1] } };
  }

  update() {
    const choices = choicesOf(this.session.store.state.source);
    this.#last = choices ?? this.#last;
    const { data, count, noise, seed, hidden, activation, optimizer, turns } = this.#last;
    this.#sets.update([...(choices ? [] : [{ id: OF_PROGRAM, name: say("train.set.program") }]), ...SETS.map((id) => ({ id, name: nameOf(id) }))], choices ? data : OF_PROGRAM);
    for (const one of [this.#count, this.#noise]) one.element.hidden = choices === null || !scattered(data);
    for (const one of this.own) one.hidden = choices === null;
    this.#count.update(String(count));
    this.#noise.update(String(noise));
    this.#seed.update(String(seed));
    this.#layers.update(hidden);
    this.#bend.update([{ id: "", name: say("train.usual") }, ...BENDS], activation);
    this.#optimizer.update([{ id: "sgd", name: say("train.sgd") }, { id: "momentum", name: say("train.momentum") }, { id: "adam", name: "Adam" }], optimizer);
    this.#turns.update(String(turns));
    this.rate.update(choices);
    this.#sample.element.hidden = this.session.facts.data === null || this.session.facts.net === null;
    this.#sample.update(String(this.session.sample));
    write(this.#note, choices ? "" : say("train.ownProgram"));
  }
}

/** @param {number} value */
const short = (value) => Number(value.toPrecision(3));

/** @param {DataName} id */
function nameOf(id) {
  if (id === "own") return say("train.set.own");
  if (id === "line") return say("train.set.line");
  return { xor: say("train.set.xor"), moons: say("train.set.moons"), circles: say("train.set.circles"), spiral: say("train.set.spiral"), blobs: say("train.set.blobs") }[id];
}
