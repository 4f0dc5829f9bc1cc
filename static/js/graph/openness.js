/** Which scopes of a document are open: by themselves as deep as the picture stays small, and as a person wants them. */

/** @import { GraphDocument, GraphScope } from "../types.d.ts" */

/** A document of so many nodes opens as a whole. */
const WHOLE = 150;
/** A larger one opens as deep as no more than this is drawn. */
const FEW = 32;
/** What stands for all depths. */
export const EVERYTHING = "all";

/** Wishes are ids of open scopes; ids of closed ones with this before them; and one depth, which is no id: those have a number sign. */
const CLOSED = "-";

/**
 * The scope each id names, and how many are around it.
 * @param {GraphDocument} document
 * @returns {Map<string, GraphScope & { depth: number }>} each after the one around it
 */
export function depthsOf({ scopes }) {
  /** @type {Map<string, GraphScope & { depth: number }>} */
  const found = new Map();
  for (const scope of scopes) found.set(scope.id, { ...scope, depth: (found.get(scope.parent ?? "")?.depth ?? -1) + 1 });
  return found;
}

/**
 * For each scope the outermost closed one that it is in, itself included; null where it can be seen into.
 * @param {GraphDocument} document
 * @param {readonly string[]} wishes
 * @returns {Map<string | null, string | null>}
 */
export function closedIn(document, wishes) {
  const wanted = new Set(wishes);
  const level = levelOf(wishes) ?? automatic(document);
  return closing(document, ({ id, depth }) => wanted.has(id) || (depth < level && !wanted.has(CLOSED + id)));
}

/**
 * The depth a person asked for; null where none.
 * @param {readonly string[]} wishes
 */
export function levelOf(wishes) {
  const wish = wishes.find((one) => one === EVERYTHING || /^\d+$/.test(one));
  return wish === undefined ? null : wish === EVERYTHING ? Infinity : Number(wish);
}

/**
 * The wishes with one scope opened, or closed.
 * @param {readonly string[]} wishes
 * @param {string} id
 * @param {boolean} open
 */
export function wishing(wishes, id, open) {
  const rest = wishes.filter((one) => one !== id && one !== CLOSED + id);
  return [...rest, open ? id : CLOSED + id];
}

/**
 * @param {GraphDocument} document
 * @param {(scope: GraphScope & { depth: number }) => boolean} open
 */
function closing(document, open) {
  const sent = new Set(boxesIn(document).map(({ key }) => key));
  /** @type {Map<string | null, string | null>} */
  const closed = new Map([[null, null]]);
  for (const scope of depthsOf(document).values()) {
    closed.set(scope.id, closed.get(scope.parent) ?? (open(scope) && !sent.has(scope.id) ? null : scope.id));
  }
  return closed;
}

/**
 * The boxes that the service sent closed.
 * @param {GraphDocument} document
 */
export const boxesIn = ({ nodes }) => nodes.filter(({ kind }) => kind === "scope");

/**
 * How deep a document opens by itself.
 * @param {GraphDocument} document
 */
function automatic(document) {
  const { nodes } = document;
  if (nodes.length <= WHOLE) return Infinity;
  const working = nodes.filter(({ kind }) => kind !== "parameter" && kind !== "constant");
  const deepest = Math.max(0, ...Array.from(depthsOf(document).values(), ({ depth }) => depth + 1));
  for (let level = deepest; level > 0; level--) {
    const closed = closing(document, ({ depth }) => depth < level);
    const drawn = new Set(working.map(({ id, kind, key, scope }) => closed.get(kind === "scope" ? key : scope) ?? id));
    if (drawn.size <= FEW) return level;
  }
  return 0;
}
