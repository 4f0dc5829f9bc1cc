/** Points from a table in text: two columns for a curve (x, y), three for the plane (x, y, class). Pure. */

/** @import { Points } from "./types.d.ts" */

/** What one list of a program may hold; the name is that of the limit. */
export const MOST_POINTS = 50_000;
/** How much of a program the points may take, of its 64 KiB. */
export const MOST_BYTES = 60 * 1024;
const DIGITS = 5;

/**
 * What is wrong with a table: the line, counted from 1, and the text that stands there.
 * @typedef {{ kind: "number" | "columns", line: number, text: string, columns: number } | { kind: "empty" } | { kind: "many" | "long", count: number }} Wrong
 */

/**
 * The points of a table. Commas, semicolons, tabs or blanks part its columns; a first line of names is left out, and so
 * are empty lines and comments. Classes may have names: they are counted in the order in which they come.
 * @param {string} text
 * @returns {{ points: Points } | { wrong: Wrong }}
 */
export function pointsOf(text) {
  const rows = rowsOf(text);
  if (rows.length > MOST_POINTS) return { wrong: { kind: "many", count: rows.length } };
  if (rows.length > 0 && rows[0].cells.every((cell) => numberOf(cell) === null)) rows.shift();
  if (rows.length === 0) return { wrong: { kind: "empty" } };
  const columns = rows[0].cells.length;
  const wrong = rows.map((row) => wrongOf(row, columns)).find((one) => one !== null);
  if (wrong) return { wrong };
  const inputs = rows.map(({ cells }) => cells.slice(0, -1).map((cell) => rounded(/** @type {number} */ (numberOf(cell)))));
  const targets = targetsOf(rows.map(({ cells }) => cells[columns - 1]));
  const points = /** @type {Points} */ ({ inputs: columns === 2 ? inputs.flat() : inputs, targets });
  return fits(points) ? { points } : { wrong: { kind: "long", count: rows.length } };
}

/** @typedef {{ line: number, text: string, cells: string[] }} Row */

/**
 * @param {string} text
 * @returns {Row[]}
 */
function rowsOf(text) {
  const lines = text.split(/\r\n|\n|\r/).map((line, i) => ({ line: i + 1, text: line.trim() }));
  return lines.filter((row) => row.text !== "" && !row.text.startsWith("#")).map((row) => ({ ...row, cells: cellsOf(row.text) }));
}

/** @param {string} text */
function cellsOf(text) {
  const mark = [";", "\t", ","].find((one) => text.includes(one));
  return mark ? text.split(mark).map((cell) => cell.trim()) : text.split(/\s+/);
}

/**
 * @param {Row} row
 * @param {number} columns of the first row
 * @returns {Wrong | null}
 */
function wrongOf({ line, text, cells }, columns) {
  if (cells.length !== columns || columns < 2 || columns > 3) return { kind: "columns", line, text, columns: cells.length };
  const odd = cells.slice(0, -1).some((cell) => numberOf(cell) === null) || cells[columns - 1] === "" || (columns === 2 && numberOf(cells[1]) === null);
  return odd ? { kind: "number", line, text, columns } : null;
}

/** @param {string} cell */
function numberOf(cell) {
  const number = cell === "" ? NaN : Number(cell);
  return Number.isFinite(number) ? number : null;
}

/**
 * Numbers as they are; names of classes as -1 and 1 where there are two, else as 0, 1, 2 …
 * @param {string[]} cells
 */
function targetsOf(cells) {
  const numbers = cells.map(numberOf);
  if (numbers.every((number) => number !== null)) return numbers.map(rounded);
  const names = Array.from(new Set(cells).keys());
  return cells.map((cell) => (names.length === 2 ? 2 * names.indexOf(cell) - 1 : names.indexOf(cell)));
}

/** @param {number} number */
export const rounded = (number) => Number(number.toPrecision(DIGITS));

/** Whether points have room in a program. @param {Points} points */
export const fits = ({ inputs, targets }) => inputs.length <= MOST_POINTS && JSON.stringify(inputs).length + JSON.stringify(targets).length + inputs.length * 4 <= MOST_BYTES;
