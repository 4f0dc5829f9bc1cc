/** A training, as it is watched: what was heard of it so far, and what it is told. Views draw what stands here. */

/** @import { Editor, Store } from "../../types.d.ts" */
/** @import { Facts } from "./facts.js" */
/** @import { Field, Frame, News, Problem, Series } from "./types.d.ts" */

import { drawn } from "../../store.js";
import { NOTHING, factsOf } from "./facts.js";
import { WATCHED, paced, speedAfter } from "./pace.js";
import { extend, series } from "./series.js";
import { weightsOf } from "./step.js";
import { Stream } from "./stream.js";

/** Milliseconds after which what was not heard is said again. */
const AGAIN = 500;
/** What learning rates are called in programs. */
const RATES = ["lr", "learning_rate", "rate", "alpha", "eta"];
const RATE = new RegExp(`^(${RATES.join("|")}) = [\\d.]`, "m");

/** @typedef {"idle" | "starting" | "running" | "paused" | "resuming" | "done" | "problem" | "lost" | "busy"} Status */

const UNDER_WAY = new Set(["starting", "running", "paused", "resuming"]);

export class Session {
  /** @type {Status} */
  status = "idle";
  /** @type {Frame | null} */
  frame = null;
  /** @type {Problem | null} */
  problem = null;
  /** @type {Facts} */
  facts = NOTHING;
  line = series();
  /** @type {Series | null} */
  kept = null;
  /** The program that runs, or ran. */
  source = "";
  speed = WATCHED;
  sample = 0;
  /** How often facts were found: a view that shows them knows by this whether it is of these. */
  known = 0;
  /** @type {(string | null)[]} */
  #labels = [];
  /** @type {Stream | null} */
  #stream = null;
  #asking = new AbortController();
  #again = setTimeout(() => undefined);
  /** The speed that the training was started with. */
  #begun = WATCHED;
  /** Inputs that were moved, and have not been told yet. @type {Record<string, number> | null} */
  #moving = null;
  #telling = false;
  /** @type {(() => void)[]} */
  #watchers = [];

  /**
   * @param {Store} store
   * @param {Editor} editor
   */
  constructor(store, editor) {
    this.store = store;
    this.editor = editor;
  }

  /** @param {() => void} watcher */
  watch(watcher) {
    this.#watchers.push(watcher);
  }

  get underWay() {
    return UNDER_WAY.has(this.status);
  }

  /** What is drawn of the net: what it has learned, or where it begins. @returns {Field | null} */
  get field() {
    return this.frame ? this.frame.field : this.facts.field;
  }

  /** The input that is the learning rate. */
  get rateKey() {
    const { frame, store } = this;
    return RATE.exec(store.state.source)?.[1] ?? RATES.find((name) => frame && Object.hasOwn(frame.inputs, name)) ?? null;
  }

  /** The parameters' numbers by key; null before the first frame, or where there are too many. @returns {Map<string, number> | null} */
  get weights() {
    const values = this.frame?.parameters.values;
    return values ? weightsOf(this.#labels, values) : null;
  }

  /** Those among them that are the net's, in their order. */
  get own() {
    const { weights, frame } = this;
    return weights && frame && Array.from(weights).flatMap(([key, weight]) => (Object.hasOwn(frame.inputs, key) ? [] : [weight]));
  }

  /** Starts, or goes on. */
  play() {
    if (!this.underWay) this.#start("running");
    else if (this.status === "paused") {
      this.#become("running");
      this.#go();
    }
  }

  pause() {
    if (this.status !== "running") return;
    clearTimeout(this.#again);
    this.#stream?.say({ action: "pause" });
    this.#become("paused");
  }

  /** One update, and no more. */
  step() {
    if (!this.underWay) this.#start("paused");
    else {
      clearTimeout(this.#again);
      this.#stream?.say({ action: "step" });
      this.#become("paused");
    }
  }

  /** Back to the beginning. */
  reset() {
    this.clear();
    this.look();
  }

  /** Forgets the run: another program comes. */
  clear() {
    clearTimeout(this.#again);
    this.#stream?.leave();
    this.#stream = null;
    Object.assign(this, { frame: null, problem: null, line: series() });
    this.#become("idle");
  }

  /** @param {number} speed its place among the speeds */
  pace(speed) {
    this.speed = speed;
    if (this.status === "running") this.#go();
    this.#tell();
  }

  /** Keeps this run's losses, to be compared with the next one's; or lets them go. */
  keep() {
    this.kept = this.kept || this.line.steps.length === 0 ? null : this.line;
    this.#tell();
  }

  /** @param {number} sample */
  choose(sample) {
    this.sample = Math.max(0, Math.min(sample, (this.facts.data?.points.length ?? 1) - 1));
    this.#tell();
  }

  /** A learning rate for the program that runs. @param {number} rate */
  rate(rate) {
    const key = this.rateKey;
    if (key === null || !this.underWay) return;
    this.#moving = { [key]: rate };
    this.#move();
  }

  /** Tells of moved inputs: the newest go out when those before have been heard. */
  async #move() {
    if (this.#telling || this.status === "starting") return;
    this.#telling = true;
    for (let inputs = this.#moving; inputs; inputs = this.#moving) {
      this.#moving = null;
      await this.#stream?.say({ inputs });
    }
    this.#telling = false;
  }

  /** Looks at the program: what is known of it before it trains. */
  async look() {
    this.#asking.abort();
    this.#asking = new AbortController();
    const { signal } = this.#asking;
    const facts = await factsOf(this.store.state.source, signal);
    if (signal.aborted) return;
    this.facts = facts;
    this.known++;
    this.choose(this.sample);
  }

  /** @param {"running" | "paused"} then */
  #start(then) {
    const { source, moved, accumulation } = this.store.state;
    if (this.source !== source || this.facts === NOTHING) this.look();
    Object.assign(this, { source, frame: null, problem: null, line: series() });
    this.#become("starting");
    const stream = new Stream((news) => stream === this.#stream && this.#hear(news, then));
    this.#stream = stream;
    this.#begun = this.speed;
    stream.start({ source, inputs: moved, accumulation, paused: then === "paused", ...paced(this.speed) });
  }

  /** Has the program go on; again, if it has not heard. */
  async #go() {
    clearTimeout(this.#again);
    const heard = await this.#stream?.say({ action: "resume", ...paced(this.speed) });
    if (!heard && this.status === "running") this.#again = setTimeout(() => this.#go(), AGAIN);
  }

  /**
   * @param {News} news
   * @param {"running" | "paused"} then
   */
  #hear(news, then) {
    if (news.kind === "started") {
      this.#become(then);
      if (then === "running" && this.speed !== this.#begun) this.#go();
      this.#move();
    } else if (news.kind === "frame") this.#take(news.frame);
    else if (news.kind === "done") {
      this.#take(news.document.frame);
      if (this.store.state.source === this.source) this.store.apply(drawn, this.source, news.document);
      this.#become("done");
    } else {
      if (news.kind === "problem") this.problem = news.problem;
      this.#become(news.kind);
    }
  }

  /** @param {Frame} frame */
  #take(frame) {
    if (frame.parameters.labels) this.#labels = frame.parameters.labels;
    if (this.status === "resuming") this.status = "running";
    this.frame = frame;
    if (frame.loss !== null) extend(this.line, frame.step, Number(frame.loss));
    this.speed = speedAfter(this.speed, frame.frame);
    this.#tell();
  }

  /** @param {Status} status */
  #become(status) {
    this.status = status;
    this.#tell();
  }

  #tell() {
    for (const watcher of this.#watchers) watcher();
  }
}
