/** What the picture shows, in a sentence; why it shows nothing; and whether the service answers. */

/** @import { GraphDocument, State, Store } from "../types.d.ts" */

import { largest } from "../color.js";
import { number } from "../format.js";
import { say, sayCount } from "../say.js";
import { atEase, watch } from "../watch.js";

/** Digits of the largest flow. */
const FEW = 4;

/**
 * @param {HTMLElement} element
 * @param {Store} store
 */
export function mountCaption(element, store) {
  const parts = ["summary", "empty", "status"].map((name) => /** @type {HTMLElement} */ (element.querySelector(`[data-part=${name}]`)));
  const scale = document.createElement("li");
  scale.className = "plain scale";
  // None of what these explain is there while gradients are to be predicted.
  const told = /** @type {NodeListOf<HTMLElement>} */ (element.querySelectorAll(".legend .flow"));
  const slope = /** @type {HTMLElement | null} */ (element.querySelector(".legend .plain"));
  element.querySelector(".legend")?.append(scale);
  const draw = (/** @type {State} */ state) => {
    const flows = state.shown?.edges.map(({ flow }) => flow) ?? [];
    const width = say("legend.scale", { most: number(largest(flows), FEW) });
    if (scale.textContent !== width) scale.textContent = width;
    for (const entry of [scale, ...told]) entry.hidden = flows.every((flow) => flow === null);
    if (slope) slope.hidden = state.shown?.edges.every(({ local }) => local === null) ?? true;
    const texts = [summary(state.shown), emptiness(state.document), status(state)];
    parts.forEach((part, i) => {
      const text = texts[i] ?? "";
      if (part.textContent !== text) part.textContent = text;
      part.hidden = text === "";
    });
  };
  watch(store, ["shown", "document", "service", "waiting", "refused", "ignored"], draw, { soon: atEase(), when: ({ waiting }) => waiting !== "briefly" });
}

/**
 * @param {GraphDocument | null} document
 */
export function summary(document) {
  const output = document?.nodes.find(({ id }) => id === document.graph.output);
  if (!document || !output) return "";
  const size = `${sayCount("caption.nodes", document.nodes.length)}, ${sayCount("caption.edges", document.edges.length)}`;
  const inside = /** @type {string} */ (output.kind) === "scope"; // the output is in a box: the pass that started at it knows
  const name = (inside ? null : output.label) ?? say("caption.theOutput");
  const data = number(inside ? (document.passes.at(-1)?.data ?? null) : output.data);
  const result = data === "" ? "" : `; ${say("caption.result", { name, data })}`;
  const rest = document.graph.truncated ? `. ${say("caption.truncated")}` : "";
  return `${size}${result}${rest}.`;
}

/**
 * @param {GraphDocument | null} document
 */
export function emptiness(document) {
  if (document === null) return say("empty.notYet");
  return document.nodes.length === 0 ? say("empty.noValue") : "";
}

/**
 * @param {State} state
 */
export function status({ service, waiting, refused, document, ignored }) {
  if (service === "unreachable") return say("status.unreachable");
  if (service === "busy") return say("status.busy");
  if (waiting === "long") return say("status.long");
  if (refused && document) return say("status.stale");
  return ignored.length > 0 ? say("url.ignored", { names: ignored.join(", ") }) : "";
}
