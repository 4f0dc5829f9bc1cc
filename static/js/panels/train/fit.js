/** A net of one number: its curve through the points. */

/** @import { Facts } from "./facts.js" */

import { element } from "../../element.js";
import { say } from "../../say.js";
import { forward } from "../../replay/passes.js";
import { drawing, set } from "../controls.js";
import { axisLines } from "../plot/axes.js";
import { linear } from "../plot/scale.js";
import { planeOf } from "./boundary.js";
import { AT } from "./step.js";

const [LEFT, BOTTOM, EDGE] = [36, 18, 6];
const PLACES = 80;

export class Fit {
  #drawn = "";
  #axes = drawing("g", { class: "axes" });
  #dots = drawing("g", { class: "dots" });
  #curve = drawing("path", { class: "now" });
  #picture = drawing("svg", { role: "img", class: "plot", "aria-label": say("train.fit") }, this.#axes, this.#dots, this.#curve);
  element = element("div", { class: "plane" }, this.#picture);

  /**
   * @param {Facts} facts
   * @param {Map<string, number> | null} weights
   * @param {number} sample
   */
  draw({ data, curve: tape }, weights, sample) {
    const size = this.element.clientWidth;
    if (!data || !tape || size === 0) return;
    const { x: range, y: height } = planeOf(data.points.map((x, i) => [Number(x), data.labels[i]]));
    const frame = { left: LEFT, right: size - EDGE, top: EDGE, bottom: size - BOTTOM, range, height };
    const [across, up] = [linear(range, [frame.left, frame.right]), linear(height, [frame.bottom, frame.top])];
    const key = JSON.stringify([size, range, height, sample, data.labels]);
    if (key !== this.#drawn) {
      this.#drawn = key;
      set(this.#picture, { viewBox: `0 0 ${size} ${size}` });
      this.#axes.replaceChildren(...axisLines({ ...frame, across, up }));
      this.#dots.replaceChildren(...data.points.map((x, i) => drawing("circle", { cx: across(Number(x)), cy: up(data.labels[i]), r: i === sample ? 5 : 3, class: i === sample ? "chosen" : "" })));
    }
    const moved = weights ? Object.fromEntries(weights) : {};
    const places = Array.from({ length: PLACES }, (_, i) => range[0] + ((range[1] - range[0]) * i) / (PLACES - 1));
    const points = places.map((at) => [across(at), up(forward(tape, { ...moved, [AT]: at })[tape.output])]);
    const sound = points.filter(([, y]) => Number.isFinite(y)).map(([x, y]) => `${x.toFixed(1)},${Math.max(-size, Math.min(2 * size, y)).toFixed(1)}`);
    set(this.#curve, { d: sound.length > 0 ? `M${sound.join("L")}` : "" });
  }
}
