/** The plane: what the net answers everywhere, where its boundary runs, and the points. */

/** @import { Data } from "./step.js" */
/** @import { Field } from "./types.d.ts" */
/** @import { Grid } from "./field.js" */

import { element } from "../../element.js";
import { say } from "../../say.js";
import { boundaryOf, gridOf, paint, spread } from "./field.js";
import { createPalette } from "./palette.js";

const POINT = 4;
/** Around points where no field says how far the plane is drawn, as a share of their width. */
const MARGIN = 0.15;

/** @typedef {{ x: [number, number], y: [number, number] }} Plane */

/** How far points reach, with a margin. @param {readonly (number | number[])[]} points @returns {Plane} */
export function planeOf(points) {
  const ends = [0, 1].map((axis) => {
    const numbers = points.map((point) => (typeof point === "number" ? point : point[axis]));
    const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
    const margin = MARGIN * (high - low) || 1;
    return /** @type {[number, number]} */ (numbers.length > 0 ? [low - margin, high + margin] : [-2, 2]);
  });
  return { x: ends[0], y: ends[1] };
}

export class Boundary {
  #ground = element("canvas", { class: "ground" });
  #marks = element("canvas", { class: "marks" });
  #palette = createPalette();
  #size = 0;
  /** @type {Plane} */
  plane = { x: [-2, 2], y: [-2, 2] };
  element = element("div", { class: "plane", role: "group", tabindex: "0", "aria-label": say("train.plane") }, this.#ground, this.#marks);

  constructor() {
    new ResizeObserver(() => this.#measure()).observe(this.element);
  }

  #measure() {
    this.#size = this.element.clientWidth;
    const wanted = Math.round(this.#size * devicePixelRatio);
    if (this.#marks.width !== wanted) this.#marks.width = this.#marks.height = wanted;
  }

  /** Fills the ground, where there is something to fill it with. @param {Grid | null} grid */
  #fill(grid) {
    const ground = this.#ground;
    ground.hidden = grid === null;
    if (grid === null) return;
    if (ground.width !== grid.size) ground.width = ground.height = grid.size;
    const context = contextOf(ground);
    const image = context.createImageData(grid.size, grid.size);
    paint(grid, this.#palette.colors(), new Uint32Array(image.data.buffer));
    context.putImageData(image, 0, 0);
  }

  /**
   * @param {Field | null} field
   * @param {Grid | null} chosen a neuron's picture, in place of the net's
   * @param {Data | null} data
   * @param {number} sample
   * @param {[number, number] | null} cursor
   */
  draw(field, chosen, data, sample, cursor) {
    this.plane = field ?? planeOf(data?.points ?? []);
    const kinds = field?.outputs ?? 1;
    const classes = chosen ? 1 : kinds;
    const grid = chosen ?? (field && gridOf(field));
    this.#fill(grid && classes > 1 ? spread(grid, classes) : grid);
    if (this.#size === 0) this.#measure();
    const [size, palette, context] = [this.#size, this.#palette, contextOf(this.#marks)];
    context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    context.clearRect(0, 0, size, size);
    if (grid) lines(context, grid, size, classes > 1 ? Array.from({ length: classes - 1 }, (_, i) => i + 0.5) : [middleOf(data)], palette.ink());
    data?.points.forEach((point, i) => {
      if (typeof point !== "number") dot(context, palette, ...this.#at(point), kindOf(data.labels[i], kinds), kinds, i === sample);
    });
    if (cursor) cross(context, ...this.#at(cursor), palette.ink());
  }

  /** Where a point is drawn. @param {readonly number[]} point @returns {[number, number]} */
  #at([x, y]) {
    const { x: across, y: up } = this.plane;
    return [((x - across[0]) / (across[1] - across[0])) * this.#size, this.#size * (1 - (y - up[0]) / (up[1] - up[0]))];
  }

  /** The place under a pointer. @param {MouseEvent} event @returns {[number, number]} */
  placeOf(event) {
    const { left, top, width, height } = this.element.getBoundingClientRect();
    const [x, y] = [(event.clientX - left) / width, 1 - (event.clientY - top) / height];
    const { x: across, y: up } = this.plane;
    return [across[0] + x * (across[1] - across[0]), up[0] + y * (up[1] - up[0])];
  }
}

/** @param {HTMLCanvasElement} canvas */
const contextOf = (canvas) => /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));

/** Between the targets: 0 for -1 and 1, a half for 0 and 1. @param {Data | null} data */
const middleOf = (data) => (data && data.labels.every((label) => label === 0 || label === 1) ? 0.5 : 0);

/** The class of a target, from 0: where the net has one answer, by its sign. @type {(label: number, kinds: number) => number} */
const kindOf = (label, kinds) => (kinds > 1 ? label : Number(label > 0));

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Grid} grid
 * @param {number} size
 * @param {number[]} levels
 * @param {string} ink
 */
function lines(context, grid, size, levels, ink) {
  const scale = size / (grid.size - 1);
  context.strokeStyle = ink;
  context.lineWidth = 1.25;
  context.beginPath();
  for (const level of levels) {
    const pieces = boundaryOf(grid, level);
    for (let i = 0; i < pieces.length; i += 4) {
      context.moveTo(pieces[i] * scale, size - pieces[i + 1] * scale);
      context.lineTo(pieces[i + 2] * scale, size - pieces[i + 3] * scale);
    }
  }
  context.stroke();
}

/**
 * A point: round for the first class, square for the second, a triangle for others.
 * @param {CanvasRenderingContext2D} context
 * @param {ReturnType<typeof createPalette>} palette
 * @param {number} x
 * @param {number} y
 * @param {number} kind
 * @param {number} kinds
 * @param {boolean} chosen
 */
function dot(context, palette, x, y, kind, kinds, chosen) {
  const r = chosen ? POINT + 2 : POINT;
  context.beginPath();
  if (kind === 0) context.arc(x, y, r, 0, 2 * Math.PI);
  else if (kind === 1) context.rect(x - r * 0.85, y - r * 0.85, r * 1.7, r * 1.7);
  else for (const turn of [0, 1 / 3, 2 / 3]) context.lineTo(x + 1.2 * r * Math.sin(2 * Math.PI * turn), y - 1.2 * r * Math.cos(2 * Math.PI * turn));
  context.closePath();
  context.fillStyle = palette.dot(kind, kinds);
  const pale = kinds > 2 && Math.abs(kind / (kinds - 1) - 0.5) < 0.2;
  context.strokeStyle = chosen || pale ? palette.ink() : palette.paper();
  context.lineWidth = chosen ? 2.5 : 1.25;
  context.fill();
  context.stroke();
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} x
 * @param {number} y
 * @param {string} ink
 */
function cross(context, x, y, ink) {
  context.strokeStyle = ink;
  context.lineWidth = 1.5;
  context.beginPath();
  context.moveTo(x - 8, y);
  context.lineTo(x + 8, y);
  context.moveTo(x, y - 8);
  context.lineTo(x, y + 8);
  context.stroke();
}
