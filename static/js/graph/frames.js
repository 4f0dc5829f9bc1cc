/** Open scopes as quiet frames around what is in them, where no other node lies in the way. */

/** @import { Store } from "../types.d.ts" */
/** @import { Frame } from "./enclosing.js" */
/** @import { Picture } from "./types.d.ts" */

import { mark, write } from "../element.js";
import { shorten } from "../format.js";
import { say } from "../say.js";
import { framesOf } from "./enclosing.js";
import { unfold } from "./interaction.js";

const LONGEST = 24;
const CROSS = 12;

/**
 * Frames have places and no transforms: a browser would keep a layer for each that is transformed.
 * @param {Picture} picture
 * @param {Store} store
 */
export function mountFrames({ ground, follow }, store) {
  follow((scene, _, change) => {
    if (change !== "scene") return;
    /** @type {import("d3-selection").Selection<SVGGElement, Frame, SVGGElement, unknown>} */
    const known = ground.selectAll("g.frame-of");
    const joined = known.data(framesOf(scene), ({ id }) => id);
    joined.exit().remove();
    const entered = joined.enter().append("g").attr("class", "frame-of");
    entered.append("rect").attr("class", "pane").attr("rx", 8);
    const close = entered.append("g").attr("class", "close").attr("role", "button").attr("tabindex", -1);
    close.append("rect").attr("class", "target").attr("height", 24);
    close.append("text");
    close.on("click", (event, { id }) => {
      event.stopPropagation();
      unfold(store, id, false);
    });
    entered.merge(joined).each(fill).order();
  });
}

/**
 * @this {SVGGElement}
 * @param {Frame} frame
 */
function fill(frame) {
  const { name, x, y, width, height } = frame;
  const title = shorten(name, LONGEST);
  const [pane, close] = Array.from(this.children);
  const [target, text] = Array.from(close.children);
  set(pane, { x, y, width, height });
  mark(close, "aria-label", say("scope.close", { name }));
  set(target, { x, y: y - 3, width: Math.min(width, (title.length + 2) * 8 + CROSS) });
  set(text, { x: x + 8, y: y + 13 });
  write(text, `▾ ${title}`);
}

/**
 * @param {Element} element
 * @param {Record<string, number>} places
 */
function set(element, places) {
  for (const [name, place] of Object.entries(places)) mark(element, name, String(place));
}
