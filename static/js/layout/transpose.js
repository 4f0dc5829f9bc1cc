/**
 * The transpose heuristic: swap neighbours in a layer while that saves crossings.
 * Gansner, Koutsofios, North, Vo, "A technique for drawing directed graphs" (1993), section 3.
 */

/** @import {Layered} from "./trunks.js" */
/** @import {Neighbours, Order} from "./order.js" */

import { saving } from "./crossings.js";
import { lookAround } from "./order.js";

/**
 * Go over the layers until nothing improves, at most `rounds` times.
 *
 * @param {Layered} layered
 * @param {Order} order changed
 * @param {Neighbours} seen scratch
 * @param {number} rounds
 * @param {boolean} ties swap also where it costs nothing, which leads out of dead ends
 */
export function transpose(layered, order, seen, rounds, ties) {
  const layers = layered.layers.start.length - 1;
  const stale = new Uint8Array(layers + 2).fill(1); // of layer k at k + 1, so that the outermost layers have neighbours
  let improved = true;
  for (let round = 0; round < rounds && improved; round++) {
    improved = false;
    const least = ties && round % 2 === 1 ? 0 : 1;
    for (let layer = 0; layer < layers; layer++) {
      if (stale[layer + 1] === 0) continue;
      stale[layer + 1] = 0;
      if (!transposeLayer(layered, order, seen, layer, least)) continue;
      improved = true;
      stale.fill(1, layer, layer + 3);
    }
  }
}

/**
 * Swap neighbours once from top to bottom.
 *
 * @param {Layered} layered
 * @param {Order} order changed
 * @param {Neighbours} seen scratch
 * @param {number} layer
 * @param {number} least crossings that a swap must save
 * @returns {boolean} whether crossings were saved
 */
function transposeLayer(layered, order, seen, layer, least) {
  const { start } = layered.layers;
  const { sequence, place } = order;
  lookAround(layered, order, layer, seen);
  let improved = false;
  for (let k = start[layer]; k + 1 < start[layer + 1]; k++) {
    const upper = sequence[k];
    const lower = sequence[k + 1];
    const saved = saving(layered, seen, upper, lower);
    if (saved < least) continue;
    sequence[k] = lower;
    sequence[k + 1] = upper;
    place[upper]++;
    place[lower]--;
    improved ||= saved > 0;
  }
  return improved;
}
