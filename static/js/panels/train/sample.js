/** The scalar graph of one sample: a picture of its own, in which weights and gradients move as the training goes on. */

/** @import { Store } from "../../types.d.ts" */
/** @import { Replay } from "../../replay/types.d.ts" */
/** @import { Session } from "./session.js" */

import { element, write } from "../../element.js";
import { number } from "../../format.js";
import { listen } from "../../graph/interaction.js";
import { mountEmphasis } from "../../graph/emphasis.js";
import { mountFrames } from "../../graph/frames.js";
import { mountLive } from "../../graph/live.js";
import { mountPicture } from "../../graph/picture.js";
import { planOf, planned } from "../../graph/scopes.js";
import { replayOf } from "../../replay/replay.js";
import { say } from "../../say.js";
import { createStore, drawn, opened, replayed } from "../../store.js";
import { documentOf } from "./facts.js";
import { keyed, sampleProgram } from "./step.js";

/** Milliseconds between two questions where the page cannot compute the graph itself. */
const RESTS = 700;

export class Sample {
  #words = element("span");
  element = element("figure", { class: "sample picture" }, element("figcaption", {}, this.#words), element("div", { class: "frame" }, element("div", { "data-part": "drawing", class: "drawing" })));
  /** @type {Store | null} */
  #store = null;
  /** The replay of what is drawn; null where its numbers must be asked for. @type {Replay | null} */
  #replay = null;
  #wanted = "";
  #asked = new AbortController();
  #ready = 0;

  /** @param {Session} session */
  constructor(session) {
    this.session = session;
  }

  /** The sample's step of the training; null where nothing is known of the program's data. */
  step() {
    const { facts, sample, field } = this.session;
    if (!facts.data || facts.net === null || sample >= facts.data.points.length) return null;
    return { data: facts.data, net: facts.net, sample, classes: (field?.outputs ?? 1) > 1 };
  }

  draw() {
    const step = this.step();
    this.element.hidden = step === null;
    if (!step) return;
    const { data, sample } = step;
    const point = [data.points[sample]].flat().map((one) => number(one, 3));
    write(this.#words, say("train.sampleNow", { sample, point: point.join(", "), label: number(data.labels[sample], 3) }));
    const program = sampleProgram(this.session.facts.beginning, step);
    if (program !== this.#wanted) {
      this.#wanted = program;
      this.#fetch(program);
    } else this.#move(step);
  }

  /** Puts the weights of the newest frame in. @param {NonNullable<ReturnType<Sample["step"]>>} step */
  #move(step) {
    const { weights, own } = this.session;
    if (!this.#store || !weights || !own) return;
    if (this.#replay) this.#store.apply(replayed, this.#replay(Object.fromEntries(weights)));
    else if (performance.now() > this.#ready) {
      this.#ready = performance.now() + RESTS;
      this.#fetch(sampleProgram(this.session.facts.beginning, { ...step, weights: own }));
    }
  }

  /** Asks for a graph: of another program or sample, or of other weights where the page cannot replay it. @param {string} program */
  async #fetch(program) {
    this.#asked.abort();
    this.#asked = new AbortController();
    const { signal } = this.#asked;
    const found = await documentOf(program, signal);
    if (signal.aborted || found === null) return;
    const document = keyed(found);
    this.#store ??= this.#mount();
    this.#replay = replayOf(document);
    this.#store.apply(drawn, program, document);
    const step = this.step();
    if (step && this.#replay) this.#move(step);
  }

  /** A picture like the page's own, with a state of its own. */
  #mount() {
    const store = createStore(opened({ source: "", document: null, diagnostics: [], examples: [] }));
    const picture = mountPicture(this.element, store);
    picture.scope({ planOf, planned });
    mountEmphasis(picture);
    listen(picture, store, { replace: () => undefined, jump: () => undefined });
    mountFrames(picture, store);
    mountLive(picture);
    return store;
  }
}
