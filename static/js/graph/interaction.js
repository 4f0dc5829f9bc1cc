/** What pointer and keyboard do in the picture. */

/** @import { Selection } from "d3-selection" */
/** @import { Box, Editor, Scene, Store } from "../types.d.ts" */
/** @import { Picture } from "./types.d.ts" */

import { select } from "../../vendor/d3.js";
import { directed, expanded, pointed, selected } from "../store.js";
import { rangeOfSpan } from "../text.js";
import { wishing } from "./openness.js";
import { directionOf } from "./picture.js";
import { step } from "./walk.js";

const CLOSER = 1.4;

/**
 * @param {Picture} picture
 * @param {Store} store
 * @param {Editor} editor
 */
export function listen(picture, store, editor) {
  const acts = actsOn(picture, store);
  /** @param {Box} box */
  const enter = ({ node }) => {
    if (node.kind === "scope") unfold(store, node.key, true);
    else jump(store, editor, node.span);
  };
  point(picture, store, enter);
  picture.svg.on("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const from = boxAt(event.target);
    const shown = picture.scene();
    const to = shown && from && step(shown, from, event.key);
    const act = (from && shown && actAt(event.key, from, shown, store, enter)) ?? acts[event.key];
    if (to) focus(picture.svg, to);
    else act?.();
    if (to || act || event.key.startsWith("Arrow")) event.preventDefault();
  });
  picture.element.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest("button[data-key]") : null;
    acts[button?.getAttribute("data-key") ?? ""]?.();
  });
}

/**
 * What keys and buttons do anywhere in the picture.
 * @param {Picture} picture
 * @param {Store} store
 * @returns {Record<string, (() => void) | undefined>}
 */
function actsOn({ camera }, store) {
  return {
    "+": () => camera.by(CLOSER),
    "=": () => camera.by(CLOSER),
    "-": () => camera.by(1 / CLOSER),
    0: () => camera.fit(),
    1: () => camera.to(1),
    t: () => turn(store),
    Escape: () => store.apply(selected, null),
  };
}

/**
 * @param {Picture} picture
 * @param {Store} store
 * @param {(box: Box) => void} enter
 */
function point({ svg }, store, enter) {
  svg.on("pointerover", ({ target }) => store.apply(pointed, boxAt(target)?.node.id ?? null));
  svg.on("pointerleave", () => store.apply(pointed, null));
  svg.on("click", ({ target }) => {
    const box = boxAt(target);
    focus(svg, box);
    if (box?.node.kind === "scope") enter(box);
  });
  svg.on("dblclick", (event) => boxAt(event.target) && event.stopPropagation());
  svg.on("focusin", ({ target }) => {
    const box = boxAt(target);
    if (box) store.apply(selected, box.node.id);
  });
}

/**
 * What a key does at a node: Enter goes in, Backspace closes the scope around it.
 * @param {string} key
 * @param {Box} box
 * @param {Scene} scene
 * @param {Store} store
 * @param {(box: Box) => void} enter
 */
function actAt(key, box, { plan }, store, enter) {
  if (key === "Enter") return () => enter(box);
  const around = box.node.kind === "scope" ? box.node.scope : plan.scopes.get(box.node.id);
  return key === "Backspace" && around ? () => unfold(store, around, false) : undefined;
}

/**
 * Opens or closes a scope.
 * @param {Store} store
 * @param {string | null} scope
 * @param {boolean} open
 */
export function unfold(store, scope, open) {
  if (scope !== null) store.apply(expanded, wishing(store.state.expand, scope, open));
}

/**
 * The picture runs the other way.
 * @param {Store} store
 */
function turn(store) {
  store.apply(directed, directionOf(store.state) === "right" ? "down" : "right");
}

/**
 * Selects the text of a node, while it is the text in the editor.
 * @param {Store} store
 * @param {Editor} editor
 * @param {[number, number] | null} span
 */
function jump({ state }, editor, span) {
  if (span === null || state.source !== state.drawn) return;
  const { start, end } = rangeOfSpan(state.source, span);
  editor.jump(start, end);
}

/**
 * Moves the focus to a box, which chooses it.
 * @param {Selection<SVGSVGElement, unknown, null, undefined>} svg
 * @param {Box | undefined} box
 */
export function focus(svg, box) {
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
