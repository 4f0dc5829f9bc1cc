/** The surface panel: the output over two inputs, the gradient at the point, and ways downhill. */

/** @import { State, Store } from "../types.d.ts" */
/** @import { Found } from "./surface/subject.js" */
/** @import { Frame } from "./surface/plot.js" */
/** @import { Keys, Ranges } from "./surface/here.js" */

import { element, write } from "../element.js";
import { number } from "../format.js";
import { say } from "../say.js";
import { moved } from "../store.js";
import { button, choice, emptiness, status } from "./controls.js";
import { ZOOM } from "./curve/gestures.js";
import { aimed, widened } from "./plot/scale.js";
import { inputOptions, outputName } from "./subjects.js";
import { createPlot } from "./surface/plot.js";
import { createSubject } from "./surface/subject.js";
import { createWay } from "./surface/way.js";
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
  /** @type {Keys | null} */
  let keys = null;
  /** @type {Frame | null} */
  let frame = null;
  const line = status(() => subject.again());
  const subject = createSubject(() => plan(), line.update);
  const way = createWay(store, { visit: subject.visit, keys: () => keys, changed: () => plan() });

  const lists = [choice(say("surface.across"), (key) => subject.choose(0, key)), choice(say("surface.up"), (key) => subject.choose(1, key))];
  const zoom = (/** @type {number} */ factor) => () => {
    if (keys) subject.lookAt(/** @type {any} */ (subject.ranges(store.state, keys).map((range) => widened(range, factor))));
  };
  const home = () => subject.lookAt(null);
  const zooms = [button("−", say("plot.zoomOut"), zoom(ZOOM)), button("+", say("plot.zoomIn"), zoom(1 / ZOOM)), button("⟲", say("plot.home"), home)];
  const head = element("div", { class: "controls" }, lists[0].element, lists[1].element, element("span", { class: "tools" }, ...zooms));
  const plot = createPlot();
  const area = element("div", { class: "area map", role: "group", tabindex: "0", "aria-label": say("surface.area") });
  area.append(...plot.elements);
  const words = element("p", { class: "words" });
  const how = element("p", { class: "how" });
  const body = element("div", { class: "body" }, head, area, words, way.element, how);
  const empty = emptiness(body);
  panel.classList.add("plotting");
  panel.replaceChildren(empty.element, line.element, body);

  /** @param {State} state */
  const draw = (state) => {
    panel.classList.toggle("stale", state.refused);
    keys = subject.settle(state);
    const document = state.document;
    empty.update(document === null ? say("plot.noProgram") : keys === null ? say("surface.fewInputs") : "");
    if (keys === null || document === null) return line.update(null);
    const options = inputOptions(document);
    lists.forEach((list, i) => list.update(options, /** @type {Keys} */ (keys)[i]));
    const nameOf = (/** @type {string} */ key) => options.find(({ id }) => id === key)?.name ?? key;
    const names = { x: nameOf(keys[0]), y: nameOf(keys[1]), z: outputName(document, state.drawn) };
    const found = subject.look(state, keys);
    const places = way.update(state, keys, names);
    if (found) show(found, subject.ranges(state, keys), places, names);
    area.classList.toggle("waiting", !found || found.stale);
  };

  /**
   * @param {Found} found
   * @param {Ranges} ranges
   * @param {ReturnType<typeof way.update>} places
   * @param {{ x: string, y: string, z: string }} names
   */
  const show = ({ grid, point, here, partly }, ranges, places, names) => {
    frame = plot.draw({ width: area.clientWidth, height: area.clientHeight }, ranges, grid, point, places);
    const [gx, gy] = point.gradient;
    const values = { ...names, atX: shown(point.x), atY: shown(point.y), value: shown(point.z), gx: shown(gx), gy: shown(gy), steep: shown(Math.hypot(gx, gy)) };
    const [[x0, x1], [y0, y1]] = ranges;
    plot.canvas.setAttribute("aria-label", say("surface.picture", { ...values, x0: shown(x0), x1: shown(x1), y0: shown(y0), y1: shown(y1) }));
    write(words, Number.isFinite(gx) && Number.isFinite(gy) ? say("surface.gradient", values) : say("surface.noGradient", values));
    write(how, [here ? say("plot.here") : say("plot.asked"), partly ? say("plot.partly") : ""].join(" ").trim());
  };

  const plan = watch(store, "surface", draw);
  new ResizeObserver(plan).observe(area);

  /** @type {(x: number, y: number) => void} */
  const move = (x, y) => {
    if (!keys || !frame) return;
    const [toX, toY] = [aimed(x, frame.range), aimed(y, frame.height)];
    const [keyX, keyY] = keys;
    store.apply((state) => moved(moved(state, keyX, toX), keyY, toY));
  };
  const moveTo = (/** @type {PointerEvent | MouseEvent} */ event) => {
    if (!frame) return;
    const { left, top } = area.getBoundingClientRect();
    const [x, y] = [frame.across.invert(event.clientX - left), frame.up.invert(event.clientY - top)];
    const inside = x >= frame.range[0] && x <= frame.range[1] && y >= frame.height[0] && y <= frame.height[1];
    if (inside) move(x, y);
  };
  area.addEventListener("click", moveTo);
  area.addEventListener("pointermove", (event) => {
    if (event.pointerType === "mouse" && event.buttons === 1) moveTo(event);
  });
  area.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !frame || !keys) return;
    const arrow = ARROWS[event.key];
    if (arrow) step(arrow, event.shiftKey);
    else if (event.key === "+" || event.key === "=") zoom(1 / ZOOM)();
    else if (event.key === "-") zoom(ZOOM)();
    else if (event.key === "0") home();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  /** @type {(arrow: readonly [number, number], coarse: boolean) => void} */
  const step = ([right, up], coarse) => {
    const by = NUDGE * (coarse ? COARSE : 1);
    const at = subject.look(store.state, /** @type {Keys} */ (keys))?.point;
    if (at && frame) move(at.x + right * by * (frame.range[1] - frame.range[0]), at.y + up * by * (frame.height[1] - frame.height[0]));
  };
}

/** @type {(value: number) => string} */
const shown = (value) => (Number.isFinite(value) ? number(value, DIGITS) : String(value));
