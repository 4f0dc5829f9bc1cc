/** How far the picture has come at a step: what of it is made, has its gradient, waits, or is at work. */

/** @import { GraphDocument, Scene } from "../types.d.ts" */

import { doing, walkOf } from "../stepped.js";

/** @typedef {"future" | "now" | "pending" | "ungraded" | "unflown"} Mark */

/**
 * The marks of boxes and wires, by name; those of neither have none.
 * @param {Scene} scene
 * @param {GraphDocument} document
 * @param {number | null} step
 * @returns {Map<string, Set<Mark>>}
 */
export function marksAt(scene, document, step) {
  /** @type {Map<string, Set<Mark>>} */
  const marks = new Map();
  if (step === null || document.graph.output === null) return marks;
  const walk = walkOf(document);
  const now = doing(document, step)?.node;
  const home = now === undefined ? null : scene.plan.homes.get(now);
  const times = timesOf(scene, document);
  for (const { name, node } of scene.boxes) {
    const { made, complete, pending } = times.get(node.id) ?? { made: 0, complete: 0, pending: [] };
    const waits = pending.some((id) => (walk.complete.get(id) ?? Infinity) <= step && step < (walk.given.get(id) ?? 0));
    marks.set(name, chosen({ future: step < made, now: node.id === home, pending: waits, ungraded: step < complete }));
  }
  for (const { name, at } of scene.wires) {
    const targets = scene.plan.edges[at].parts.map((part) => document.edges[part].target);
    const made = Math.min(...targets.map((id) => walk.made.get(id) ?? 0));
    const given = Math.min(...targets.map((id) => walk.given.get(id) ?? 0));
    marks.set(name, chosen({ future: step < made, now: now !== undefined && targets.includes(now), unflown: step < given }));
  }
  return marks;
}

/**
 * By drawn id: after how many steps there is a value in it, and its gradient; and what in it hands one on.
 * @param {Scene} scene
 * @param {GraphDocument} document
 */
function timesOf({ plan }, document) {
  const walk = walkOf(document);
  /** @type {Map<number, { made: number, complete: number, pending: number[] }>} */
  const times = new Map();
  for (const { id, kind } of document.nodes) {
    const home = plan.homes.get(id) ?? id;
    const time = times.get(home) ?? { made: Infinity, complete: 0, pending: [] };
    if (kind !== "parameter" || home === id) time.made = Math.min(time.made, walk.made.get(id) ?? 0);
    time.complete = Math.max(time.complete, walk.complete.get(id) ?? 0);
    if (walk.given.has(id)) time.pending.push(id);
    times.set(home, time);
  }
  return times;
}

/**
 * @param {Partial<Record<Mark, boolean>>} marks
 * @returns {Set<Mark>}
 */
const chosen = (marks) => new Set(/** @type {Mark[]} */ (Object.entries(marks).filter(([, is]) => is).map(([mark]) => mark)));
