/** Open scopes as quiet frames around what is in them, where no other node lies in the way. */

/** @import { Box, Scene, Store } from "../types.d.ts" */
/** @import { Picture } from "./picture.js" */

import { say } from "../say.js";
import { shorten } from "../format.js";
import { extentOf } from "./camera.js";
import { unfold } from "./interaction.js";
import { depthsOf } from "./openness.js";

const PADDING = 9;
const HEAD = 18;
const LONGEST = 24;
const CROSS = 12;

/** @typedef {{ id: string, name: string, x: number, y: number, width: number, height: number }} Frame */

/**
 * The frames of the scopes that are open, the outer ones first.
 * @param {Scene} scene
 * @returns {Frame[]}
 */
export function framesOf({ document, plan, boxes }) {
  const scopes = depthsOf(document);
  /** @type {Map<string, Box[]>} */
  const members = new Map();
  for (const box of boxes) {
    let id = box.node.kind === "scope" ? box.node.scope : (plan.scopes.get(box.node.id) ?? null);
    for (; id !== null; id = scopes.get(id)?.parent ?? null) members.set(id, [...(members.get(id) ?? []), box]);
  }
  const deepest = Math.max(0, ...Array.from(members.keys(), (id) => scopes.get(id)?.depth ?? 0));
  return Array.from(members).flatMap(([id, inside]) => {
    const scope = scopes.get(id);
    if (!scope || inside.length < 2) return [];
    const room = PADDING + (deepest - scope.depth) * (PADDING / 2);
    const { left, right, top, bottom } = extentOf(inside);
    const frame = { id, name: scope.name, x: left - room, y: top - room - HEAD, width: right - left + 2 * room, height: bottom - top + 2 * room + HEAD };
    const own = new Set(inside);
    return boxes.some((box) => !own.has(box) && touches(box, frame)) ? [] : [{ frame, depth: scope.depth }];
  }).sort((one, other) => one.depth - other.depth).map(({ frame }) => frame);
}

/**
 * @param {Box} box
 * @param {Frame} frame
 */
function touches(box, { x, y, width, height }) {
  return box.x + box.width / 2 > x && box.x - box.width / 2 < x + width && box.y + box.height / 2 > y && box.y - box.height / 2 < y + height;
}

/**
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
    close.append("rect").attr("class", "target").attr("height", 24).attr("y", -3);
    close.append("text").attr("x", 8).attr("y", 13);
    const all = entered.merge(joined).order();
    all.attr("transform", ({ x, y }) => `translate(${x},${y})`);
    all.select(".pane").attr("width", ({ width }) => width).attr("height", ({ height }) => height);
    all.select(".close").attr("aria-label", ({ name }) => say("scope.close", { name })).on("click", (event, { id }) => {
      event.stopPropagation();
      unfold(store, id, false);
    });
    all.select(".target").attr("width", ({ name, width }) => Math.min(width, (shorten(name, LONGEST).length + 2) * 8 + CROSS));
    all.select("text").text(({ name }) => `▾ ${shorten(name, LONGEST)}`);
  });
}
