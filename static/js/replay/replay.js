/** A document with its inputs moved: the recorded graph computed again, forward and backward, in the page itself. */

/** @import { GraphDocument, Moved, Num } from "../types.d.ts" */
/** @import { Gradients, History, Replay, Tape } from "./types.d.ts" */

import { forward, gradients, locals, passes } from "./passes.js";
import { tapeOf } from "./tape.js";

const TOLERANCE = 1e-12; // between two libraries of functions; what differs more was computed otherwise, or bends too much

/**
 * The replay of a document; null where the page cannot compute its numbers: it must be whole, nothing in it assigned
 * after the run, its grads those of passes from its output since they were all cleared, and its numbers those that the
 * rules give.
 * @param {GraphDocument} document
 * @returns {Replay | null}
 */
export function replayOf(document) {
  const tape = tapeOf(document);
  const history = tape && historyOf(tape, document);
  if (!tape || !history || !agrees(forward(tape, {}), tape.data)) return null;
  const replay = (/** @type {Moved} */ moved) => (stays(tape, moved) ? document : moving(document, tape, history, moved));
  return Object.assign(replay, { tape });
}

/**
 * How the grads of a document came about, found out with the slopes it has; null where they came about otherwise.
 * @param {Tape} tape
 * @param {GraphDocument} document
 * @returns {History | null}
 */
export function historyOf(tape, document) {
  const local = Float64Array.from(document.edges, (edge) => Number(edge.local));
  const most = document.passes.filter(({ output }) => output === document.graph.output).length;
  for (const rule of /** @type {History["rule"][]} */ (["pytorch", "micrograd"])) {
    const left = passes(tape, local, rule);
    const fitting = Array.from({ length: most + 1 }, () => fits(document, left.next().value)).lastIndexOf(true);
    if (fitting >= 0) return { rule, passes: fitting };
  }
  return null;
}

/**
 * @param {GraphDocument} document
 * @param {Tape} tape
 * @param {History} history
 * @param {Moved} moved
 * @returns {GraphDocument}
 */
function moving(document, tape, history, moved) {
  const data = forward(tape, moved);
  const local = locals(tape, data);
  const { grad, adjoint, handed } = gradients(tape, local, history);
  const nodes = document.nodes.map((node, slot) => {
    const numbers = { data: num(data[slot]), grad: node.grad === null ? null : num(grad[slot]), adjoint: node.adjoint === null ? null : num(adjoint[slot]) };
    return changed(node, numbers);
  });
  const edges = document.edges.map((edge, place) => {
    if (edge.local === null) return edge;
    const numbers = { local: num(local[place]), flow: num(handed[slotOf(tape, edge.target)] * local[place]) };
    return changed(edge, numbers);
  });
  // a pass from a root that is not drawn keeps its number: nothing here depends on it
  const made = document.passes.map((pass) => (pass.output === null ? pass : changed(pass, { data: nodes[slotOf(tape, pass.output)].data })));
  return { ...document, nodes, edges, passes: made };
}

/**
 * The slot of a node that the document has.
 * @param {Tape} tape
 * @param {number} id
 */
const slotOf = (tape, id) => /** @type {number} */ (tape.slots.get(id));

/**
 * A row with other numbers; itself where they are the same.
 * @template {object} Row
 * @param {Row} row
 * @param {Partial<Row>} numbers
 * @returns {Row}
 */
function changed(row, numbers) {
  for (const name in numbers) if (!Object.is(row[name], numbers[name])) return { ...row, ...numbers };
  return row;
}

/**
 * Whether no input is anywhere else than in the document.
 * @param {Tape} tape
 * @param {Moved} moved
 */
function stays(tape, moved) {
  return Object.entries(moved).every(([key, number]) => {
    const slot = tape.inputs.get(key);
    return slot === undefined || Object.is(tape.data[slot], number);
  });
}

/**
 * @param {GraphDocument} document
 * @param {Gradients} left
 */
function fits({ nodes }, { grad, adjoint }) {
  return nodes.every((node, slot) => same(node.grad, grad[slot]) && same(node.adjoint, adjoint[slot]));
}

/** @type {(written: Num | null, number: number) => boolean} */
const same = (written, number) => written === null || written === num(number);

/** @type {(ours: Float64Array, theirs: Float64Array) => boolean} */
const agrees = (ours, theirs) =>
  ours.every((x, slot) => Object.is(x, theirs[slot]) || Math.abs(x - theirs[slot]) <= TOLERANCE * Math.max(1, Math.abs(x)) || x === theirs[slot]);

/**
 * A number as it travels.
 * @param {number} x
 */
const num = (x) => (Number.isFinite(x) ? x : /** @type {Num} */ (String(x)));
