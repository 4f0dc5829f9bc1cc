/** What the picture shows, in a sentence; why it shows nothing; and whether the service answers. */

/** @import { GraphDocument, State, Store } from "../types.d.ts" */

import { number } from "../format.js";

/**
 * @param {HTMLElement} element
 * @param {Store} store
 */
export function mountCaption(element, store) {
  const parts = ["summary", "empty", "status"].map((name) => /** @type {HTMLElement} */ (element.querySelector(`[data-part=${name}]`)));
  store.subscribe((state) => {
    const texts = [summary(state.document), emptiness(state.document), status(state)];
    parts.forEach((part, i) => {
      const text = texts[i] ?? "";
      if (part.textContent !== text) part.textContent = text;
      part.hidden = text === "";
    });
  });
}

/**
 * @param {GraphDocument | null} document
 */
export function summary(document) {
  const output = document?.nodes.find(({ id }) => id === document.graph.output);
  if (!document || !output) return "";
  const size = `${count(document.nodes.length, "node")}, ${count(document.edges.length, "edge")}`;
  const result = `${output.label ?? "the output"} is ${number(output.data)}`;
  const rest = document.graph.truncated ? ". The whole graph is larger: this is the part nearest the output" : "";
  return `${size}; ${result}${rest}.`;
}

/**
 * @param {GraphDocument | null} document
 */
export function emptiness(document) {
  if (document === null) return "No picture yet: the program has to run once.";
  return document.nodes.length === 0 ? "Nothing to differentiate: the program has no Value. Write x = 3.0 and use x." : "";
}

/**
 * @param {State} state
 */
export function status({ service, waiting, refused, document }) {
  if (service === "unreachable") return "The server cannot be reached. Your program is kept; trying again.";
  if (service === "busy") return "The server is busy; trying again shortly.";
  if (waiting === "long") return "Still computing …";
  return refused && document ? "This is the last picture that worked." : "";
}

/**
 * @param {number} size
 * @param {string} noun
 */
function count(size, noun) {
  return `${size.toLocaleString("en")} ${noun}${size === 1 ? "" : "s"}`;
}
