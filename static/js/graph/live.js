/** Writes numbers that change: into the texts of what changed, or onto one canvas where many change at every frame. */

/** @import { Scene } from "../types.d.ts" */
/** @import { Picture } from "./types.d.ts" */

import { heardEdge, heardNode } from "../heard.js";
import { paintNumbers } from "./canvas.js";
import { backward, classOf, symbolic } from "./edges.js";

/** The texts of more nodes than this are not laid out sixty times a second. */
const MANY = 12;
/** Milliseconds without a change until what the canvas showed is written. */
const REST = 160;

/**
 * @param {Picture} picture
 */
export function mountLive({ svg, camera, follow, write }) {
  const page = /** @type {SVGSVGElement} */ (svg.node());
  const canvas = page.ownerDocument.createElement("canvas");
  canvas.className = "numbers-layer";
  canvas.ariaHidden = "true";
  canvas.hidden = true;
  page.closest(".drawing")?.after(canvas);
  /** @type {{ scene: Scene, writers: (() => boolean)[] } | null} */
  let known = null;
  let timer = setTimeout(() => undefined);

  const flush = () => {
    clearTimeout(timer);
    canvas.hidden = true;
    page.classList.remove("live");
    for (const one of known?.writers ?? []) one();
  };
  const paint = () => known && paintNumbers(canvas, known.scene, camera, page.dataset.detail === "all");

  write((scene, live) => {
    if (known?.scene !== scene) known = { scene, writers: writersOf(page, scene) };
    if (!live || scene.boxes.length <= MANY) return flush();
    canvas.hidden = false;
    page.classList.add("live");
    paint();
    clearTimeout(timer);
    timer = setTimeout(flush, REST);
  });
  follow((_, __, change) => {
    if (change !== "scene") return;
    flush();
    known = null;
  });
  camera.watch(() => canvas.hidden || paint());
}

/**
 * For each drawn thing a function that writes what changed in it.
 * @param {SVGSVGElement} page
 * @param {Scene} scene
 */
function writersOf(page, scene) {
  const named = new Map(scene.boxes.map((box) => [box.name, box]));
  const wired = new Map(scene.wires.map((wire) => [wire.name, wire]));
  return [...elements(page, "g.node", named, nodeWriter), ...elements(page, "g.edge", wired, edgeWriter), ...elements(page, "text.numbers", wired, textWriter)];
}

/**
 * @template {{ name: string }} T
 * @param {SVGSVGElement} page
 * @param {string} selector
 * @param {Map<string, T>} things
 * @param {(element: Element, thing: T) => () => boolean} writer
 */
function elements(page, selector, things, writer) {
  return Array.from(page.querySelectorAll(selector)).flatMap((element) => {
    const datum = /** @type {{ __data__?: T }} */ (/** @type {unknown} */ (element)).__data__;
    const thing = things.get(datum?.name ?? "");
    return thing ? [writer(element, thing)] : [];
  });
}

/**
 * @param {Element} element
 * @param {import("../types.d.ts").Box} box
 */
function nodeWriter(element, box) {
  const [data, grad] = ["data", "grad"].map((part) => element.getElementsByClassName(part)[0]?.lastElementChild);
  /** @type {import("../types.d.ts").GraphNode | null} */
  let node = null; // what is drawn may be of the answer before
  return () => {
    if (node === box.node) return false;
    node = box.node;
    put(data, box.lines.data);
    put(grad, box.lines.grad ?? "");
    element.setAttribute("aria-label", heardNode(node));
    return true;
  };
}

/**
 * @param {Element} element
 * @param {import("../types.d.ts").Wire} wire
 */
function edgeWriter(element, wire) {
  const path = /** @type {SVGPathElement} */ (element.querySelector("path"));
  const title = element.querySelector("title");
  /** @type {import("../types.d.ts").GraphEdge | null} */
  let edge = null;
  /** @type {string | null | undefined} */
  let color;
  let width = 0;
  return () => {
    if (color !== wire.color) path.style.stroke = wire.color ?? "";
    if (width !== wire.width) path.style.strokeWidth = `${wire.width}px`;
    ({ color, width } = wire);
    if (edge === wire.edge) return false;
    edge = wire.edge;
    element.setAttribute("aria-label", heardEdge(wire));
    element.classList.toggle("endless", classOf(wire).endsWith("endless"));
    put(title, heardEdge(wire));
    return true;
  };
}

/**
 * @param {Element} element
 * @param {import("../types.d.ts").Wire} wire
 */
function textWriter(element, wire) {
  const [local, flow] = ["local", "flow"].map((part) => /** @type {SVGElement} */ (element.getElementsByClassName(part)[0]));
  return () => {
    put(local, symbolic(wire));
    put(flow, backward(wire));
    if (flow.style.fill !== (wire.color ?? "")) flow.style.fill = wire.color ?? "";
    return true;
  };
}

/**
 * Touches a text only where it changes.
 * @param {Element | null | undefined} element
 * @param {string} text
 */
function put(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}
