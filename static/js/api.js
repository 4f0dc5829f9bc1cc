/** The service as the page sees it: a program in, an outcome out. Nothing here throws, except that an aborted question ends as an abort. */

/** @import { Diagnostic, Outcome, Question } from "./types.d.ts" */

import { definesEngine } from "./own/defined.js";
import { spoken } from "./say.js";

const SCHEMAS = ["graph/1", "own/1"];
const FORM = /^[\w.=-]{1,512}$/; // of a pass

/**
 * The header that shows the pass in an address: a class behind one address shows it wherever it asks.
 * @param {string} search
 * @returns {Record<string, string>}
 */
export function passIn(search) {
  const pass = new URLSearchParams(search).get("pass") ?? "";
  return FORM.test(pass) ? { "autograd-pass": pass } : {};
}

/** What this page shows; nothing where its address has none. */
export const PASS = passIn(globalThis.location?.search ?? "");

/**
 * Asks for the graph of a program: the one that an engine of its own builds, where that is chosen or there is no other.
 * @param {Question} question
 * @param {AbortSignal} signal
 * @returns {Promise<Outcome>}
 */
export async function askGraph({ engine = null, turn = null, task, ...program }, signal) {
  const { source, inputs } = program;
  if (task) return post("predict", { source, inputs, expand: program.expand, task, lang: spoken() }, signal);
  const own = () => askOwn({ source, inputs, turn, lang: spoken() }, signal);
  if (engine === "ours" || !definesEngine(source)) return post("graph", program, signal);
  if (engine === "own") return own();
  const outcome = await post("graph", program, signal);
  if (isDrawn(outcome) || outcome.kind === "busy" || outcome.kind === "unreachable") return outcome;
  const theirs = await own();
  return isDrawn(theirs) || outcome.kind === "graph" ? theirs : outcome;
}

/**
 * Asks for a learner's engine, and for the steps that are too many for one answer.
 * @param {object} question
 * @param {AbortSignal} signal
 * @returns {Promise<Outcome>}
 */
async function askOwn(question, signal) {
  const outcome = await post("own", question, signal);
  if (outcome.kind !== "graph" || !outcome.document.steps) return outcome;
  const { document } = outcome;
  const steps = [...outcome.document.steps];
  for (let more = 1; more > 0 && steps.length < document.graph.steps && !signal.aborted; ) {
    const page = await send("own/steps", { ...question, start: steps.length, nodes: document.nodes.length }, signal).then((found) => found.json()).catch(() => null);
    more = page?.steps?.length ?? 0;
    if (more > 0) steps.push(...page.steps);
  }
  return { ...outcome, document: { ...document, steps, graph: { ...document.graph, steps: steps.length } } };
}

/** @param {Outcome} outcome */
const isDrawn = (outcome) => outcome.kind === "graph" && outcome.document.nodes.length > 0;

/**
 * @param {"graph" | "own" | "predict"} path
 * @param {object} question
 * @param {AbortSignal} signal
 * @returns {Promise<Outcome>}
 */
async function post(path, question, signal) {
  try {
    return await outcomeOf(await send(path, question, signal));
  } catch {
    return { kind: "unreachable" };
  }
}

/** @type {(path: string, question: object, signal: AbortSignal) => Promise<Response>} */
const send = (path, question, signal) =>
  fetch(`/api/v1/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json, application/problem+json", ...PASS },
    body: JSON.stringify(question),
    signal,
  });

/**
 * @param {Response} response
 * @returns {Promise<Outcome>}
 */
async function outcomeOf(response) {
  if (response.status === 429 || response.status === 503) {
    return { kind: "busy", after: Number(response.headers.get("retry-after")) || null };
  }
  const body = await response.json();
  if (response.ok && body.questions) return { kind: "graph", document: body.document, blanks: body.questions };
  if (response.ok) return SCHEMAS.includes(body.graph?.schema) ? { kind: "graph", document: body } : { kind: "unreachable" };
  if (response.status < 500) return { kind: "refused", diagnostics: diagnosticsOf(body) };
  return { kind: "unreachable" };
}

/**
 * The diagnostics of a problem; a problem of the request itself has none and becomes one without a place.
 * @param {{ title: string, detail?: string, diagnostics?: Diagnostic[] }} problem
 * @returns {Diagnostic[]}
 */
function diagnosticsOf({ title, detail, diagnostics }) {
  if (diagnostics?.length) return diagnostics;
  return [{ severity: "error", code: "request", message: detail ?? title, hint: null, limit: null, line: null, span: null, range: null }];
}
