/** The forward pass and the backward passes over a tape: the same numbers, added in the same order, as the engine's. */

/** @import { Moved } from "../types.d.ts" */
/** @import { Gradients, History, Tape } from "./types.d.ts" */

/**
 * The numbers of all slots, with some of the inputs moved.
 * @param {Tape} tape
 * @param {Moved} moved keys that are no inputs are passed over
 */
export function forward(tape, moved, data = new Float64Array(tape.data.length)) {
  const { rules, first, second } = tape;
  data.set(tape.data);
  for (const [key, number] of Object.entries(moved)) {
    const slot = tape.inputs.get(key);
    if (slot !== undefined) data[slot] = number;
  }
  for (let slot = 0; slot < data.length; slot++) {
    const rule = rules[slot];
    if (rule) data[slot] = rule.forward(data[first[slot]], data[second[slot]]);
  }
  return data;
}

/**
 * The local slope of each edge that a gradient goes along.
 * @param {Tape} tape
 * @param {Float64Array} data
 */
export function locals(tape, data, local = new Float64Array(tape.edges)) {
  const { rules, first, second, firstEdge, secondEdge } = tape;
  for (const slot of tape.order) {
    const { slopes } = /** @type {NonNullable<Tape["rules"][number]>} */ (rules[slot]);
    const [x, y, z] = [data[first[slot]], data[second[slot]], data[slot]];
    if (firstEdge[slot] >= 0) local[firstEdge[slot]] = slopes[0](x, y, z);
    if (secondEdge[slot] >= 0) local[secondEdge[slot]] = slopes[1](x, y, z);
  }
  return local;
}

/**
 * d(root) / d(each slot), by one pass.
 * @param {Tape} tape
 * @param {Float64Array} local
 */
export function adjoints(tape, local, root = tape.output) {
  const adjoint = cleared(tape, new Float64Array(tape.data.length));
  const reached = new Uint8Array(adjoint.length);
  adjoint[root] = reached[root] = 1;
  walk(tape, local, adjoint, adjoint, reached);
  return adjoint;
}

/**
 * What passes from the output leave, one after the other, when all gradients are cleared before the first.
 * @param {Tape} tape
 * @param {Float64Array} local
 * @param {History["rule"]} rule
 * @returns {Generator<Gradients, never>}
 */
export function* passes(tape, local, rule) {
  const grad = new Float64Array(tape.data.length);
  const brought = adjoints(tape, local);
  while (true) {
    const adjoint = rule === "pytorch" ? brought : handedOn(tape, local, grad);
    yield { grad, adjoint, handed: rule === "pytorch" ? adjoint : grad };
    const root = tape.output;
    if (rule === "pytorch") cleared(tape, grad);
    grad[root] = rule === "pytorch" && tape.rules[root] === null ? grad[root] + 1 : 1;
    walk(tape, local, grad, grad);
  }
}

/**
 * What the passes of a history leave.
 * @param {Tape} tape
 * @param {Float64Array} local
 * @param {History} history
 * @returns {Gradients}
 */
export function gradients(tape, local, history) {
  const left = passes(tape, local, history.rule);
  let last = left.next().value;
  for (let pass = 0; pass < history.passes; pass++) last = left.next().value;
  return last;
}

/**
 * By micrograd's rule: what a pass brings, in which each slot hands on its grad, with all that stood in it before.
 * @param {Tape} tape
 * @param {Float64Array} local
 * @param {Float64Array} grad
 */
function handedOn(tape, local, grad) {
  const adjoint = new Float64Array(grad.length);
  adjoint[tape.output] = 1;
  walk(tape, local, grad, adjoint);
  return adjoint;
}

/**
 * Each operation in turn gives to its operands; where `reached` is kept, only those that something was given to.
 * @param {Tape} tape
 * @param {Float64Array} local
 * @param {Float64Array} from what slots hand on
 * @param {Float64Array} to what they get
 * @param {Uint8Array | null} reached
 */
function walk(tape, local, from, to, reached = null) {
  const { first, second, firstEdge, secondEdge } = tape;
  for (const slot of tape.order) {
    if (reached && !reached[slot]) continue;
    const handed = from[slot];
    const [one, other] = [firstEdge[slot], secondEdge[slot]];
    if (one >= 0) to[first[slot]] += handed * local[one];
    if (other >= 0) to[second[slot]] += handed * local[other];
    if (reached) reached[first[slot]] = reached[second[slot]] = 1;
  }
}

/**
 * Clear interior slots before a pass; leaves keep what they have. -0 + x is x to the last bit.
 * @param {Tape} tape
 * @param {Float64Array} grad
 */
function cleared(tape, grad) {
  for (const slot of tape.order) grad[slot] = -0;
  return grad;
}
