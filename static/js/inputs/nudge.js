/** What the gradient promised when a move began, beside what then came: in words, and as two bars. */

/** @import { GraphDocument, State, Store } from "../types.d.ts" */
/** @import { Nudge } from "../replay/types.d.ts" */

import { element, write } from "../element.js";
import { number } from "../format.js";
import { nudge } from "../replay/nudge.js";
import { say } from "../say.js";
import { inputsOf } from "./program.js";

const DIGITS = 4;
/** Beyond these digits two ways to compute differ by themselves. */
const ROUNDING = 1e-12;
/** Milliseconds of rest before a screen reader is told. */
const REST = 700;

/** @typedef {{ key: string, from: GraphDocument }} Move an input, and the picture its move began with */

/**
 * The move a person is making after a change of the state: of one input, from where it began until something else happens.
 * @param {Move | null} move
 * @param {State} before
 * @param {State} state
 * @returns {Move | null}
 */
export function moveOf(move, before, state) {
  if (state.drawn !== before.drawn) return null;
  if (state.moved === before.moved) return move;
  const keys = [...new Set([...Object.keys(before.moved), ...Object.keys(state.moved)])].filter((key) => before.moved[key] !== state.moved[key]);
  const [key] = keys;
  if (keys.length !== 1 || before.shown === null) return null;
  return move?.key === key ? move : { key, from: before.shown };
}

/**
 * What came of a move; null where nothing moved, or more than the one input.
 * @param {Move} move
 * @param {GraphDocument} shown
 * @returns {Nudge | null}
 */
export function resultOf({ key, from }, shown) {
  const now = new Map(inputsOf(shown).map((input) => [input.key, input.data]));
  if (inputsOf(from).some((input) => input.key !== key && now.get(input.key) !== input.data)) return null;
  const found = nudge(from, shown, key);
  if (!found || found.dx === 0) return null;
  const noise = ROUNDING * Math.max(Math.abs(found.predicted), Math.abs(found.actual), sizeOf(from), sizeOf(shown));
  return Math.abs(found.error) <= noise ? { ...found, error: 0 } : found;
}

/** @param {GraphDocument} document */
const sizeOf = ({ graph, nodes }) => Math.abs(Number(nodes.find(({ id }) => id === graph.output)?.data ?? 0)) || 0;

/**
 * @param {HTMLElement} parent
 * @param {Store} store
 * @param {(key: string) => string} nameOf an input's name
 */
export function mountNudge(parent, store, nameOf) {
  const sentence = element("p", { class: "sentence" });
  const bars = element("span", { class: "bars", "aria-hidden": "true" }, element("i"), element("i"));
  const bend = element("p", { class: "bend" });
  const why = element("details", { class: "why" }, element("summary", {}, say("nudge.why")), element("p", {}, say("nudge.because")), bend);
  const voice = element("p", { class: "voice", role: "status" });
  parent.append(element("div", { class: "nudge" }, bars, sentence, why), voice);

  /** @type {Move | null} */
  let move = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let telling;
  let last = store.state;
  const draw = () => {
    const { shown } = last;
    const found = move && shown && resultOf(move, shown);
    const words = found && move ? sentenceOf(found, nameOf(move.key), outputOf(shown)) : "";
    write(sentence, words || say("nudge.invite"));
    parent.classList.toggle("nudged", words !== "");
    if (found) drawBars(bars, found);
    write(bend, found && Number.isFinite(found.error) ? say("nudge.bend", { ratio: number(found.error / found.dx ** 2, DIGITS) }) : "");
    clearTimeout(telling);
    telling = setTimeout(() => write(voice, words), REST);
  };
  store.subscribe((state) => {
    const before = last;
    last = state;
    move = moveOf(move, before, state);
    if (state.shown !== before.shown || state.drawn !== before.drawn) draw();
  });
  parent.ownerDocument.addEventListener("pointerdown", ({ target }) => {
    if (!(target instanceof Element) || !target.closest(".nudge")) move = null;
  }, { capture: true });
  draw();
}

/**
 * @param {Nudge} nudge
 * @param {string} name
 * @param {string} output
 */
export function sentenceOf({ dx, predicted, actual, error }, name, output) {
  const [by, promised, came, rest] = [dx, predicted, actual, error].map((value) => (Number.isFinite(value) ? number(value, DIGITS) : String(value)));
  return say("nudge.sentence", { name, dx: dx > 0 ? `+${by}` : by.replace("-", "−"), output, predicted: promised, actual: came, error: rest });
}

/** @param {GraphDocument | null} document */
const outputOf = (document) => document?.nodes.find(({ id }) => id === document.graph.output)?.label ?? say("caption.theOutput");

/**
 * @param {HTMLElement} bars
 * @param {Nudge} nudge
 */
function drawBars(bars, { predicted, actual }) {
  const most = Math.max(Math.abs(predicted), Math.abs(actual));
  [predicted, actual].forEach((value, i) => {
    const bar = /** @type {HTMLElement} */ (bars.children[i]);
    const share = Number.isFinite(value / most) ? value / most : 0;
    bar.style.setProperty("--size", String(Math.abs(share)));
    bar.classList.toggle("negative", share < 0);
  });
}
