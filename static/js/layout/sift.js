/**
 * Sifting: try every vertex at every place near its own and leave it where there are fewest crossings. It passes over
 * the neighbours that make transposing stop.
 * Matuszewski, Schönfeld, Molitor, "Using sifting for k-layer straightline crossing minimization" (1999).
 */

/** @import {Layered} from "./trunks.js" */
/** @import {Neighbours, Order} from "./order.js" */

import { saving } from "./crossings.js";
import { lookAround } from "./order.js";

const ROUNDS = 30;
const REACH = 20;

/**
 * Go over the layers, to and fro, until nothing improves.
 *
 * @param {Layered} layered
 * @param {Order} order changed
 * @param {Neighbours} seen scratch
 * @param {(vertex: number) => boolean} [isFree] whether a vertex may move; the others keep their order
 */
export function sift(layered, order, seen, isFree = () => true) {
  const layers = layered.layers.start.length - 1;
  const stale = new Uint8Array(layers + 2).fill(1); // of layer k at k + 1, so that the outermost layers have neighbours
  for (let round = 0; round < ROUNDS && stale.includes(1); round++) {
    for (let step = 0; step < layers; step++) {
      const layer = round % 2 === 0 ? step : layers - 1 - step;
      if (stale[layer + 1] === 0) continue;
      const improved = siftLayer(layered, order, seen, layer, isFree);
      stale[layer + 1] = 0;
      if (improved) stale.fill(1, layer, layer + 3);
    }
    stale[0] = stale[layers + 1] = 0;
  }
}

/**
 * @param {Layered} layered
 * @param {Order} order changed
 * @param {Neighbours} seen scratch
 * @param {number} layer
 * @param {(vertex: number) => boolean} isFree
 * @returns {boolean} whether crossings were saved
 */
function siftLayer(layered, order, seen, layer, isFree) {
  const { start } = layered.layers;
  const row = order.sequence.subarray(start[layer], start[layer + 1]);
  lookAround(layered, order, layer, seen);
  let improved = false;
  for (const vertex of row.slice()) {
    if (!isFree(vertex)) continue;
    const from = order.place[vertex];
    const to = bestPlace(layered, seen, row, from);
    if (to === from) continue;
    move(row, order.place, from, to);
    improved = true;
  }
  return improved;
}

/**
 * The place within reach with fewest crossings, the vertex's own where none has fewer.
 *
 * @param {Layered} layered
 * @param {Neighbours} seen
 * @param {Int32Array} row vertices of the layer in order
 * @param {number} from the vertex's place
 */
function bestPlace(layered, seen, row, from) {
  const vertex = row[from];
  let best = from;
  let most = 0;
  for (let place = from - 1, saved = 0; place >= Math.max(0, from - REACH); place--) {
    saved += saving(layered, seen, row[place], vertex);
    if (saved <= most) continue;
    best = place;
    most = saved;
  }
  for (let place = from + 1, saved = 0; place <= Math.min(row.length - 1, from + REACH); place++) {
    saved += saving(layered, seen, vertex, row[place]);
    if (saved <= most) continue;
    best = place;
    most = saved;
  }
  return best;
}

/**
 * @param {Int32Array} row changed
 * @param {Int32Array} place changed
 * @param {number} from
 * @param {number} to
 */
function move(row, place, from, to) {
  const vertex = row[from];
  const step = Math.sign(to - from);
  for (let k = from; k !== to; k += step) {
    row[k] = row[k + step];
    place[row[k]] = k;
  }
  row[to] = vertex;
  place[vertex] = to;
}
