/** What is odd about gradients and neurons, as data: the panel says it in words. Pure. */

/** @import { Finding, Frame, Layer } from "./types.d.ts" */

/** The first layer's gradients are so much smaller than the last one's: it hardly learns. */
const VANISHING = 1e-3;
/** Below this there is nothing to compare with: all is learned. */
const SETTLED = 1e-9;
/** The largest gradient of a layer, in size, from which a step leads far away. */
const EXPLODING = 1e3;
/** Numbers of a neuron's picture that are 0 where it never answers. */
const NAMED = 4;

/**
 * Layers whose gradients vanish, explode or broke, and neurons that answer 0 everywhere.
 * @param {Pick<Frame, "gradients">} frame
 * @param {readonly string[]} silent the neurons that answer 0 at every point
 * @returns {Finding[]}
 */
export function findings({ gradients }, silent) {
  /** @type {Finding[]} */
  const found = [];
  const layers = gradients.filter(({ count }) => count > 1);
  const broken = gradients.filter((layer) => layer.broken > 0);
  if (broken.length > 0) found.push({ kind: "broken", ...places(broken), size: broken[0].broken });
  const exploding = gradients.filter(({ largest }) => Number(largest) > EXPLODING);
  if (exploding.length > 0) found.push({ kind: "exploding", ...places(exploding), size: Number(exploding[0].largest) });
  const last = Number(layers.at(-1)?.mean);
  const vanishing = layers.slice(0, -1).filter(({ mean }) => last > SETTLED && Number(mean) < VANISHING * last);
  if (vanishing.length > 0) found.push({ kind: "vanishing", ...places(vanishing), size: Number(vanishing[0].mean) });
  if (silent.length > 0) {
    const line = gradients.find(({ scope }) => scope !== "" && silent[0].startsWith(scope))?.line ?? null;
    found.push({ kind: "dead", names: silent.slice(0, NAMED), line, size: silent.length });
  }
  return found;
}

/** @param {readonly Layer[]} layers */
const places = (layers) => ({ names: layers.slice(0, NAMED).map(({ scope }) => scope), line: layers[0].line });
