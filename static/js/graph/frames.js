/** Open scopes as quiet frames around what is in them, where no other node lies in the way. */

/** @import { Store } from "../types.d.ts" */
/** @import { Frame } from "./enclosing.js" */
/** @import { Picture } from "./types.d.ts" */

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
    const all = entered.merge(joined).order();
    all.select(".pane").attr("x", ({ x }) => x).attr("y", ({ y }) => y).attr("width", ({ width }) => width).attr("height", ({ height }) => height);
    all.select(".close").attr("aria-label", ({ name }) => say("scope.close", { name })).on("click", (event, { id }) => {
      event.stopPropagation();
      unfold(store, id, false);
    });
    all.select(".target").attr("x", ({ x }) => x).attr("y", ({ y }) => y - 3).attr("width", ({ name, width }) => Math.min(width, (shorten(name, LONGEST).length + 2) * 8 + CROSS));
    all.select("text").attr("x", ({ x }) => x + 8).attr("y", ({ y }) => y + 13).text(({ name }) => `▾ ${shorten(name, LONGEST)}`);
  });
}
