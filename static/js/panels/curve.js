/** The curve panel: the result against one input, its tangent, and secants that come nearer to it. */

/** @import { State, Store } from "../types.d.ts" */
/** @import { Found } from "./curve/subject.js" */
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
import { createSubject } from "./curve/subject.js";
import { createTable } from "./curve/table.js";
import { aimed, usable, widened } from "./plot/scale.js";
import { inputOptions, outputName, resultOptions, standing } from "./subjects.js";
import { watch } from "./watch.js";

const DIGITS = 6;
const STEP = 0.05;

/**
 * @param {HTMLElement} panel
 * @param {Store} store
 */
export function mount(panel, store) {
  const line = status(() => subject.again());
  const subject = createSubject(() => plan(), line.update);

  const result = choice(say("curve.result"), (id) => subject.chooseResult(id === "" ? null : Number(id)), true);
  const input = choice(say("curve.input"), subject.choose);
  const ends = /** @type {const} */ (["from", "to"]).map((which, i) =>
    field(which === "from" ? say("curve.from") : say("curve.to"), (value) => {
      const range = /** @type {[number, number]} */ ([...rangeNow()]);
      range[i] = value;
      subject.lookAt(usable(range) ? range : rangeNow());
    }),
  );
  const zoom = (/** @type {number} */ factor) => () => subject.lookAt(widened(rangeNow(), factor));
  const zooms = [button("−", say("plot.zoomOut"), zoom(ZOOM)), button("+", say("plot.zoomIn"), zoom(1 / ZOOM)), button("⟲", say("plot.home"), () => subject.lookAt(null))];
  const head = element("div", { class: "controls" }, result.element, input.element, ends[0].element, ends[1].element, element("span", { class: "tools" }, ...zooms));

  const plot = createPlot();
  const readout = element("p", { class: "readout", "aria-hidden": "true" });
  const area = element("div", { class: "area", role: "group", tabindex: "0", "aria-label": say("curve.area") }, plot.element, readout);
  const words = element("p", { class: "words" });
  const slider = element("input", { type: "range", min: String(FINEST), max: String(COARSEST), step: String(STEP), "aria-label": say("curve.h") });
  const chord = element("output", { class: "chord" });
  const secant = element("div", { class: "secant" }, element("span", { class: "sample", "aria-hidden": "true" }, "h"), slider, chord);
  const table = createTable();
  const how = element("p", { class: "how" });
  const body = element("div", { class: "body" }, head, area, words, secant, table.element, how);
  const empty = emptiness(body);
  panel.classList.add("plotting");
  panel.replaceChildren(empty.element, line.element, body);

  /** @type {Frame | null} */
  let frame = null;
  /** @type {Found | null} */
  let found = null;
  /** @type {number | null} */
  let hovered = null;
  const rangeNow = () => subject.range(store.state, subject.chosen().key ?? "");

  /** @param {State} state */
  const draw = (state) => {
    panel.classList.toggle("stale", state.refused);
    const key = subject.settle(state);
    empty.update(state.document === null ? say("plot.noProgram") : key === null ? say("curve.noInput") : "");
    if (key === null || state.document === null) return line.update(null);
    const range = subject.range(state, key);
    found = subject.look(state);
    const chosen = subject.chosen();
    input.update(inputOptions(state.document), key);
    const output = { id: "", name: outputName(state.document, state.drawn) };
    const results = [output, ...resultOptions(state.document, state.drawn, chosen.result)];
    result.update(results, chosen.result === null ? "" : String(chosen.result));
    ends.forEach((end, i) => end.update(number(range[i], DIGITS)));
    const names = { x: input.list.selectedOptions[0]?.text ?? key, y: result.list.selectedOptions[0]?.text ?? "" };
    if (found) show(found, names);
    area.classList.toggle("waiting", !found || found.stale);
  };

  /**
   * @param {Found} now
   * @param {{ x: string, y: string }} names
   */
  const show = (now, names) => {
    const { curve, chord: secantNow, table: rows, here, partly } = now;
    const { point } = curve;
    frame = plot.draw({ width: area.clientWidth, height: area.clientHeight }, rangeNow(), curve, secantNow);
    const values = { ...names, at: shown(point.x), value: shown(point.y), slope: shown(point.slope), from: shown(frame.range[0]), to: shown(frame.range[1]) };
    plot.element.setAttribute("aria-label", say("curve.picture", values));
    write(words, Number.isFinite(point.slope) ? say("curve.slope", values) : say("curve.noSlope", values));
    if (document.activeElement !== slider) slider.value = String(exponentOf(subject.chosen().h));
    const apart = secantNow && { h: shown(secantNow.h), slope: shown(secantNow.slope), error: shown(secantNow.error, 2) };
    write(chord, apart ? say("curve.chord", apart) : "");
    slider.setAttribute("aria-valuetext", apart ? say("curve.chord", apart) : "");
    table.update(rows, point.slope, subject.chosen().result === null ? say("curve.course.none") : say("curve.tableOfOutput"));
    write(how, [here ? say("plot.here") : say("plot.asked"), partly ? say("plot.partly") : ""].join(" ").trim());
    tellHovered();
  };

  const tellHovered = () => {
    const sample = found && hovered !== null && sampleAt(found.curve, hovered);
    write(readout, sample ? say("curve.readout", { at: shown(sample.x, 4), value: shown(sample.y, 4), slope: shown(sample.slope, 4) }) : "");
  };

  const plan = watch(store, "curve", draw);
  new ResizeObserver(plan).observe(area);
  slider.addEventListener("input", () => subject.stretch(hOf(Number(slider.value))));
  table.element.addEventListener("toggle", plan);
  listen(area, {
    frame: () => frame,
    marks: () => {
      const { point, h, y } = { point: found?.curve.point, h: subject.chosen().h, y: found?.chord?.slope ?? NaN };
      if (!frame || !point) return { point: NaN, height: NaN, reach: NaN, reachHeight: NaN };
      return { point: frame.across(point.x), height: frame.up(point.y), reach: frame.across(point.x + h), reachHeight: frame.up(point.y + y * h) };
    },
    look: subject.lookAt,
    home: () => subject.lookAt(null),
    move: (x) => {
      const { key } = subject.chosen();
      if (frame && key !== null && x >= frame.range[0] && x <= frame.range[1]) store.apply(moved, key, aimed(x, frame.range));
    },
    stretch: (x) => subject.stretch(reach(x - standing(store.state, subject.chosen().key ?? ""))),
    point: (x) => {
      hovered = x;
      tellHovered();
    },
  });
}

/** @type {(value: number, digits?: number) => string} */
const shown = (value, digits = DIGITS) => (Number.isFinite(value) ? number(value, digits) : String(value));
