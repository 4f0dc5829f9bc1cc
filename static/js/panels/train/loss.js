/** The loss over steps as a picture: this run's line, and the one it is compared with. */

/** @import { Series } from "./types.d.ts" */

import { select } from "../../../vendor/d3.js";
import { element, write } from "../../element.js";
import { number } from "../../format.js";
import { say } from "../../say.js";
import { drawing, set } from "../controls.js";
import { axisLines } from "../plot/axes.js";
import { linear } from "../plot/scale.js";
import { extents, pathOf } from "./series.js";

/** Room for numbers, in pixels. */
const [LEFT, BOTTOM, EDGE] = [44, 18, 12];
const DIGITS = 4;

export class Loss {
  #decades = false;
  /** What the axes were drawn for. */
  #drawn = "";
  #size = { width: 0, height: 0 };
  /** @type {[Series, Series | null]} */
  #shown = [{ steps: [], losses: [] }, null];
  #axes = drawing("g", { class: "axes" });
  #lines = drawing("g");
  #picture = drawing("svg", { role: "img", class: "plot" }, this.#axes, this.#lines);
  #words = element("span", { class: "legend" });
  #toggle = element("button", { type: "button", "aria-pressed": "false", title: say("train.logTitle") }, say("train.log"));
  #area = element("div", { class: "lossArea" }, this.#picture);
  element = element("figure", { class: "loss" }, element("figcaption", {}, say("train.loss"), this.#words, this.#toggle), this.#area);

  constructor() {
    this.#toggle.addEventListener("click", () => {
      this.#decades = !this.#decades;
      this.#toggle.setAttribute("aria-pressed", String(this.#decades));
      this.#redraw();
    });
    new ResizeObserver(() => {
      this.#size = { width: this.#area.clientWidth, height: this.#area.clientHeight };
      this.#redraw();
    }).observe(this.#area);
  }

  /**
   * @param {Series} now
   * @param {Series | null} before
   */
  draw(now, before) {
    this.#shown = [now, before];
    this.#redraw();
    const last = (/** @type {Series} */ { steps, losses }) => ({ step: steps.at(-1) ?? 0, loss: number(losses.at(-1) ?? 0, DIGITS) });
    const told = now.steps.length === 0 ? say("train.noLoss") : before ? say("train.compared", { ...last(now), before: last(before).loss }) : say("train.lossNow", last(now));
    write(this.#words, told);
    this.#picture.setAttribute("aria-label", `${say("train.loss")}: ${told}`);
  }

  #redraw() {
    const [now, before] = this.#shown;
    const { width, height: tall } = this.#size;
    if (width === 0) return;
    const { across: range, up: height } = extents(before ? [now, before] : [now], this.#decades);
    const frame = { left: LEFT, right: width - EDGE, top: EDGE, bottom: tall - BOTTOM, range, height };
    const [across, up] = [linear(range, [frame.left, frame.right]), linear(height, [frame.bottom, frame.top])];
    this.#frame({ ...frame, across, up });
    const paths = [before && { name: "before", line: before }, { name: "now", line: now }].filter((one) => one !== null);
    select(this.#lines)
      .selectAll("path")
      .data(paths)
      .join("path")
      .attr("class", ({ name }) => name)
      .attr("d", ({ line }) => pathOf(line, this.#decades, across, up));
  }

  /** Draws the axes, where they are not those that are there. @param {Parameters<typeof axisLines>[0]} frame */
  #frame(frame) {
    const key = JSON.stringify([this.#size, this.#decades, rough(frame.range), rough(frame.height)]);
    if (key === this.#drawn) return;
    this.#drawn = key;
    set(this.#picture, { viewBox: `0 0 ${this.#size.width} ${this.#size.height}` });
    this.#axes.replaceChildren(...axisLines(frame));
    if (!this.#decades) return;
    for (const text of this.#axes.querySelectorAll("text[text-anchor=end]")) text.textContent = number(10 ** Number(text.textContent), 2);
  }
}

/** Ends that axes follow in leaps, so that they are not drawn anew at every step. @param {readonly number[]} ends */
const rough = (ends) => ends.map((end) => end.toPrecision(3));
