/** What is written around the lines of a program: pure data, which the editor places. */

/** @import { Diagnostic, State } from "../types.d.ts" */

import { active } from "../store.js";
import { lineAt, partsOf, rangeOfDiagnostic, rangeOfSpan } from "../text.js";

/** @typedef {{ line: number, before: string, text: string, kind: string }} Mark a marked part of a line, and what stands before it */
/** @typedef {{ line: number, before: string, text: string, kind: string }} Note a message, after what stands in the line it is put into */
/** @typedef {{ line: number, kind: string }} Sign a line's sign in the gutter */

const GAP = "  ";

/**
 * @param {State} state
 * @returns {{ marks: Mark[], notes: Note[], signs: Sign[] }}
 */
export function annotationsOf(state) {
  const marks = [...spanMarks(state), ...state.diagnostics.flatMap((diagnostic) => problemMarks(state.source, diagnostic))];
  return { marks, notes: notesOf(state), signs: signsOf(state, marks) };
}

/**
 * The text of the active node; none while the text is not the one that was drawn.
 * @param {State} state
 * @returns {Mark[]}
 */
function spanMarks(state) {
  const id = active(state);
  const span = state.source === state.drawn ? state.shown?.nodes.find((node) => node.id === id)?.span : null;
  return span ? marksOf(state.source, rangeOfSpan(state.source, span), "active") : [];
}

/**
 * @param {string} source
 * @param {Diagnostic} diagnostic
 */
function problemMarks(source, diagnostic) {
  const range = rangeOfDiagnostic(source, diagnostic);
  return range ? marksOf(source, range, diagnostic.severity) : [];
}

/**
 * @param {string} source
 * @param {{ start: number, end: number }} range
 * @param {string} kind
 * @returns {Mark[]}
 */
function marksOf(source, range, kind) {
  return partsOf(source, range).map(({ line, start, end }) => {
    const text = lineAt(source, line);
    return { line, before: text.slice(0, start), text: text.slice(start, end) || " ", kind };
  });
}

/**
 * The messages, each put into the line below its own: after that line's text, and not left of the place it is about.
 * @param {State} state
 * @returns {Note[]}
 */
function notesOf({ source, diagnostics }) {
  /** @type {Map<number, Note>} */
  const notes = new Map();
  for (const { line, range, message, severity } of diagnostics) {
    if (line === null) continue;
    const note = notes.get(line);
    if (note) note.text += ` · ${message}`;
    else {
      const below = lineAt(source, line);
      const before = (below === "" ? "" : below + GAP).padEnd(range?.start.character ?? 0);
      notes.set(line, { line, before, text: `↑ ${message}`, kind: severity });
    }
  }
  return [...notes.values()];
}

/**
 * @param {State} state
 * @param {Mark[]} marks
 * @returns {Sign[]}
 */
function signsOf({ diagnostics }, marks) {
  const problems = diagnostics.flatMap(({ line, severity }) => (line === null ? [] : [{ line: line - 1, kind: severity }]));
  const lit = marks.filter(({ kind }) => kind === "active").map(({ line, kind }) => ({ line, kind }));
  const worst = new Map([...lit, ...problems, ...problems.filter(({ kind }) => kind === "error")].map((sign) => [sign.line, sign]));
  return [...worst.values()];
}
