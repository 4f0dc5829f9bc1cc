/** What is known of a program before it is trained: its points, its net's first picture, one sample's graph. */

/** @import { GraphDocument } from "../../types.d.ts" */
/** @import { Tape } from "../../replay/types.d.ts" */
/** @import { Data } from "./step.js" */
/** @import { Field } from "./types.d.ts" */

import { askGraph } from "../../api.js";
import { tapeOf } from "../../replay/tape.js";
import { ask } from "../service.js";
import { beginningOf, curveProgram, dataOf, keyed } from "./step.js";

const NET = /^(?:MLP|Layer|\w*Neuron)\b/;

/**
 * @typedef {object} Facts
 * @property {string} beginning the program up to its loop; empty where it has none
 * @property {Data | null} data
 * @property {string | null} net the variable that holds it
 * @property {Field | null} field what the net answers before it has learned
 * @property {Tape | null} curve a net of one number, to be evaluated where `at` is
 */

/** @type {Facts} */
export const NOTHING = { beginning: "", data: null, net: null, field: null, curve: null };

/** @typedef {Record<string, { type: string, value: unknown }>} Variables */

/**
 * @param {string} source
 * @param {AbortSignal} signal
 * @returns {Promise<Facts>}
 */
export async function factsOf(source, signal) {
  const beginning = beginningOf(source);
  if (beginning === "") return NOTHING;
  const found = /** @type {import("../service.js").Reply<Field>} */ (await ask("boundary", { source: beginning }, signal));
  const field = found.kind === "answer" ? found.answer : null;
  const document = await documentOf(beginning, signal);
  const variables = /** @type {{ variables?: Variables } | null} */ (document)?.variables ?? {};
  const net = field?.name ?? Object.entries(variables).find(([, { type, value }]) => type === "instance" && NET.test(String(value)))?.[0] ?? null;
  const data = dataOf(variables);
  const flat = net !== null && typeof data?.points[0] === "number" ? await documentOf(curveProgram(beginning, net), signal) : null;
  return { beginning, data, net, field, curve: flat && tapeOf(keyed(flat)) };
}

/**
 * @param {string} source
 * @param {AbortSignal} signal
 * @returns {Promise<GraphDocument | null>}
 */
export async function documentOf(source, signal) {
  const outcome = await askGraph({ source, inputs: {}, accumulation: "pytorch", expand: [] }, signal);
  return outcome.kind === "graph" ? outcome.document : null;
}
