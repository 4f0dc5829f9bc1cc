/** What pointer and keyboard do in the picture. */

/** @import { Selection } from "d3-selection" */
/** @import { Box, GraphNode, Scene, Store } from "../types.d.ts" */

import { select } from "../../vendor/d3.js";
import { pointed, selected } from "../store.js";
import { step } from "./walk.js";

const CLOSER = 1.4;

/** @typedef {{ by: (factor: number) => void, fit: () => void }} Camera */

/**
 * @param {HTMLElement} element the frame, with the buttons in it
 * @param {Selection<SVGSVGElement, unknown, null, undefined>} svg
 * @param {Store} store
 * @param {Camera} camera
 * @param {{ scene: () => Scene | null, open: (node: GraphNode) => void }} rest
 */
export function listen(element, svg, store, camera, { scene, open }) {
  /** @type {Record<string, (() => void) | undefined>} */
  const acts = {
    "+": () => camera.by(CLOSER),
    "=": () => camera.by(CLOSER),
    "-": () => camera.by(1 / CLOSER),
    0: () => camera.fit(),
    Escape: () => store.apply(selected, null),
  };
  svg.on("pointerover", ({ target }) => store.apply(pointed, boxAt(target)?.node.id ?? null));
  svg.on("pointerleave", () => store.apply(pointed, null));
  svg.on("click", ({ target }) => focus(svg, boxAt(target)));
  svg.on("focusin", ({ target }) => store.apply(selected, boxAt(target)?.node.id ?? null));
  svg.on("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const from = boxAt(event.target);
    const shown = scene();
    const to = shown && from && step(shown, from, event.key);
    const act = event.key === "Enter" && from ? () => open(from.node) : acts[event.key];
    if (to) focus(svg, to);
    else act?.();
    if (to || act || event.key.startsWith("Arrow")) event.preventDefault();
  });
  element.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest("button[data-key]") : null;
    acts[button?.getAttribute("data-key") ?? ""]?.();
  });
}

/**
 * Moves the focus to a box, which chooses it.
 * @param {Selection<SVGSVGElement, unknown, null, undefined>} svg
 * @param {Box | undefined} box
 */
function focus(svg, box) {
  /** @type {Selection<SVGGElement, Box, SVGSVGElement, unknown>} */
  const nodes = svg.selectAll("g.node");
  nodes.filter(({ name }) => name === box?.name).node()?.focus({ preventScroll: true });
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
