/** A step of a learner's own engine in words: their line, what it does with the numbers put in, and what is wrong there. */

/** @import { GraphDocument } from "../types.d.ts" */
/** @import { Graph, Line, Step } from "../explain/types.d.ts" */

import { visible } from "../explain/names.js";
import { say, sayCount } from "../say.js";
import { lineAt } from "../text.js";

/** More lines than these are counted and not told. */
const MANY = 6;
/** A line of theirs is told so far. */
const LONGEST = 120;

/**
 * @param {Step} step
 * @param {Line[]} lines
 * @param {GraphDocument} document
 * @param {{ graph: Graph, source: string }} told
 */
export function takenSentence({ index, kind, node, taken }, lines, document, { graph, source }) {
  const name = graph.nodes.get(node)?.name.plain ?? "";
  const written = taken?.deposits ?? [];
  const placed = lines.slice(0, MANY).map(({ text }, at) => say("own.line", { line: written[at]?.line ?? 0, quote: quoted(source, written[at]?.line ?? null), text }));
  const rest = lines.length > MANY ? [sayCount("own.more", lines.length - MANY)] : [];
  const begun = {
    make: () => [say("own.make", { line: taken?.line ?? 0, quote: quoted(source, taken?.line ?? null), text: lines[0]?.text ?? "" })],
    clear: () => [sayCount("own.clear", lines.length), ...placed],
    seed: () => [say("own.seed", { name }), ...placed],
    give: () => [say("own.give", { name }), ...placed],
  };
  const wrong = (document.engine?.causes ?? []).filter(({ at }) => at === index + 1).map(({ message }) => say("own.wrong", { message }));
  return [...begun[kind](), ...rest, ...wrong].join(" ");
}

/**
 * A line of the program.
 * @param {string} source
 * @param {number | null} line
 */
function quoted(source, line) {
  const text = visible(line === null ? "" : lineAt(source, line - 1).trim());
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
