/** A task in an address: what is hidden, of which nodes, how often one may try. */

/** @import { Task } from "./types.d.ts" */

const HIDDEN = /** @type {const} */ (["grad", "data", "order"]);
const MOST = { nodes: 100, tries: 100, tolerance: 0.1 };
/** What is asked for where nothing else is said. @type {Task} */
export const USUAL = { hide: "grad", nodes: [], tries: null, reveal: true, seed: null, tolerance: 0.01 };

/**
 * The task of a query, null where it has none; undefined for one that cannot be understood.
 * @param {URLSearchParams} query
 * @returns {Task | null | undefined}
 */
export function taskOf(query) {
  const said = query.get("predict");
  if (said === null) return null;
  const hide = HIDDEN.find((one) => one === said);
  const nodes = nodesOf(query.get("ask") ?? "");
  const tries = within(query.get("tries"), 1, MOST.tries, USUAL.tries);
  const reveal = { yes: true, no: false }[query.get("reveal") ?? "yes"];
  const seed = within(query.get("vary"), 0, Number.MAX_SAFE_INTEGER, USUAL.seed);
  const part = query.get("within");
  const tolerance = part === null ? USUAL.tolerance : /^\d*\.?\d+$/.test(part) && Number(part) <= MOST.tolerance ? Number(part) : undefined;
  const known = hide && nodes && tries !== undefined && reveal !== undefined && seed !== undefined && tolerance !== undefined;
  return known ? { hide, nodes, tries, reveal, seed, tolerance } : undefined;
}

/**
 * What a query says of a task; nothing of what is usual.
 * @param {Task | null} task
 * @returns {Record<string, string | false>}
 */
export function queryOf(task) {
  if (task === null) return {};
  const { hide, nodes, tries, reveal, seed, tolerance } = task;
  return {
    predict: hide,
    ask: nodes.length > 0 && nodes.map((node) => encodeURIComponent(node)).join(","),
    tries: tries !== null && String(tries),
    reveal: !reveal && "no",
    vary: seed !== null && String(seed),
    within: tolerance !== USUAL.tolerance && String(tolerance),
  };
}

/**
 * A whole number in a range.
 * @param {string | null} text
 * @param {number} least
 * @param {number} most
 * @param {number | null} otherwise
 */
function within(text, least, most, otherwise) {
  if (text === null) return otherwise;
  const number = /^\d{1,16}$/.test(text) ? Number(text) : NaN;
  return number >= least && number <= most ? number : undefined;
}

/**
 * Ids and names, joined by commas, each escaped.
 * @param {string} text
 */
function nodesOf(text) {
  try {
    const parts = text === "" ? [] : text.split(",").map(decodeURIComponent);
    return parts.length <= MOST.nodes ? parts.map((part) => (/^\d{1,9}$/.test(part) ? Number(part) : part)) : undefined;
  } catch {
    return undefined;
  }
}
