/** The service as the page sees it: a program in, an outcome out. Nothing here throws, except that an aborted question ends as an abort. */

/** @import { Diagnostic, Outcome, Question } from "./types.d.ts" */

const SCHEMA = "graph/1";

/**
 * Asks for the graph of a program.
 * @param {Question} question
 * @param {AbortSignal} signal
 * @returns {Promise<Outcome>}
 */
export async function askGraph(question, signal) {
  try {
    const response = await fetch("/api/v1/graph", {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json, application/problem+json" },
      body: JSON.stringify(question),
      signal,
    });
    return await outcomeOf(response);
  } catch {
    return { kind: "unreachable" };
  }
}

/**
 * @param {Response} response
 * @returns {Promise<Outcome>}
 */
async function outcomeOf(response) {
  if (response.status === 429 || response.status === 503) {
    return { kind: "busy", after: Number(response.headers.get("retry-after")) || null };
  }
  const body = await response.json();
  if (response.ok) return body.graph?.schema === SCHEMA ? { kind: "graph", document: body } : { kind: "unreachable" };
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
