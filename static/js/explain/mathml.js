/** Presentation MathML, read off the LaTeX of these modules: `engine/explain/mathml.py`. */

/** @import { GraphDocument } from "../types.d.ts" */
/** @import { Element as Part, Reading, Step } from "./types.d.ts" */

import { latexOf } from "./lines.js";

const NAMESPACE = "http://www.w3.org/1998/Math/MathML";
const TOKEN = /\\[A-Za-z]+|\\.|\d[\d.]*|\s+|./gsu;
/** @type {Record<string, string>} */
const SIGNS = {
  "\\cdot": "·", "\\partial": "∂", "\\pi": "π", "\\sigma": "σ", "\\infty": "∞", "\\le": "≤", "\\ge": "≥",
  "\\ne": "≠", "\\vdots": "⋮", "\\lfloor": "⌊", "\\rfloor": "⌋", "\\{": "{", "\\}": "}", "\\,": " ",
};
const LETTERS = new Set(["\\partial", "\\pi", "\\sigma", "\\infty"]);
/** @type {Record<string, string>} */
const QUOTED = { "\\text": "mtext", "\\operatorname": "mi", "\\mathrm": "mi" };
/** @type {Record<string, string>} */
const UNESCAPED = { "\\textbackslash": "\\", "\\textasciicircum": "^", "\\textasciitilde": "~", "{": "", "}": "", "\\,": " " };
/** @type {Record<string, string>} */
const SCRIPTS = { "^": "msup", _: "msub" };
const CLOSING = new Set([")", "]", "|", "}", "⌋"]);

/** @typedef {{ tokens: string[], place: number }} Reader */

/**
 * A formula as a tree of elements, from `math` down.
 * @param {string} latex
 * @returns {Part}
 */
export function mathTree(latex) {
  return element("math", [row({ tokens: latex.match(TOKEN) ?? [], place: 0 })]);
}

/**
 * The lines of a step as a tree of MathML elements.
 * @param {Step} step
 * @param {GraphDocument} document
 * @param {Reading} [reading]
 */
export const mathOf = (step, document, reading) => mathTree(latexOf(step, document, reading));

/**
 * A tree as elements of a page.
 * @param {Part} part
 * @param {Document} page
 * @returns {globalThis.Element}
 */
export function elementOf({ tag, inside, normal }, page) {
  const made = page.createElementNS(NAMESPACE, tag);
  if (tag === "math") made.setAttribute("display", "block");
  if (normal) made.setAttribute("mathvariant", "normal");
  if (typeof inside === "string") made.textContent = inside;
  else made.append(...inside.map((one) => elementOf(one, page)));
  return made;
}

/**
 * @param {string} tag
 * @param {string | Part[]} inside
 * @param {boolean} [normal]
 * @returns {Part}
 */
const element = (tag, inside, normal = false) => ({ tag, inside, normal });

/**
 * The next token that is not space; empty at the end.
 * @param {Reader} reader
 */
function peek(reader) {
  while (/^\s/.test(reader.tokens[reader.place] ?? "")) reader.place++;
  return reader.tokens[reader.place] ?? "";
}

/** @param {Reader} reader */
function take(reader) {
  const token = peek(reader);
  reader.place++;
  return token;
}

/**
 * The text in the braces that come next, escapes undone.
 * @param {Reader} reader
 */
function quoted(reader) {
  take(reader);
  let text = "";
  for (let depth = 1; reader.place < reader.tokens.length; ) {
    const piece = reader.tokens[reader.place++] ?? "";
    depth += piece === "{" ? 1 : piece === "}" ? -1 : 0;
    if (depth === 0) break;
    text += UNESCAPED[piece] ?? (piece.length > 1 ? piece.replace(/^\\/, "") : piece);
  }
  return text;
}

/**
 * What comes until one of `ends`, as a row.
 * @param {Reader} reader
 * @param {...string} ends
 * @returns {Part}
 */
function row(reader, ...ends) {
  /** @type {Part[]} */
  const parts = [];
  for (let token = peek(reader); token !== "" && !ends.includes(token); token = peek(reader)) {
    const script = SCRIPTS[token];
    if (script === undefined) {
      const last = parts.at(-1);
      const signed = token === "-" && awaitsOperand(last); // alone in a row a minus is a sign
      const next = signed ? element("mrow", [part(reader), part(reader)]) : part(reader);
      parts.push(...(last && names(last, next) ? [element("mtext", "\u2009"), next] : [next]));
    } else {
      take(reader);
      const base = parts.pop() ?? element("mrow", []);
      parts.push(element(script, [base, part(reader)]));
    }
  }
  const [only, ...others] = parts;
  return only !== undefined && others.length === 0 ? only : element("mrow", parts);
}

/**
 * Whether an operator has just been written, so that a minus is the sign of what comes next.
 * @param {Part | undefined} last
 */
const awaitsOperand = (last) => last?.tag === "mo" && typeof last.inside === "string" && !CLOSING.has(last.inside);

/**
 * Whether a function's name stands before an argument without brackets.
 * @type {(name: Part, argument: Part) => boolean}
 */
function names(name, argument) {
  const first = typeof argument.inside === "string" ? undefined : argument.inside[0];
  return first ? names(name, first) : name.tag === "mi" && name.inside.length > 1 && argument.tag !== "mo";
}

/**
 * The next piece of a formula.
 * @param {Reader} reader
 * @returns {Part}
 */
function part(reader) {
  const token = take(reader);
  if (token === "{") return until(reader, "}");
  if (token === "\\mathrel") return element("mo", quoted(reader) + sign(take(reader)));
  if (token === "\\frac") return element("mfrac", [part(reader), part(reader)]);
  if (token === "\\sqrt") return element("msqrt", [part(reader)]);
  if (token === "\\begin") return table(reader);
  if (token === "\\left") {
    const opening = element("mo", sign(take(reader)));
    const inside = until(reader, "\\right");
    return element("mrow", [opening, inside, element("mo", sign(take(reader)))]);
  }
  const tag = QUOTED[token];
  if (tag === undefined) return leaf(token);
  const text = quoted(reader);
  return element(tag, text, tag === "mi" && Array.from(text).length === 1);
}

/** @type {(reader: Reader, end: string) => Part} */
function until(reader, end) {
  const inside = row(reader, end);
  take(reader);
  return inside;
}

/** @param {string} token */
function leaf(token) {
  if (/^\d/.test(token)) return element("mn", token);
  const letter = LETTERS.has(token) || (!(token in SIGNS) && /^\\?[A-Za-z]+$/.test(token));
  return element(letter ? "mi" : "mo", sign(token));
}

/** @param {string} token */
const sign = (token) => SIGNS[token] ?? token.replace(/^\\/, "");

/**
 * An environment: rows of cells.
 * @param {Reader} reader
 * @returns {Part}
 */
function table(reader) {
  const name = quoted(reader);
  /** @type {Part[]} */
  const rows = [];
  /** @type {Part[]} */
  let cells = [];
  for (let end = ""; end !== "\\end"; ) {
    cells.push(element("mtd", [row(reader, "&", "\\\\", "\\end")]));
    end = take(reader) || "\\end";
    if (end === "&") continue;
    rows.push(element("mtr", cells));
    cells = [];
  }
  quoted(reader);
  const whole = element("mtable", rows);
  return name === "cases" ? element("mrow", [element("mo", "{"), whole]) : whole;
}
