/** The panel about a learner's own engine: whether it is right, what is wrong with it and where, and the right steps beside its own. */

/** @import { Editor, State, Store } from "../types.d.ts" */

import { element, write } from "../element.js";
import { effortOf, mark, verdictOf } from "../own/verdict.js";
import { say } from "../say.js";
import { selected, stepped } from "../store.js";
import { rangeOfLine } from "../text.js";
import { watch } from "../watch.js";
import { listOf } from "./engine/causes.js";
import { Comparison } from "./engine/comparison.js";
import { mountTurns } from "./engine/turns.js";

/**
 * @param {HTMLElement} panel
 * @param {Store} store
 * @param {Editor} editor
 */
export function mount(panel, store, { jump }) {
  const verdict = element("p", { class: "verdict" });
  const causes = element("div", { class: "causes" });
  const facts = element("ul", { class: "facts" });
  const comparison = new Comparison();
  const turns = mountTurns(store);
  panel.replaceChildren(verdict, turns.element, causes, comparison.element, facts);

  panel.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest("button") : null;
    if (!button) return;
    const { step, line, node } = button.dataset;
    if (step !== undefined) store.apply(stepped, Number(step));
    if (node !== undefined) store.apply(selected, Number(node));
    if (line !== undefined) {
      const { start, end } = rangeOfLine(store.state.source, Number(line));
      jump(start, end);
    }
  });

  const when = (/** @type {State} */ { panel: shown }) => shown === "engine";
  watch(store, ["document", "drawn", "panel"], (state) => {
    const engine = state.document?.engine ?? null;
    write(verdict, engine === null ? say("own.lookedFor") : verdictOf(engine));
    mark(verdict, engine);
    causes.replaceChildren(...(engine ? listOf(engine, state) : []));
    facts.replaceChildren(...(engine?.attributes ? factsOf(state).map((fact) => element("li", {}, fact)) : []));
    comparison.fill(state);
    turns.update(state);
  }, { when });
  watch(store, ["document", "step", "panel"], ({ step }) => comparison.follow(step), { when });
  watch(store, ["refused"], ({ refused }) => panel.classList.toggle("stale", refused), { when });
}

/**
 * How it was recognised, and what its way back takes.
 * @param {State} state
 */
function factsOf({ document }) {
  const engine = document?.engine;
  if (!engine?.attributes) return [];
  const { number, gradient, links } = engine.attributes;
  const known = gradient === null ? say("own.noGradient", { number }) : say("own.attributes", { number, gradient, links: links.join(", ") || "–" });
  return [...effortOf(engine), known];
}
