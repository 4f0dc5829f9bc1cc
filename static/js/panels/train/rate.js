/** The learning rate: it acts on the program that runs at once, and stands in the program when it is let go. */

/** @import { Choices } from "./types.d.ts" */
/** @import { Session } from "./session.js" */

import { element, write } from "../../element.js";
import { number } from "../../format.js";
import { say } from "../../say.js";
import { choicesOf, written } from "./program.js";

/** Powers of ten. */
const [SLOWEST, FASTEST, STEP] = [-4, 1, 0.05];

export class Rate {
  #slider = element("input", { type: "range", min: String(SLOWEST), max: String(FASTEST), step: String(STEP), "aria-label": say("train.rate") });
  #now = element("output");
  element = element("label", { class: "field rate" }, element("span", {}, say("train.rate")), this.#slider, this.#now);

  /** @param {Session} session */
  constructor(session) {
    this.session = session;
    this.#slider.addEventListener("input", () => {
      this.#show(this.#chosen());
      session.rate(this.#chosen());
    });
    this.#slider.addEventListener("change", () => this.#settle());
  }

  /** @param {Choices | null} choices */
  update(choices) {
    const { rateKey, frame, store } = this.session;
    this.element.hidden = rateKey === null && choices === null;
    if (document.activeElement === this.#slider) return;
    const now = choices?.rate ?? Number(frame?.inputs[rateKey ?? ""] ?? store.state.home[rateKey ?? ""] ?? NaN);
    if (!(now > 0)) return;
    this.#slider.value = String(Math.log10(now));
    this.#show(now);
  }

  #chosen() {
    return Number((10 ** Number(this.#slider.value)).toPrecision(2));
  }

  /** @param {number} rate */
  #show(rate) {
    write(this.#now, number(rate));
    this.#slider.setAttribute("aria-valuetext", number(rate));
  }

  /** Writes it into the program, which stays the one that runs. */
  #settle() {
    const { session } = this;
    const { source } = session.store.state;
    const choices = choicesOf(source);
    if (!choices) return;
    const changed = written({ ...choices, rate: this.#chosen() });
    if (session.source === source) session.source = changed;
    session.editor.replace(changed);
  }
}
