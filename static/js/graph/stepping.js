/** The picture at a step: it grows forward, then the gradients come back; places stay. */

/** @import { Box, Scene, State, Wire } from "../types.d.ts" */
/** @import { Mark } from "./progress.js" */
/** @import { Picture } from "./types.d.ts" */

import { select } from "../../vendor/d3.js";
import { heardNode } from "../heard.js";
import { marksAt } from "./progress.js";

/** @type {readonly Mark[]} */
const MARKS = ["future", "now", "pending", "ungraded", "unflown"];

/**
 * @param {Picture} picture
 */
export function mountStepping({ svg, follow }) {
  /** @type {{ scene: Scene, state: State } | null} */
  let last = null;
  /** @type {Map<string, string>} */
  let known = new Map();
  follow((scene, state, change) => {
    const before = last;
    last = { scene, state };
    const fresh = change === "scene" || scene !== before?.scene;
    if (!fresh && state.step === before.state.step && state.document === before.state.document) return;
    if (state.step === null && (before?.state.step ?? null) === null) return;
    if (state.document === null) return;
    if (fresh) known = new Map();
    const marks = marksAt(scene, state.document, state.step);
    svg.classed("stepping", state.step !== null);
    /** @type {import("d3-selection").Selection<SVGElement, Box | Wire, SVGSVGElement, unknown>} */
    const all = svg.selectAll("g.node, g.edge, text.numbers");
    const written = new Map();
    all.each(function ({ name }) {
      const wanted = marks.get(name) ?? new Set();
      const text = Array.from(wanted).join(" ");
      written.set(name, text);
      if (known.get(name) === text) return;
      for (const mark of MARKS) this.classList.toggle(mark, wanted.has(mark));
      const datum = select(/** @type {SVGElement} */ (this)).datum();
      if (/** @type {any} */ (datum).node) relabel(this, /** @type {Box} */ (datum), wanted);
    });
    known = written;
  });
}

/**
 * Who hears the picture is not told a gradient before there is one.
 * @param {Element} element
 * @param {Box} box
 * @param {Set<Mark>} marks
 */
function relabel(element, { node }, marks) {
  element.setAttribute("aria-label", heardNode(marks.has("ungraded") ? { ...node, grad: null } : node));
}
