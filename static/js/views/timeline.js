/** The timeline: all forward and backward steps, to play, to take one at a time, and to scrub through. */

/** @import { State, Store } from "../types.d.ts" */
/** @import { Parts } from "./timeline/controls.js" */

import { say } from "../say.js";
import { watch } from "../watch.js";
import { build, mark } from "./timeline/controls.js";
import { listenToKeys } from "./timeline/keys.js";
import { phaseName } from "./timeline/phase.js";
import { createWalker, placeOf } from "./timeline/walker.js";

/**
 * @param {HTMLElement} element
 * @param {Store} store
 */
export function mountTimeline(element, store) {
  const parts = build(element);
  const walker = createWalker(store, (playing) => {
    if (playing) mark(parts.play, "pause", say("timeline.pause"), say("timeline.space"));
    else mark(parts.play, "play", say("timeline.play"), say("timeline.space"));
  });
  parts.first.addEventListener("click", () => walker.to(0));
  parts.back.addEventListener("click", () => walker.by(-1));
  parts.play.addEventListener("click", walker.toggle);
  parts.forward.addEventListener("click", () => walker.by(1));
  parts.last.addEventListener("click", () => walker.to(placeOf(store.state).steps));
  parts.all.addEventListener("click", () => {
    parts.play.focus();
    walker.to(null);
  });
  parts.speed.addEventListener("change", () => walker.hurry(Number(parts.speed.value)));
  oncePerFrame(parts.slider, walker.to);
  element.addEventListener("keydown", ({ key }) => {
    if (key === "Escape" && store.state.step !== null) parts.all.click();
  });
  listenToKeys(element, walker);
  document.addEventListener("visibilitychange", () => document.hidden && walker.pause());
  watch(store, ["document", "step"], (state) => show(element, parts, state));
  return walker;
}

/**
 * @param {HTMLElement} element
 * @param {Parts} parts
 * @param {State} state
 */
function show(element, { slider, count, all, first, back, forward, last }, state) {
  const { document, step } = state;
  const { steps, place } = placeOf(state);
  element.hidden = steps === 0;
  if (document === null || steps === 0) return;
  slider.max = String(steps);
  slider.value = String(place);
  slider.style.setProperty("--seed", String((document.graph.order.length + 1) / steps));
  slider.style.setProperty("--done", String(place / steps));
  slider.style.setProperty("--wrong", String((document.engine?.first ?? -steps) / steps));
  const text = step === null ? say("timeline.done", { steps }) : say("timeline.at", { step: place, steps });
  count.textContent = text;
  slider.setAttribute("aria-valuetext", [text, phaseName(state)].filter(Boolean).join(", "));
  all.hidden = step === null;
  quiet(step !== null && place === 0, first, back);
  quiet(step !== null && place === steps, forward, last);
}

/**
 * Says that buttons do nothing now, and leaves the focus where it is.
 * @param {boolean} nothing
 * @param {HTMLButtonElement[]} buttons
 */
function quiet(nothing, ...buttons) {
  for (const button of buttons) button.setAttribute("aria-disabled", String(nothing));
}

/**
 * Follows a slider, at most once in a frame.
 * @param {HTMLInputElement} slider
 * @param {(value: number) => void} follow
 */
function oncePerFrame(slider, follow) {
  let planned = false;
  let value = 0;
  slider.addEventListener("input", () => {
    value = Number(slider.value);
    if (planned) return;
    planned = true;
    requestAnimationFrame(() => {
      planned = false;
      follow(value);
    });
  });
}
