/** Finds nodes by name: what matches is lit, Enter goes from one to the next. */

/** @import { Box, Store, GraphNode } from "../types.d.ts" */
/** @import { Picture } from "./types.d.ts" */

import { isShortcut } from "../comfort/shortcuts.js";
import { role } from "../format.js";
import { does } from "../heard.js";
import { say, sayCount } from "../say.js";
import { selected } from "../store.js";
import { homeOf } from "./emphasis.js";

/**
 * The nodes with a text in their name, or that do it.
 * @param {readonly GraphNode[]} nodes
 * @param {string} text
 */
export function found(nodes, text) {
  const wanted = text.trim().toLowerCase();
  if (wanted === "") return [];
  return nodes.filter((node) => node.label?.toLowerCase().includes(wanted) || [does(node), role(node)].some((one) => one.toLowerCase() === wanted));
}

/**
 * @param {Picture} picture
 * @param {Store} store
 */
export function mountSearch({ element, svg, scene, follow }, store) {
  const { field, count } = fieldIn(element);
  /** @type {GraphNode[]} */
  let matches = [];
  const light = () => {
    const shown = scene();
    matches = found(store.state.shown?.nodes ?? [], field.value);
    count.textContent = field.value.trim() === "" ? "" : sayCount("search.count", matches.length);
    const homes = new Set(shown ? matches.map(({ id }) => homeOf(shown, id)) : []);
    svg.classed("searching", homes.size > 0);
    /** @type {import("d3-selection").Selection<SVGGElement, Box, SVGSVGElement, unknown>} */
    const nodes = svg.selectAll("g.node");
    nodes.classed("found", ({ node }) => homes.has(node.id));
  };
  const next = (/** @type {number} */ by) => {
    const at = matches.findIndex(({ id }) => id === store.state.selected);
    const to = matches.at((at < 0 && by < 0 ? 0 : at + by) % matches.length);
    if (to) store.apply(selected, to.id);
  };
  field.addEventListener("input", light);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") next(event.shiftKey ? -1 : 1);
    else if (event.key === "Escape") field.value = "";
    else return;
    event.preventDefault();
    light();
  });
  follow((_, __, change) => change === "scene" && field.value !== "" && light());
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || !isShortcut(event)) return;
    event.preventDefault();
    field.focus();
  });
}

/** @param {HTMLElement} element */
function fieldIn(element) {
  const box = document.createElement("div");
  box.className = "search";
  const field = document.createElement("input");
  Object.assign(field, { type: "search", placeholder: say("search.hint"), ariaLabel: say("search.label"), autocomplete: "off", spellcheck: false });
  const count = document.createElement("output");
  box.append(field, count);
  element.querySelector(".zoom")?.before(box);
  return { field, count };
}
