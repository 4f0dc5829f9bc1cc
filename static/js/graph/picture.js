/** The computation graph as a picture: a drawing that follows the state, and what others need to bring it to life. */

/** @import { Selection } from "d3-selection" */
/** @import { Scene, State, Store } from "../types.d.ts" */

import { select } from "../../vendor/d3.js";
import { say } from "../say.js";
import { createCamera } from "./camera.js";
import { detailOf } from "./detail.js";
import { drawEdges, drawNumbers } from "./edges.js";
import { moves } from "./motion.js";
import { drawNodes } from "./nodes.js";
import { alike, renumber, sceneOf } from "./scene.js";

/** On narrow screens the picture runs down. */
const narrow = matchMedia("(max-width: 40rem)");

/** Which way the picture runs where nobody chose. */
export const directionOf = (/** @type {State} */ { direction }) => direction ?? (narrow.matches ? "down" : "right");

/**
 * What a change of the state was to the picture: another scene, other numbers in it, or neither.
 * @typedef {"scene" | "numbers" | "rest"} Change
 * @typedef {(scene: Scene, state: State, change: Change) => void} Follower
 */

/**
 * @typedef {object} Picture
 * @property {HTMLElement} element the section, with frame, drawing and caption in it
 * @property {Selection<SVGSVGElement, unknown, null, undefined>} svg
 * @property {Selection<SVGGElement, unknown, null, undefined>} ground a layer below everything
 * @property {ReturnType<typeof createCamera>} camera
 * @property {() => Scene | null} scene
 * @property {(follower: Follower) => void} follow calls back at once, and after each change of the state
 * @property {(write: (scene: Scene, live: boolean) => void) => void} write who writes numbers that changed; live: an input is moving
 */

/**
 * @param {HTMLElement} element the frame, with the server's picture in it
 * @param {Store} store
 * @returns {Picture}
 */
export function mountPicture(element, store) {
  const { svg, world, ground, edges, numbers, nodes } = canvas(element);
  /** @type {Scene | null} */
  let scene = null;
  /** @type {State | null} */
  let last = null;
  /** @type {Follower[]} */
  const followers = [];
  let detail = "";
  const camera = createCamera(svg, world, (scale) => {
    const now = detailOf(scene?.boxes.length ?? 0, scale);
    if (now !== detail) svg.attr("data-detail", (detail = now));
  });

  const paint = (/** @type {Scene} */ scene, moving = false) => {
    drawEdges(edges, scene.wires, moving);
    drawNumbers(numbers, scene.wires, moving);
    drawNodes(nodes, scene.boxes, moving);
  };
  let write = (/** @type {Scene} */ scene, /** @type {boolean} */ _live) => paint(scene);

  /**
   * @param {State} state
   * @returns {Change}
   */
  const draw = (state) => {
    const { shown, expand } = state;
    const direction = directionOf(state);
    const same = scene?.direction === direction && last?.expand === expand && last.shown !== null;
    if (shown === null || (same && shown === last?.shown)) return "rest";
    if (scene && same && last?.shown && alike(last.shown, shown)) {
      renumber(scene, shown);
      write(scene, state.document === last.document);
      return "numbers";
    }
    const before = scene;
    scene = sceneOf(shown, direction, before, expand);
    const moving = before !== null && moves(scene.boxes.length);
    paint(scene, moving);
    const fresh = shown.graph.structure !== before?.document.graph.structure || direction !== before.direction;
    camera.show(scene, fresh ? "another" : state.selected === null ? "same" : "looked into", moving);
    return "scene";
  };

  /** @param {State} state */
  const update = (state) => {
    const change = draw(state);
    svg.classed("stale", state.refused);
    last = state;
    if (scene) for (const follower of followers) follower(scene, state, change);
  };

  narrow.addEventListener("change", () => update(store.state));
  store.subscribe(update);
  return {
    element,
    svg,
    ground,
    camera,
    scene: () => scene,
    follow(follower) {
      followers.push(follower);
      if (scene) follower(scene, store.state, "scene");
    },
    write: (writer) => void (write = writer),
  };
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
  const [ground, edges, numbers, nodes] = [world.append("g"), world.append("g"), world.append("g"), world.append("g")];
  return { svg, world, ground, edges, numbers, nodes };
}
