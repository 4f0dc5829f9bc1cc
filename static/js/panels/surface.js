/** The surface panel: the output over two inputs, the gradient at the point, and ways downhill. */

/** @import { State, Store } from "../types.d.ts" */
/** @import { Found } from "./surface/subject.js" */
/** @import { Frame } from "./surface/plot.js" */
/** @import { Point, Ranges } from "./surface/here.js" */

import { element, write } from "../element.js";
import { number } from "../format.js";
import { say } from "../say.js";
import { moved } from "../store.js";
import { button, choice, emptiness, status } from "./controls.js";
import { ZOOM, placeIn } from "./curve/gestures.js";
import { aimed, widened } from "./plot/scale.js";
import { inputOptions, outputName, sourceOf, standing } from "./subjects.js";
import { SurfacePlot } from "./surface/plot.js";
import { SurfaceSubject } from "./surface/subject.js";
import { Walk } from "./surface/way.js";
import { watch } from "./watch.js";

const DIGITS = 4;
/** What an arrow key moves: this share of the range; with Shift, ten times as much. */
const NUDGE = 0.01;
const COARSE = 10;
/** @type {Record<string, readonly [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/**
 * @param {HTMLElement} panel
 * @param {Store} store
 */
export function mount(panel, store) {
  const view = new SurfaceView(panel, store);
  view.plan = watch(store, "surface", (state) => view.draw(state));
  view.listen();
}

class SurfaceView {
  /** @type {Frame | null} */
  #frame = null;
  plan = () => {};
  #line = status(() => this.subject.again());
  subject = new SurfaceSubject(() => this.plan(), this.#line.update);
  #lists = [choice(say("surface.across"), (key) => this.subject.choose(0, key)), choice(say("surface.up"), (key) => this.subject.choose(1, key))];
  #plot = new SurfacePlot();
  #area = element("div", { class: "area map", role: "group", tabindex: "0", "aria-label": say("surface.area") });
  #words = element("p", { class: "words" });
  #how = element("p", { class: "how" });

  /**
   * @param {HTMLElement} panel
   * @param {Store} store
   */
  constructor(panel, store) {
    this.panel = panel;
    this.store = store;
    this.walk = new Walk(store, this.subject);
    const zooms = [button("−", say("plot.zoomOut"), () => this.#zoom(ZOOM)), button("+", say("plot.zoomIn"), () => this.#zoom(1 / ZOOM)), button("⟲", say("plot.home"), () => this.subject.lookAt(null))];
    const head = element("div", { class: "controls" }, ...this.#lists.map((list) => list.element), element("span", { class: "tools" }, ...zooms));
    this.#area.append(this.#plot.heat, this.#plot.picture);
    const body = element("div", { class: "body" }, head, this.#area, this.#words, this.walk.element, this.#how);
    this.empty = emptiness(body);
    panel.classList.add("plotting");
    panel.replaceChildren(this.empty.element, this.#line.element, body);
  }

  /** @param {number} factor */
  #zoom(factor) {
    const { keys } = this.subject;
    if (!keys) return;
    const [across, up] = this.subject.ranges(this.store.state, keys);
    this.subject.lookAt([widened(across, factor), widened(up, factor)]);
  }

  /** @param {State} state */
  draw(state) {
    const { document } = state;
    this.panel.classList.toggle("stale", state.refused);
    const keys = this.subject.settle(state);
    this.empty.update(document === null ? say("plot.noProgram") : keys !== null ? "" : document.engine ? say("own.noSurface") : say("surface.fewInputs"));
    if (keys === null || document === null) return this.#line.update(null);
    const options = inputOptions(document);
    this.#lists.forEach((list, i) => list.update(options, keys[i]));
    const [x, y] = keys.map((key) => options.find(({ id }) => id === key)?.name ?? key);
    const names = { x, y, z: outputName(document, state.drawn) };
    const found = this.subject.look(state, keys);
    const places = this.walk.update(state, keys, names);
    if (found) this.#show(found, this.subject.ranges(state, keys), places, names);
    this.#area.classList.toggle("waiting", !found || found.stale);
  }

  /**
   * @param {Found} found
   * @param {Ranges} ranges
   * @param {readonly Point[]} places
   * @param {{ x: string, y: string, z: string }} names
   */
  #show(found, ranges, places, names) {
    const { grid, point } = found;
    this.#frame = this.#plot.draw({ width: this.#area.clientWidth, height: this.#area.clientHeight }, ranges, grid, point, places);
    const [gx, gy] = point.gradient;
    const values = { ...names, atX: shown(point.x), atY: shown(point.y), value: shown(point.z), gx: shown(gx), gy: shown(gy), steep: shown(Math.hypot(gx, gy)) };
    const [[x0, x1], [y0, y1]] = ranges;
    this.#plot.canvas.setAttribute("aria-label", say("surface.picture", { ...values, x0: shown(x0), x1: shown(x1), y0: shown(y0), y1: shown(y1) }));
    write(this.#words, Number.isFinite(gx) && Number.isFinite(gy) ? say("surface.gradient", values) : say("surface.noGradient", values));
    write(this.#how, sourceOf(found, this.store.state.document));
  }

  /** @type {(x: number, y: number) => void} */
  #move(x, y) {
    const { keys } = this.subject;
    if (!keys || !this.#frame) return;
    const { range, height } = this.#frame;
    this.store.apply((state) => moved(moved(state, keys[0], aimed(x, range)), keys[1], aimed(y, height)));
  }

  /** @param {MouseEvent} event */
  #point(event) {
    if (!this.#frame) return;
    const { range, height, across, up } = this.#frame;
    const place = placeIn(this.#area, event);
    const [x, y] = [across.invert(place.x), up.invert(place.y)];
    if (x >= range[0] && x <= range[1] && y >= height[0] && y <= height[1]) this.#move(x, y);
  }

  /** @type {(arrow: readonly [number, number], coarse: boolean) => void} */
  #step([right, up], coarse) {
    const { keys } = this.subject;
    if (!keys || !this.#frame) return;
    const [x, y] = keys.map((key) => standing(this.store.state, key));
    const { range, height } = this.#frame;
    const by = NUDGE * (coarse ? COARSE : 1);
    this.#move(x + right * by * (range[1] - range[0]), y + up * by * (height[1] - height[0]));
  }

  listen() {
    const area = this.#area;
    new ResizeObserver(() => this.plan()).observe(area);
    area.addEventListener("click", (event) => this.#point(event));
    area.addEventListener("pointermove", (event) => {
      if (event.pointerType === "mouse" && event.buttons === 1) this.#point(event);
    });
    area.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const arrow = ARROWS[event.key];
      if (arrow) this.#step(arrow, event.shiftKey);
      else if (event.key === "+" || event.key === "=") this.#zoom(1 / ZOOM);
      else if (event.key === "-") this.#zoom(ZOOM);
      else if (event.key === "0") this.subject.lookAt(null);
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
  }
}

/** @type {(value: number) => string} */
const shown = (value) => (Number.isFinite(value) ? number(value, DIGITS) : String(value));
