/** What stands out in the picture: the active node with its edges. */

/** @import { Selection } from "d3-selection" */
/** @import { Box, Scene, State, Wire } from "../types.d.ts" */
/** @import { Picture } from "./types.d.ts" */

import { mark } from "../element.js";
import { active } from "../store.js";
import { entrance } from "./walk.js";

/**
 * Lights the active node with its edges, or the box it is in; shows what was chosen.
 * @param {Picture} picture
 */
export function mountEmphasis({ svg, camera, follow }) {
  /** @type {State | null} */
  let last = null;
  follow((scene, state, change) => {
    const before = last;
    last = state;
    if (change !== "scene" && before && state.pointed === before.pointed && state.selected === before.selected) return;
    emphasise(svg, scene, state);
    const moved = before !== null && state.expand !== before.expand;
    const chosen = state.selected === before?.selected && !moved ? undefined : homeOf(scene, state.selected);
    const box = scene.boxes.find(({ node }) => node.id === chosen);
    if (box) camera.reveal(box);
  });
}

/**
 * The id of what is drawn for a node.
 * @param {Scene} scene
 * @param {number | null} id
 */
export const homeOf = ({ plan }, id) => (id === null ? null : (plan.homes.get(id) ?? null));

/**
 * Lights the active node with its edges, and makes one node the tab stop.
 * @param {Selection<SVGSVGElement, unknown, null, undefined>} svg
 * @param {Scene} scene
 * @param {State} state
 */
function emphasise(svg, scene, state) {
  const id = homeOf(scene, active(state));
  const stop = homeOf(scene, state.selected) ?? entrance(scene)?.node.id;
  /** @type {Selection<SVGGElement, Box, SVGSVGElement, unknown>} */
  const nodes = svg.selectAll("g.node");
  nodes.each(function ({ node }) {
    this.classList.toggle("active", node.id === id);
    mark(this, "tabindex", node.id === stop ? "0" : "-1");
  });
  /** @type {Selection<SVGElement, Wire, SVGSVGElement, unknown>} */
  const edges = svg.selectAll(".edge, .numbers");
  edges.each(function ({ edge }) {
    this.classList.toggle("active", edge.source === id || edge.target === id);
  });
  svg.classed("pointing", id !== null);
}
