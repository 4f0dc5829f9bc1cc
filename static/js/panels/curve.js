/** The curve panel: the result against one input, its tangent, and secants that come nearer to it. */

/** @import { State, Store } from "../types.d.ts" */
/** @import { Found } from "./curve/subject.js" */
/** @import { Interval } from "./plot/scale.js" */
/** @import { Frame } from "./curve/plot.js" */

import { number } from "../format.js";
import { element, write } from "../element.js";
import { say } from "../say.js";
import { moved } from "../store.js";
import { button, choice, emptiness, field, status } from "./controls.js";
import { ZOOM, listen } from "./curve/gestures.js";
import { sampleAt } from "./curve/line.js";
import { createPlot } from "./curve/plot.js";
import { COARSEST, FINEST, exponentOf, hOf, reach } from "./curve/secants.js";
import { CurveSubject } from "./curve/subject.js";
import { createTable } from "./curve/table.js";
import { aimed, usable, widened } from "./plot/scale.js";
import { inputOptions, outputName, resultOptions, sourceOf, standing } from "./subjects.js";
import { watch } from "./watch.js";

const DIGITS = 6;
const STEP = 0.05;

/**
 * @param {HTMLElement} panel
 * @param {Store} store
 */
export function mount(panel, store) {
  const view = new CurveView(panel, store);
  view.plan = watch(store, "curve", (state) => view.draw(state));
  view.listen();
}

class CurveView {
  /** @type {Frame | null} */
  #frame = null;
  /** @type {Found | null} */
  #found = null;
  /** @type {number | null} */
  #hovered = null;
  plan = () => {};
  #line = status(() => this.subject.again());
  subject = new CurveSubject(() => this.plan(), this.#line.update);
  #result = choice(say("curve.result"), (id) => this.subject.choose({ result: id === "" ? null : Number(id) }), true);
  #input = choice(say("curve.input"), (key) => this.subject.choose({ key }));
  #ends = [field(say("curve.from"), (value) => this.#end(0, value)), field(say("curve.to"), (value) => this.#end(1, value))];
  #plot = createPlot();
  #readout = element("p", { class: "readout", "aria-hidden": "true" });
  #area = element("div", { class: "area", role: "group", tabindex: "0", "aria-label": say("curve.area") }, this.#plot.element, this.#readout);
  #words = element("p", { class: "words" });
  #theirs = element("p", { class: "words theirs" });
  #slider = element("input", { type: "range", min: String(FINEST), max: String(COARSEST), step: String(STEP), "aria-label": say("curve.h") });
  #chord = element("output", { class: "chord" });
  #table = createTable();
  #how = element("p", { class: "how" });

  /**
   * @param {HTMLElement} panel
   * @param {Store} store
   */
  constructor(panel, store) {
    this.panel = panel;
    this.store = store;
    const zooms = [button("−", say("plot.zoomOut"), () => this.#zoom(ZOOM)), button("+", say("plot.zoomIn"), () => this.#zoom(1 / ZOOM)), button("⟲", say("plot.home"), () => this.subject.lookAt(null))];
    const head = element("div", { class: "controls" }, this.#result.element, this.#input.element, ...this.#ends.map((end) => end.element), element("span", { class: "tools" }, ...zooms));
    const secant = element("div", { class: "secant" }, element("span", { class: "sample", "aria-hidden": "true" }, "h"), this.#slider, this.#chord);
    const body = element("div", { class: "body" }, head, this.#area, this.#words, this.#theirs, secant, this.#table.element, this.#how);
    this.empty = emptiness(body);
    panel.classList.add("plotting");
    panel.replaceChildren(this.empty.element, this.#line.element, body);
  }

  /** @type {(which: 0 | 1, value: number) => void} */
  #end(which, value) {
    const range = /** @type {[number, number]} */ ([...this.subject.range(this.store.state)]);
    range[which] = value;
    if (usable(range)) this.subject.lookAt(range);
    else this.plan();
  }

  /** @param {number} factor */
  #zoom(factor) {
    this.subject.lookAt(widened(this.subject.range(this.store.state), factor));
  }

  /** @param {State} state */
  draw(state) {
    const { document, drawn } = state;
    const { subject } = this;
    this.panel.classList.toggle("stale", state.refused);
    const key = subject.settle(state);
    this.empty.update(document === null ? say("plot.noProgram") : key !== null ? "" : document.engine ? say("own.noCurve") : say("curve.noInput"));
    if (key === null || document === null) return this.#line.update(null);
    this.#found = subject.look(state);
    const inputs = inputOptions(document);
    const results = [{ id: "", name: outputName(document, drawn) }, ...resultOptions(document, drawn, subject.result)];
    const result = subject.result === null ? "" : String(subject.result);
    this.#input.update(inputs, key);
    this.#result.update(results, result);
    const range = subject.range(state);
    this.#ends.forEach((end, i) => end.update(number(range[i], DIGITS)));
    const nameOf = (/** @type {{ id: string, name: string }[]} */ options, /** @type {string} */ wanted) => options.find(({ id }) => id === wanted)?.name ?? "";
    if (this.#found) this.#show(this.#found, range, { x: nameOf(inputs, key), y: nameOf(results, result) });
    this.#area.classList.toggle("waiting", !this.#found || this.#found.stale);
  }

  /**
   * @param {Found} found
   * @param {Interval} range
   * @param {{ x: string, y: string }} names
   */
  #show(found, range, names) {
    const { curve, chord, table } = found;
    const { point } = curve;
    this.#frame = this.#plot.draw({ width: this.#area.clientWidth, height: this.#area.clientHeight }, range, curve, chord);
    const values = { ...names, at: shown(point.x), value: shown(point.y), slope: shown(point.slope), from: shown(range[0]), to: shown(range[1]) };
    const written = writtenIn(point);
    this.#plot.element.setAttribute("aria-label", [say("curve.picture", values), written].join(" ").trim());
    write(this.#theirs, written);
    this.#theirs.classList.toggle("wrong", point.right === false);
    const slope = point.written === undefined ? say("curve.slope", values) : say("own.slope", values);
    write(this.#words, Number.isFinite(point.slope) ? slope : say("curve.noSlope", values));
    const apart = chord && Number.isFinite(chord.error) ? say("curve.chord", { h: shown(chord.h), slope: shown(chord.slope), error: shown(chord.error, 2) }) : "";
    write(this.#chord, apart);
    this.#slider.setAttribute("aria-valuetext", apart);
    if (document.activeElement !== this.#slider) this.#slider.value = String(exponentOf(this.subject.h));
    this.#table.update(table, point.slope, this.subject.result === null ? say("curve.course.none") : say("curve.tableOfOutput"));
    write(this.#how, sourceOf(found, this.store.state.document));
    this.#tellHovered();
  }

  #tellHovered() {
    const sample = this.#found && this.#hovered !== null && sampleAt(this.#found.curve, this.#hovered);
    write(this.#readout, sample ? say("curve.readout", { at: shown(sample.x, 4), value: shown(sample.y, 4), slope: shown(sample.slope, 4) }) : "");
  }

  /** Where the point and the end of the secant stand, in pixels. */
  #marks() {
    const [frame, found] = [this.#frame, this.#found];
    if (!frame || !found) return { point: NaN, height: NaN, reach: NaN, reachHeight: NaN };
    const { x, y } = found.curve.point;
    const { h, slope } = found.chord ?? { h: NaN, slope: NaN };
    return { point: frame.across(x), height: frame.up(y), reach: frame.across(x + h), reachHeight: frame.up(y + slope * h) };
  }

  /** @param {number} x */
  #move(x) {
    const { key } = this.subject;
    const range = this.#frame?.range;
    if (range && key !== null && x >= range[0] && x <= range[1]) this.store.apply(moved, key, aimed(x, range));
  }

  listen() {
    new ResizeObserver(() => this.plan()).observe(this.#area);
    this.#slider.addEventListener("input", () => this.subject.stretch(hOf(Number(this.#slider.value))));
    this.#table.element.addEventListener("toggle", () => this.plan());
    listen(this.#area, {
      frame: () => this.#frame,
      marks: () => this.#marks(),
      look: (range) => this.subject.lookAt(range),
      home: () => this.subject.lookAt(null),
      move: (x) => this.#move(x),
      stretch: (x) => this.subject.stretch(reach(x - standing(this.store.state, this.subject.key ?? ""))),
      point: (x) => {
        this.#hovered = x;
        this.#tellHovered();
      },
    });
  }
}

/**
 * What the program's own engine takes for the slope, if it is about that.
 * @param {Found["curve"]["point"]} point
 */
function writtenIn({ slope, written, right }) {
  if (written === undefined) return "";
  if (!right) return say("own.slopeWrong", { written: shown(written), slope: shown(slope) });
  return shown(written) === shown(slope) ? say("own.slopeRight", { written: shown(written) }) : say("own.slopeEither", { written: shown(written) });
}

/** @type {(value: number, digits?: number) => string} */
const shown = (value, digits = DIGITS) => (Number.isFinite(value) ? number(value, digits) : String(value));
