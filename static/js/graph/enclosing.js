/** Where a frame can go around what is in an open scope: where no other node lies in the way. */

/** @import { Box, Scene } from "../types.d.ts" */

import { extentOf } from "./boxes.js";
import { depthsOf } from "./openness.js";

/** Pixels of the picture: around what is inside, and for the name above it. */
const PADDING = 9;
const HEAD = 18;

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
