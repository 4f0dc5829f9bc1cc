/** The chooser of examples. */

/** @import { Store } from "../types.d.ts" */

import { exampleOf } from "../url.js";
import { watch } from "../watch.js";

/**
 * @param {HTMLElement} element
 * @param {Store} store
 * @param {(source: string) => void} load
 */
export function mountExamples(element, store, load) {
  const chooser = /** @type {HTMLSelectElement} */ (element.querySelector("select"));
  const sentence = /** @type {HTMLElement} */ (element.querySelector("[data-part=sentence]"));
  const choose = () => {
    const example = store.state.examples.find(({ name }) => name === chooser.value);
    if (example) load(example.source);
  };
  chooser.addEventListener("change", choose);
  const served = Array.from(chooser.options).find(({ defaultSelected }) => defaultSelected);
  if (chooser.value !== (served?.value ?? "")) choose(); // by somebody who was quicker than we
  watch(store, ["source", "examples"], ({ source, examples }) => {
    const example = exampleOf(source, examples);
    chooser.value = example?.name ?? "";
    sentence.textContent = example?.sentence ?? "";
  });
}
