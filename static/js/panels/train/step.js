/** One step of a training as a program of its own: what comes before the loop, the weights as they stand, one sample. Pure. */

/** @import { GraphDocument, Num } from "../../types.d.ts" */

import { entropyOf, lossOf } from "./program.js";

const LOOP = /^(?:for|while|if|def loss)\b/;
/** The bytes of a program that travels in an address. */
export const MOST_BYTES = 6 * 1024;
const DIGITS = [17, 9, 6, 4, 3];

/** @typedef {{ inputs: string, targets: string, points: (number | number[])[], labels: number[] }} Data the names of two variables, and what is in them */

/**
 * What a program does before its first loop or branch.
 * @param {string} source
 */
export function beginningOf(source) {
  const lines = source.split("\n");
  const end = lines.findIndex((line) => LOOP.test(line));
  const begun = lines.slice(0, end === -1 ? undefined : end).join("\n").trimEnd();
  return end === -1 ? "" : `${begun}\n`;
}

/**
 * The points and targets among a program's variables: a list of numbers or pairs, and one of as many numbers after it.
 * @param {Record<string, { type: string, value: unknown }>} variables
 * @returns {Data | null}
 */
export function dataOf(variables) {
  const lists = Object.entries(variables).filter(([, { type, value }]) => type === "list" && Array.isArray(value) && value.length > 0);
  const numbers = (/** @type {unknown} */ value) => Array.isArray(value) && value.every((one) => typeof one === "number");
  const pairs = (/** @type {unknown} */ value) => Array.isArray(value) && value.every((one) => numbers(one) && one.length === 2);
  const inputs = lists.find(([, { value }]) => pairs(value)) ?? lists.find(([, { value }]) => numbers(value));
  const length = /** @type {unknown[]} */ (inputs?.[1].value ?? []).length;
  const targets = lists.find(([name, { value }]) => name !== inputs?.[0] && numbers(value) && /** @type {unknown[]} */ (value).length === length);
  if (!inputs || !targets) return null;
  return { inputs: inputs[0], targets: targets[0], points: /** @type {number[][]} */ (inputs[1].value), labels: /** @type {number[]} */ (targets[1].value) };
}

/**
 * The program of one sample: with the weights that a training has come to, or those it begins with.
 * @param {string} beginning
 * @param {{ net: string, data: Data, sample: number, classes: boolean, weights?: readonly number[] }} step
 */
export function sampleProgram(beginning, { net, data, sample, classes, weights }) {
  const lines = classes ? [`loss = ${entropyOf(beginning)}(${net}(${data.inputs}[${sample}]), ${data.targets}[${sample}])`] : [`loss = (${net}(${data.inputs}[${sample}]) - ${data.targets}[${sample}])**2`];
  const moved = weights ? [`for p, w in zip(${net}.parameters(), [${weights.join(", ")}]):`, "    p.data = w"] : [];
  return `${[beginning.trimEnd(), ...moved, ...lines, "loss.backward()"].join("\n")}\n`;
}

/**
 * The same as short as an address takes: with fewer digits where it must be; null where it is too long even so.
 * @param {string} beginning
 * @param {Parameters<typeof sampleProgram>[1] & { weights: readonly number[] }} step
 */
export function linkedProgram(beginning, step) {
  const written = DIGITS.map((digits) => sampleProgram(beginning, { ...step, weights: step.weights.map((weight) => Number(weight.toPrecision(digits))) }));
  return written.find((program) => new TextEncoder().encode(program).length <= MOST_BYTES) ?? null;
}

/**
 * A program's first turn, over all its points: what the array program is made of.
 * @param {string} beginning
 * @param {{ net: string, data: Data, classes: boolean }} step
 */
export function turnProgram(beginning, { net, data: { inputs, targets }, classes }) {
  return `${beginning.trimEnd()}\nloss = ${lossOf({ net, inputs, targets, entropy: classes ? entropyOf(beginning) : null })}\nloss.backward()\n`;
}

/**
 * The document of what is connected, with a key for each parameter, by which it can be moved: its label, and its number
 * where others have the same.
 * @param {GraphDocument} document
 * @returns {GraphDocument}
 */
export function keyed(document) {
  const used = new Set(document.edges.map(({ source }) => source));
  const nodes = document.nodes.filter(({ id }) => used.has(id) || id === document.graph.output);
  const keys = keysOf(nodes.map(({ kind, label }) => (kind === "parameter" ? label : null)));
  return { ...document, nodes: nodes.map((node, i) => (node.kind === "parameter" ? { ...node, key: keys[i] } : node)) };
}

/**
 * @param {readonly (string | null)[]} labels
 * @returns {(string | null)[]}
 */
export function keysOf(labels) {
  /** @type {Map<string, number>} */
  const times = new Map();
  return labels.map((label) => {
    if (label === null) return null;
    const before = times.get(label) ?? 0;
    times.set(label, before + 1);
    return before === 0 ? label : `${label}#${before + 1}`;
  });
}

/** The input of a net of one number, where its curve is drawn. */
export const AT = "at";

/**
 * A net of one number, at a place that can be moved.
 * @param {string} beginning
 * @param {string} net
 */
export const curveProgram = (beginning, net) => `${beginning.trimEnd()}\n${AT} = 0.0\n${net}(${AT})\n`;

/**
 * Parameters by key; those without a label cannot be told apart and are left out.
 * @param {readonly (string | null)[]} labels
 * @param {readonly Num[]} values
 * @returns {Map<string, number>}
 */
export function weightsOf(labels, values) {
  const keys = keysOf(labels);
  return new Map(values.flatMap((value, i) => (keys[i] ? [/** @type {const} */ ([keys[i], Number(value)])] : [])));
}
