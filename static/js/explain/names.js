/** What nodes are called where they are spoken of: `engine/explain/names.py`. A name means one node. */

/** @import { GraphDocument, GraphNode } from "../types.d.ts" */
/** @import { Name } from "./types.d.ts" */

import { number, shorten } from "../format.js";
import { textOfSpan } from "../text.js";
import { ATOM, LATEX, LOOSE, TEXT, write } from "./notation.js";

const MOST = 24;
const SHORT = 12;
const SPARE = ["v", "n", "u", "w", "t", "z"];
const LETTERS = "[\\p{L}\\p{Nl}\\p{No}_][\\p{L}\\p{N}_]*";
const WORDS = `${LETTERS}(\\[\\p{Nd}+\\]|\\.${LETTERS})*(#\\p{Nd}+)?`;
const PLAIN_WORD = /^[A-Za-z_]\w*(\[\d+\]|\.[A-Za-z_]\w*)*(#\d+)?$/; // most words, and quick to tell
const ASCII = /^[\x00-\x7f]*$/;
const WORD = new RegExp(`^${WORDS}$`, "u");
const CALL = new RegExp(`^${WORDS}\\([^()]*\\)$`, "u");
const PIECE = /^[A-Za-z0-9_.+\-*/()[\], ]+$/;
const AGAIN = /^(.+)#(\p{Nd}+)$/u;
const TOKEN = /[A-Za-z_]\w*|\d+\.?\d*|\*\*|\/\/|./gu;
const UNREAD = /\*\*(?! *\w)|\*\*.*\*\*|\/\/|^ *$/;
const LETTER = /^([A-Za-z])(\d+)?$/;
const SIGNS = new Map([
  ["*", "\\cdot"],
  ["**", "^"],
]);
/** @type {Record<string, string>} */
const ESCAPES = { "\\": "\\textbackslash{}", "^": "\\textasciicircum{}", "~": "\\textasciitilde{}" };
const SPECIAL = /[\\^~{}$&#_%]/g;
// Control characters, and those that turn the direction of a text: they would change how its neighbours are read.
const UNSEEN = /[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]/gu;

/**
 * A text whose every character can be seen.
 * @param {string} text
 */
export const visible = (text) => text.replace(UNSEEN, "�");

/**
 * A name for each node: by label, by the text that made it, else by number.
 * @param {GraphDocument} document
 * @param {string} source
 * @returns {Map<number, Name>}
 */
export function namesOf({ nodes }, source) {
  const pieces = new Map(nodes.map((node) => [node.id, pieceOf(node, source)]));
  /** @type {Map<string, number>} */
  const frequency = new Map();
  for (const piece of pieces.values()) frequency.set(piece, (frequency.get(piece) ?? 0) + 1);
  /** @type {Map<string, number>} */
  const seen = new Map();
  const letter = letterOf(nodes);
  return new Map(
    nodes.map((node) => {
      const { id, kind, label } = node;
      const piece = pieces.get(id) ?? "";
      if (/** @type {string} */ (kind) === "scope") return [id, new Called(visible(shorten(node.key ?? "", MOST)), true)];
      if (kind === "constant") return [id, new Called(number(node.data), true, Number(node.data))];
      if (!label) return [id, new Called(piece !== "" && frequency.get(piece) === 1 ? piece : `${letter}${id}`, false)];
      const text = visible(shorten(label, MOST));
      const times = (seen.get(text) ?? 0) + 1;
      seen.set(text, times);
      return [id, new Called(times === 1 ? text : `${text}#${times}`, true)];
    }),
  );
}

/**
 * What numbered names begin with: a letter that no name of the program has before a number.
 * @param {GraphNode[]} nodes
 */
function letterOf(nodes) {
  const labels = nodes.flatMap(({ kind, label }) => (/** @type {string} */ (kind) === "scope" || label === null ? [] : [label]));
  const taken = new Set(labels.map((label) => (/^.\p{Nd}+$/u.test(label) ? label[0] : "")));
  return SPARE.find((letter) => !taken.has(letter)) ?? "v";
}

/** A name as text and as LaTeX, worked out where it is asked for. @implements {Name} */
class Called {
  /**
   * @param {string} plain
   * @param {boolean} given whether the program itself calls the node so
   * @param {number | null} value a constant's
   */
  constructor(plain, given, value = null) {
    this.plain = plain;
    this.given = given;
    this.value = value;
  }

  get word() {
    const text = this.plain.replaceAll("…", "_");
    return PLAIN_WORD.test(text) || (!ASCII.test(text) && WORD.test(text));
  }

  get own() {
    return this.given || this.word;
  }

  get text() {
    if (this.value !== null) return write(this.value, new Map(), TEXT);
    return { text: this.plain, strength: this.word || CALL.test(this.plain) ? ATOM : LOOSE };
  }

  get latex() {
    if (this.value !== null) return write(this.value, new Map(), LATEX);
    return { text: latexName(this.plain), strength: this.text.strength };
  }

  get closed() {
    return this.word ? this.plain : TEXT.bracketed(this.plain);
  }

  get closedLatex() {
    return this.word ? this.latex.text : LATEX.bracketed(this.latex.text);
  }
}

/**
 * The piece of source that a nameless node was made by, if it is short and says it all.
 * @param {GraphNode} node
 * @param {string} source
 */
function pieceOf({ kind, label, span }, source) {
  if (kind === "constant" || /** @type {string} */ (kind) === "scope" || label || span === null || span[1] - span[0] > SHORT) return "";
  const text = textOfSpan(source, span);
  return visible(text) === text ? text : "";
}

/**
 * A name as LaTeX: letters as variables, words upright, arithmetic as formulas, the rest as text.
 * @param {string} text
 * @returns {string}
 */
export function latexName(text) {
  const [, letter, index] = LETTER.exec(text) ?? [];
  if (letter !== undefined) return index === undefined ? letter : `${letter}_{${index}}`;
  const [, base, time] = AGAIN.exec(text) ?? [];
  if (base !== undefined) return `{${latexName(base)}^{(${time})}}`;
  if (!PIECE.test(text) || UNREAD.test(text)) return `\\text{${escaped(text)}}`;
  return (text.match(TOKEN) ?? []).filter((piece) => piece !== " ").map(latexToken).join(" ");
}

/** @param {string} piece */
function latexToken(piece) {
  const sign = SIGNS.get(piece);
  if (sign !== undefined) return sign;
  if (piece.length === 1) return escaped(piece);
  return /^\d/.test(piece) ? `{${piece}}` : `\\mathrm{${escaped(piece)}}`;
}

/** @param {string} text */
export const escaped = (text) => text.replace(SPECIAL, (sign) => ESCAPES[sign] ?? `\\${sign}`);
