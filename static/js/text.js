/** Places in a text: code points, UTF-16 units, lines. */

/** @import { Diagnostic, Position, Span } from "./types.d.ts" */

/** @typedef {{ start: number, end: number }} Range half-open, in UTF-16 units */
/** @typedef {{ line: number, start: number, end: number }} LinePart a part of one line; `line` from 0, columns in UTF-16 units */

/**
 * The range of a span: JavaScript counts in UTF-16 units, the service in code points.
 * @param {string} source
 * @param {Span} span
 * @returns {Range}
 */
export function rangeOfSpan(source, [from, to]) {
  const start = advance(source, 0, from);
  return { start, end: advance(source, start, to - from) };
}

/**
 * @param {string} source
 * @param {number} offset
 * @param {number} points
 */
function advance(source, offset, points) {
  let at = offset;
  for (let count = 0; count < points && at < source.length; count++) at += (source.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  return at;
}

/**
 * The text of a span.
 * @param {string} source
 * @param {Span | null} span
 */
export function textOfSpan(source, span) {
  if (span === null) return "";
  const { start, end } = rangeOfSpan(source, span);
  return source.slice(start, end);
}

/**
 * The range that a diagnostic is about: its own, else the whole of its line, else nothing.
 * @param {string} source
 * @param {Diagnostic} diagnostic
 * @returns {Range | null}
 */
export function rangeOfDiagnostic(source, { range, line }) {
  if (range !== null) return { start: offsetOf(source, range.start), end: offsetOf(source, range.end) };
  return line === null ? null : rangeOfLine(source, line);
}

/**
 * The whole of a line.
 * @param {string} source
 * @param {number} line counted from 1
 * @returns {Range}
 */
export function rangeOfLine(source, line) {
  const start = offsetOf(source, { line: line - 1, character: 0 });
  return { start, end: start + lineAt(source, line - 1).length };
}

/**
 * @param {string} source
 * @param {Position} position
 */
function offsetOf(source, { line, character }) {
  let start = 0;
  for (let count = 0; count < line; count++) {
    const next = source.indexOf("\n", start);
    if (next < 0) return source.length;
    start = next + 1;
  }
  return Math.min(start + character, source.length);
}

/**
 * The text of a line, counted from 0; empty beyond the last.
 * @param {string} source
 * @param {number} line
 */
export function lineAt(source, line) {
  return source.split("\n")[line] ?? "";
}

/**
 * A range as the parts of the lines it touches. An empty range keeps one empty part.
 * @param {string} source
 * @param {Range} range
 * @returns {LinePart[]}
 */
export function partsOf(source, { start, end }) {
  /** @type {LinePart[]} */
  const parts = [];
  let lineStart = 0;
  for (const [line, text] of source.split("\n").entries()) {
    const lineEnd = lineStart + text.length;
    if (start <= lineEnd && end >= lineStart) {
      parts.push({ line, start: Math.max(start, lineStart) - lineStart, end: Math.min(end, lineEnd) - lineStart });
    }
    lineStart = lineEnd + 1;
  }
  return parts.filter((part) => part.end > part.start || parts.length === 1);
}
