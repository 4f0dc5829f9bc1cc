/** The computation graph as a picture: a drawing that follows the state, and what others need to bring it to life. */

/** @import { Scene, State, Store } from "../types.d.ts" */
/** @import { Near } from "./motion.js" */
/** @import { Change, Follower, Picture, Shown } from "./types.d.ts" */

import { select } from "../../vendor/d3.js";
import { say } from "../say.js";
import { createCamera } from "./camera.js";
import { detailOf } from "./detail.js";
import { drawEdges, drawNumbers } from "./edges.js";
import { moves } from "./motion.js";
import { drawNodes } from "./nodes.js";
import { PLAIN, alike, renumber, sceneOf } from "./scene.js";

/** On narrow screens the picture runs down. */
const narrow = matchMedia("(max-width: 40rem)");

/** Which way the picture runs where nobody chose. */
export const directionOf = (/** @type {State} */ { direction }) => direction ?? (narrow.matches ? "down" : "right");

/**
 * @param {HTMLElement} element the frame, with the server's picture in it
 * @param {Store} store
 * @returns {Picture}
 */
export function mountPicture(element, store) {
  const layers = canvas(element);
  const { svg, world, ground } = layers;
  /** @type {Shown} */
  const shown = { scene: null, state: null, scoping: null, write: (scene) => paint(layers, scene, false, () => true) };
  /** @type {Follower[]} */
  const followers = [];
  let detail = "";
  const camera = createCamera(svg, world, (scale) => {
    const now = detailOf(shown.scene?.boxes.length ?? 0, scale);
    if (now !== detail) svg.attr("data-detail", (detail = now));
  });

  /** @param {State} state */
  const update = (state) => {
    const change = draw(layers, camera, shown, state);
    svg.classed("stale", state.refused);
    shown.state = state;
    if (shown.scene) for (const follower of followers) follower(shown.scene, state, change);
  };

  narrow.addEventListener("change", () => update(store.state));
  store.subscribe(update);
  return {
    element,
    svg,
    ground,
    camera,
    scene: () => shown.scene,
    follow(follower) {
      followers.push(follower);
      if (shown.scene) follower(shown.scene, store.state, "scene");
    },
    scope(scoping) {
      Object.assign(shown, { scoping, ...(store.state.shown?.scopes.length && { state: null }) }); // it could not be drawn until now
      update(store.state);
    },
    write: (writer) => void (shown.write = writer),
  };
}

/**
 * @param {ReturnType<typeof canvas>} layers
 * @param {Picture["camera"]} camera
 * @param {Shown} shown changed
 * @param {State} state
 * @returns {Change}
 */
function draw(layers, camera, shown, state) {
  const { scene: before, state: last } = shown;
  const { shown: document, expand } = state;
  const scoping = document?.scopes.length === 0 ? PLAIN : shown.scoping;
  const direction = directionOf(state);
  const same = before?.direction === direction && last?.expand === expand;
  if (document === null || scoping === null || (before && same && document === last?.shown)) return "rest";
  if (before && same && last?.shown && before.scoping === scoping && alike(last.shown, document)) {
    renumber(before, document);
    shown.write(before, state.document === last.document);
    return "numbers";
  }
  const scene = sceneOf(document, direction, before, expand, scoping);
  shown.scene = scene;
  const moving = before !== null && moves(scene.boxes.length);
  paint(layers, scene, moving, moving ? camera.near : () => true);
  if (before === null) reveal(layers.svg.node()?.parentElement);
  const another = document.graph.structure !== before?.document.graph.structure || direction !== before.direction;
  camera.show(scene, another ? "another" : state.selected === null ? "same" : "looked into", moving);
  return "scene";
}

/**
 * Shows the drawing in place of the server's.
 * @param {HTMLElement | null | undefined} carrier
 */
function reveal(carrier) {
  carrier?.style.removeProperty("display");
  carrier?.parentElement?.replaceChildren(carrier);
}

/**
 * @param {Pick<ReturnType<typeof canvas>, "edges" | "numbers" | "nodes">} layers
 * @param {Scene} scene
 * @param {boolean} moving
 * @param {Near} near
 */
function paint({ edges, numbers, nodes }, scene, moving, near) {
  drawEdges(edges, scene.wires, moving);
  drawNumbers(numbers, scene.wires, moving, near);
  drawNodes(nodes, scene.boxes, moving, near);
}

/**
 * The empty drawing, in place of the server's, and the element that carries it.
 * @param {HTMLElement} element
 */
function canvas(element) {
  const svg = select(/** @type {SVGSVGElement} */ (element.ownerDocument.createElementNS("http://www.w3.org/2000/svg", "svg")));
  svg.attr("class", "graph").attr("role", "graphics-document").attr("aria-label", say("picture.graph"));
  const marker = svg.append("defs").append("marker").attr("id", "arrow").attr("viewBox", "0 0 10 10").attr("refX", 1).attr("refY", 5);
  marker.attr("markerUnits", "userSpaceOnUse").attr("markerWidth", 11).attr("markerHeight", 11).attr("orient", "auto");
  marker.append("path").attr("d", "M0,1L9,5L0,9z");
  const world = svg.append("g").attr("class", "world");
  const carrier = element.ownerDocument.createElement("div");
  carrier.className = "carrier";
  carrier.style.display = "none";
  carrier.append(/** @type {SVGSVGElement} */ (svg.node()));
  element.querySelector("[data-part=drawing]")?.append(carrier);
  const [ground, edges, numbers, nodes] = [world.append("g"), world.append("g"), world.append("g"), world.append("g")];
  return { svg, world, ground, edges, numbers, nodes };
}
