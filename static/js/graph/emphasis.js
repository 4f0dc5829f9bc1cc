/** What stands out in the picture: the active node with its edges. */

/** @import { Selection } from "d3-selection" */
/** @import { Box, Scene, State, Wire } from "../types.d.ts" */

import { active } from "../store.js";
import { entrance } from "./walk.js";

/**
 * Whether two states emphasise the same.
 * @param {State} state
 * @param {State | null} last
 */
export function sameEmphasis({ shown, pointed, selected }, last) {
  return shown === last?.shown && pointed === last?.pointed && selected === last?.selected;
}

/**
 * Lights the active node with its edges, and makes one node the tab stop.
 * @param {Selection<SVGSVGElement, unknown, null, undefined>} svg
 * @param {Scene} scene
 * @param {State} state
 */
export function emphasise(svg, scene, state) {
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
