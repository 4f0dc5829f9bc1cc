/** The link that closes a circle in a learner's own engine: drawn around the picture, for no order of nodes holds it. */

/** @import { Box, Scene } from "../types.d.ts" */
/** @import { Direction } from "../graph/route.js" */
/** @import { Picture } from "../graph/types.d.ts" */

import { mark, write } from "../element.js";
import { heardEnds } from "../heard.js";
import { say } from "../say.js";

/** How far it swings out beyond the ends, and below what lies between them. */
const [BEND, BELOW] = [14, 20];
const ARROW = 9;
const LINE = 13;

/** @param {Picture} picture */
export function mountClosing({ ground, follow }) {
  follow((scene, _, change) => {
    if (change === "scene") draw(ground, closingOf(scene));
  });
}

/**
 * The two boxes, and the way between them; null where there is no such link, or one closed box holds both ends.
 * @param {Scene} scene
 */
export function closingOf({ document, plan, boxes, direction }) {
  const link = document.engine?.closing;
  if (!link) return null;
  const [source, target] = [link.source, link.target].map((id) => boxes.find(({ node }) => node.id === plan.homes.get(id)));
  if (!source || !target || (source === target && link.source !== link.target)) return null;
  return { title: say("own.closing", { ends: heardEnds(source.node, target.node) }), ...swing(source, target, boxes, direction) };
}

/**
 * From where the links of one box leave, around all that lies between, to where those of another arrive; and the place
 * of its name.
 * @param {Box} source
 * @param {Box} target
 * @param {Box[]} boxes
 * @param {Direction} direction
 */
function swing(source, target, boxes, direction) {
  const right = direction === "right";
  const [along, across] = right ? /** @type {const} */ (["x", "y"]) : /** @type {const} */ (["y", "x"]);
  const [depth, extent] = right ? /** @type {const} */ (["width", "height"]) : /** @type {const} */ (["height", "width"]);
  const [from, to] = [source[along] + source[depth] / 2, target[along] - target[depth] / 2 - ARROW];
  const between = boxes.filter((box) => box[along] >= target[along] && box[along] <= source[along]);
  const out = Math.max(...between.map((box) => box[across] + box[extent] / 2)) + BELOW;
  /** @type {(a: number, b: number) => string} */
  const at = (a, b) => (right ? `${a},${b}` : `${b},${a}`);
  const leaving = `M${at(from, source[across])}C${at(from + BEND, source[across])} ${at(from + BEND, out)} ${at(from, out)}`;
  const arriving = `L${at(to, out)}C${at(to - BEND, out)} ${at(to - BEND, target[across])} ${at(to, target[across])}`;
  return { d: leaving + arriving, ...(right ? { x: (from + to) / 2, y: out + LINE, anchor: "middle" } : { x: out, y: from + BEND + LINE, anchor: "end" }) };
}

/**
 * @param {Picture["ground"]} ground
 * @param {ReturnType<typeof closingOf>} closing
 */
function draw(ground, closing) {
  /** @typedef {NonNullable<ReturnType<typeof closingOf>>} Closing */
  /** @type {import("d3-selection").Selection<SVGGElement, Closing, SVGGElement, unknown>} */
  const known = ground.selectAll("g.closing");
  const joined = known.data(closing ? [closing] : []);
  joined.exit().remove();
  const entered = joined.enter().append("g").attr("class", "closing").attr("role", "graphics-symbol");
  entered.append("path").attr("marker-end", "url(#arrow)");
  entered.append("text").attr("aria-hidden", "true");
  entered.merge(joined).each(function ({ title, d, x, y, anchor }) {
    const [path, text] = Array.from(this.children);
    mark(this, "aria-label", title);
    mark(path, "d", d);
    for (const [name, value] of Object.entries({ x: String(x), y: String(y), "text-anchor": anchor })) mark(text, name, value);
    write(text, say("own.circle"));
  });
}
