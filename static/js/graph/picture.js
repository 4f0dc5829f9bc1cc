/** The computation graph as a picture one can look at, walk through by keyboard, and hear. */

/** @import { GraphNode, Scene, State, Store } from "../types.d.ts" */

import { select } from "../../vendor/d3.js";
import { say } from "../say.js";
import { createCamera } from "./camera.js";
import { detailOf } from "./detail.js";
import { drawEdges, drawNumbers } from "./edges.js";
import { emphasise, sameEmphasis } from "./emphasis.js";
import { listen } from "./interaction.js";
import { moves } from "./motion.js";
import { drawNodes } from "./nodes.js";
import { sceneOf } from "./scene.js";

/** On narrow screens the picture runs down. */
const narrow = matchMedia("(max-width: 40rem)");

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

  /** @param {State} state */
  const draw = ({ shown: document, direction: wanted }) => {
    const direction = wanted ?? (narrow.matches ? "down" : "right");
    if (document === null || (document === scene?.document && direction === scene.direction)) return;
    const before = scene;
    scene = sceneOf(document, direction, before);
    const moving = before !== null && moves(scene.boxes.length);
    drawEdges(edges, scene.wires, moving);
    drawNumbers(numbers, scene.wires, moving);
    drawNodes(nodes, scene.boxes, moving);
    camera.show(scene.boxes);
    if (document.graph.structure !== before?.document.graph.structure || scene.direction !== before.direction) camera.fit(moving);
  };

  /** @type {State | null} */
  let last = null;
  /** @param {State} state */
  const update = (state) => {
    draw(state);
    svg.classed("stale", state.refused);
    if (scene && !sameEmphasis(state, last)) emphasise(svg, scene, state);
    const chosen = state.selected === last?.selected ? undefined : scene?.boxes.find(({ node }) => node.id === state.selected);
    if (chosen) camera.reveal(chosen);
    last = state;
  };

  listen(element, svg, store, camera, { scene: () => scene, open });
  narrow.addEventListener("change", () => {
    last = null;
    update(store.state);
  });
  store.subscribe(update);
}

/**
 * The empty drawing, in place of the server's.
 * @param {HTMLElement} element
 */
function canvas(element) {
  const svg = select(/** @type {SVGSVGElement} */ (element.ownerDocument.createElementNS("http://www.w3.org/2000/svg", "svg")));
  svg.attr("class", "graph").attr("role", "graphics-document").attr("aria-label", say("picture.graph"));
  const marker = svg.append("defs").append("marker").attr("id", "arrow").attr("viewBox", "0 0 10 10").attr("refX", 1).attr("refY", 5);
  marker.attr("markerUnits", "userSpaceOnUse").attr("markerWidth", 11).attr("markerHeight", 11).attr("orient", "auto");
  marker.append("path").attr("d", "M0,1L9,5L0,9z");
  const world = svg.append("g").attr("class", "world");
  element.querySelector("[data-part=drawing]")?.replaceChildren(/** @type {SVGSVGElement} */ (svg.node()));
  const [edges, numbers, nodes] = [world.append("g"), world.append("g"), world.append("g")];
  return { svg, world, edges, numbers, nodes };
}
