/** Every neuron's own answer over the plane, in a box, layer by layer. */

/** @import { Field, NeuronField } from "./types.d.ts" */
/** @import { Grid } from "./field.js" */

import { element } from "../../element.js";
import { say } from "../../say.js";
import { gridOf, paint, silent } from "./field.js";
import { createPalette } from "./palette.js";

const LAYER = /^(.*?)\.?neurons\[(\d+)\]$/;

/** @typedef {{ button: HTMLButtonElement, context: CanvasRenderingContext2D, image: ImageData, pixels: Uint32Array }} Box */

export class Neurons {
  #palette = createPalette();
  #rows = element("div", { class: "layers", tabindex: "0", role: "group", "aria-label": say("train.neurons") });
  element = element("figure", { class: "neurons" }, element("figcaption", {}, say("train.neurons")), this.#rows);
  /** @type {Box[]} */
  #boxes = [];
  #names = "";
  /** @type {string | null} */
  #chosen = null;

  /** @param {() => void} chosen told when another one is to be seen large */
  constructor(chosen) {
    this.chosen = chosen;
  }

  /**
   * Draws all of them; answers with the one that is chosen, and the names of those that are 0 everywhere.
   * @param {Field | null} field
   * @returns {{ chosen: Grid | null, silent: string[] }}
   */
  draw(field) {
    const neurons = field?.neurons ?? [];
    this.element.hidden = neurons.length === 0;
    const names = neurons.map(({ name, size }) => `${name} ${size}`).join();
    if (names !== this.#names) this.#build(neurons);
    this.#names = names;
    const grids = neurons.map(gridOf);
    grids.forEach((grid, i) => {
      const { context, image, pixels } = this.#boxes[i];
      paint(grid, this.#palette.colors(), pixels);
      context.putImageData(image, 0, 0);
    });
    const quiet = neurons.filter((_, i) => silent(grids[i])).map(({ name }) => name);
    return { chosen: grids[neurons.findIndex(({ name }) => name === this.#chosen)] ?? null, silent: quiet };
  }

  /** @param {readonly NeuronField[]} neurons */
  #build(neurons) {
    this.#boxes = neurons.map(({ name, size }) => this.#box(name, size));
    const buttons = this.#boxes.map(({ button }) => button);
    const layers = new Set(buttons.map(layerOf));
    const rows = Array.from(layers.keys(), (layer) => {
      const row = element("div", {}, ...buttons.filter((button) => layerOf(button) === layer));
      return element("div", { class: "layer" }, element("span", {}, layer || say("train.layer")), row);
    });
    this.#rows.replaceChildren(...rows);
    this.#chosen = null;
  }

  /**
   * @param {string} name
   * @param {number} size
   * @returns {Box}
   */
  #box(name, size) {
    const canvas = element("canvas", { width: String(size), height: String(size) });
    const button = element("button", { type: "button", class: "neuron", title: name, "aria-label": say("train.neuron", { name }), "aria-pressed": "false" }, canvas);
    button.addEventListener("click", () => {
      this.#chosen = this.#chosen === name ? null : name;
      for (const one of this.#boxes) one.button.setAttribute("aria-pressed", String(one.button.title === this.#chosen));
      this.chosen();
    });
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    const image = context.createImageData(size, size);
    return { button, context, image, pixels: new Uint32Array(image.data.buffer) };
  }
}

/** @param {HTMLButtonElement} button */
const layerOf = ({ title }) => LAYER.exec(title)?.[1] ?? "";
