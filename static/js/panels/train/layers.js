/** The hidden layers: more of them, fewer, and how many neurons each has. */

import { element, write } from "../../element.js";
import { say } from "../../say.js";
import { button } from "../controls.js";

const MOST_LAYERS = 6;
const MOST_NEURONS = 32;
const NEW = 4;

/** @param {(hidden: number[]) => void} choose */
export function createLayers(choose) {
  /** @type {number[]} */
  let sizes = [];
  const list = element("span", { class: "sizes" });
  const more = button("+", say("train.moreLayers"), () => choose([...sizes, NEW]));
  const fewer = button("−", say("train.fewerLayers"), () => choose(sizes.slice(0, -1)));
  const made = element("div", { class: "net", role: "group", "aria-label": say("train.layers") }, element("span", { class: "title" }, say("train.layers")), list, fewer, more);

  /** @param {number} at @param {number} by */
  const grow = (at, by) => choose(sizes.map((size, i) => (i === at ? Math.max(1, Math.min(MOST_NEURONS, size + by)) : size)));
  /** @param {number} at */
  const layer = (at) => {
    const name = element("output");
    const [less, plus] = [button("−", say("train.fewerNeurons", { layer: at + 1 }), () => grow(at, -1)), button("+", say("train.moreNeurons", { layer: at + 1 }), () => grow(at, 1))];
    return element("span", { class: "size" }, less, name, plus);
  };

  /** @param {readonly number[]} hidden */
  const update = (hidden) => {
    sizes = [...hidden];
    while (list.childElementCount > sizes.length) list.lastElementChild?.remove();
    while (list.childElementCount < sizes.length) list.append(layer(list.childElementCount));
    sizes.forEach((size, i) => write(/** @type {Element} */ (list.children[i].querySelector("output")), String(size)));
    more.disabled = sizes.length >= MOST_LAYERS;
    fewer.disabled = sizes.length === 0;
  };
  return { element: made, update };
}
