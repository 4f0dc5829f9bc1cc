/** The computation graph as a picture one can look at, walk through by keyboard, and hear. */

/** @import { Selection } from "d3-selection" */
/** @import { Box, GraphNode, Scene, State, Store, Wire } from "../types.d.ts" */

import { select } from "../../vendor/d3.js";
import { active, pointed, selected } from "../store.js";
import { createCamera } from "./camera.js";
import { detailOf } from "./detail.js";
import { drawEdges, drawNumbers } from "./edges.js";
import { moves } from "./motion.js";
import { drawNodes } from "./nodes.js";
import { sceneOf } from "./scene.js";
import { entrance, step } from "./walk.js";

const CLOSER = 1.4;

/** On narrow screens the picture runs down. */
const narrow = matchMedia("(max-width: 40rem)");
const direction = () => (narrow.matches ? "down" : "right");

/**
 * @param {HTMLElement} element the frame, with the server's picture in it
 * @param {Store} store
 * @param {(node: GraphNode) => void} open what Enter on a node does
 */
export function mountPicture(element, store, open) {
  const { svg, world, edges, numbers, nodes } = canvas(element);
  /** @type {Scene | null} */
  let scene = null;
  const camera = createCamera(svg, world, (scale) => svg.attr("data-detail", detailOf(scene?.boxes.length ?? 0, scale)));

  /** @param {Box | undefined} box */
  const go = (box) => {
    if (box === undefined) return;
    store.apply(selected, box.node.id);
    groupOf(nodes, box)?.focus({ preventScroll: true });
  };

  /** @type {Record<string, (() => void) | undefined>} */
  const keys = {
    "+": () => camera.by(CLOSER),
    "=": () => camera.by(CLOSER),
    "-": () => camera.by(1 / CLOSER),
    0: () => camera.fit(true),
    Escape: () => store.apply(selected, null),
  };

  svg.on("pointerover", ({ target }) => store.apply(pointed, boxAt(target)?.node.id ?? null));
  svg.on("pointerleave", () => store.apply(pointed, null));
  svg.on("click", ({ target }) => go(boxAt(target)));
  svg.on("focusin", ({ target }) => store.apply(selected, boxAt(target)?.node.id ?? null));
  svg.on("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const from = boxAt(event.target);
    const to = scene && from && step(scene, from, event.key);
    const act = event.key === "Enter" && from ? () => open(from.node) : keys[event.key];
    if (to) go(to);
    else act?.();
    if (to || act || event.key.startsWith("Arrow")) event.preventDefault();
  });
  controls(element, { in: keys["+"], out: keys["-"], fit: keys[0] });

  /** @param {State} state */
  const draw = ({ document }) => {
    if (document === null || (document === scene?.document && direction() === scene.direction)) return;
    const before = scene;
    scene = sceneOf(document, direction(), before);
    const moving = before !== null && moves(scene.boxes.length);
    drawEdges(edges, scene.wires, moving);
    drawNumbers(numbers, scene.wires, moving);
    drawNodes(nodes, scene.boxes, moving);
    camera.show(scene.boxes);
    if (document.graph.structure !== before?.document.graph.structure || scene.direction !== before.direction) camera.fit(moving);
  };
  narrow.addEventListener("change", () => draw(store.state));

  /** @type {State | null} */
  let last = null;
  store.subscribe((state) => {
    draw(state);
    svg.classed("stale", state.refused);
    if (scene && !sameEmphasis(state, last)) emphasise(svg, scene, state);
    const chosen = state.selected === last?.selected ? undefined : scene?.boxes.find(({ node }) => node.id === state.selected);
    if (chosen) camera.reveal(chosen);
    last = state;
  });
}

/**
 * The empty drawing, in place of the server's.
 * @param {HTMLElement} element
 */
function canvas(element) {
  const svg = select(/** @type {SVGSVGElement} */ (element.ownerDocument.createElementNS("http://www.w3.org/2000/svg", "svg")));
  svg.attr("class", "graph").attr("role", "graphics-document").attr("aria-label", "Computation graph");
  const marker = svg.append("defs").append("marker").attr("id", "arrow").attr("viewBox", "0 0 10 10").attr("refX", 1).attr("refY", 5);
  marker.attr("markerUnits", "userSpaceOnUse").attr("markerWidth", 11).attr("markerHeight", 11).attr("orient", "auto");
  marker.append("path").attr("d", "M0,1L9,5L0,9z");
  const world = svg.append("g").attr("class", "world");
  element.querySelector("[data-part=drawing]")?.replaceChildren(/** @type {SVGSVGElement} */ (svg.node()));
  const [edges, numbers, nodes] = [world.append("g"), world.append("g"), world.append("g")];
  return { svg, world, edges, numbers, nodes };
}

/**
 * @param {HTMLElement} element
 * @param {Record<string, (() => void) | undefined>} actions by the value of a button
 */
function controls(element, actions) {
  element.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest("button[data-zoom]") : null;
    actions[button?.getAttribute("data-zoom") ?? ""]?.();
  });
}

/**
 * @param {State} state
 * @param {State | null} last
 */
function sameEmphasis({ document, pointed, selected }, last) {
  return document === last?.document && pointed === last?.pointed && selected === last?.selected;
}

/**
 * Lights the active node with its edges, and makes one node the tab stop.
 * @param {Selection<SVGSVGElement, unknown, null, undefined>} svg
 * @param {Scene} scene
 * @param {State} state
 */
function emphasise(svg, scene, state) {
  const id = active(state);
  const stop = state.selected ?? entrance(scene)?.node.id;
  /** @type {Selection<SVGGElement, Box, SVGSVGElement, unknown>} */
  const nodes = svg.selectAll("g.node");
  nodes.classed("active", ({ node }) => node.id === id).attr("tabindex", ({ node }) => (node.id === stop ? 0 : -1));
  /** @type {Selection<SVGElement, Wire, SVGSVGElement, unknown>} */
  const edges = svg.selectAll(".edge, .numbers");
  edges.classed("active", ({ edge }) => edge.source === id || edge.target === id);
  svg.classed("pointing", id !== null);
}

/**
 * @param {Selection<SVGGElement, unknown, null, undefined>} layer
 * @param {Box} box
 */
function groupOf(layer, box) {
  /** @type {Selection<SVGGElement, Box, SVGGElement, unknown>} */
  const nodes = layer.selectAll("g.node");
  return nodes.filter(({ name }) => name === box.name).node();
}

/**
 * The box whose group an event happened in.
 * @param {EventTarget | null} target
 * @returns {Box | undefined}
 */
function boxAt(target) {
  const group = target instanceof Element ? target.closest("g.node") : null;
  return group === null ? undefined : /** @type {Box} */ (select(group).datum());
}
