/** How large the gradients are, layer by layer, and in words what is odd about them. */

/** @import { Finding, Layer } from "./types.d.ts" */

import { element, write } from "../../element.js";
import { number } from "../../format.js";
import { say } from "../../say.js";

/** The power of ten that the first bin of a histogram begins with. */
const SMALLEST = -12;
const BINS = 16;
/** Layers that are shown. */
const MOST = 12;

/** @type {(finding: Finding) => string} */
const WORDS = ({ kind, names, size }) => {
  const values = { names: names.join(", "), size: number(size, 3) };
  if (kind === "vanishing") return say("train.vanishing", values);
  if (kind === "exploding") return say("train.exploding", values);
  return kind === "dead" ? say("train.dead", values) : say("train.broken", values);
};

/** @typedef {{ row: HTMLElement, bars: HTMLElement[], words: HTMLElement, name: HTMLElement }} Row */

export class Gradients {
  #rows = element("div");
  /** @type {Row[]} */
  #made = [];
  #told = "";
  findings = element("ul", { class: "findings" });
  element = element("figure", { class: "gradients" }, element("figcaption", {}, say("train.gradients")), this.#rows, scale());

  /** @param {(line: number) => void} jump */
  constructor(jump) {
    this.jump = jump;
  }

  /**
   * @param {readonly Layer[]} gradients
   * @param {readonly Finding[]} findings
   */
  draw(gradients, findings) {
    const shown = gradients.slice(0, MOST);
    this.element.hidden = shown.length === 0;
    if (this.#made.length !== shown.length) {
      this.#made = shown.map(row);
      this.#rows.replaceChildren(...this.#made.map((one) => one.row));
    }
    shown.forEach((layer, i) => fill(this.#made[i], layer));
    const now = JSON.stringify(findings.map(({ kind, names, line }) => [kind, names, line]));
    if (now === this.#told) return;
    this.#told = now;
    this.findings.replaceChildren(...findings.map((finding) => item(finding, this.jump)));
  }
}

const scale = () => element("div", { class: "scale", "aria-hidden": "true" }, ...["1e-12", "1e-4", "1e4"].map((text) => element("span", {}, text)));

/** @returns {Row} */
function row() {
  const [name, words] = [element("span", { class: "name" }), element("span", { class: "mean" })];
  const bars = Array.from({ length: BINS }, () => element("i"));
  return { row: element("div", { class: "amount", role: "img" }, name, element("span", { class: "bars" }, ...bars), words), bars, words, name };
}

/**
 * @param {Row} row
 * @param {Layer} layer
 */
function fill({ row, bars, words, name }, { scope, count, mean, largest, zeros, histogram }) {
  const most = Math.max(1, ...histogram);
  bars.forEach((bar, i) => bar.style.setProperty("--share", String((histogram[i] ?? 0) / most)));
  write(name, scope || say("train.layer"));
  write(words, mean === null ? "" : number(mean, 2));
  const values = { name: scope, count, mean: mean === null ? "–" : number(mean, 3), largest: largest === null ? "–" : number(largest, 3), zeros };
  row.setAttribute("aria-label", say("train.row", { ...values, from: `1e${SMALLEST + Math.max(0, histogram.findIndex((one) => one > 0))}` }));
}

/**
 * @param {Finding} finding
 * @param {(line: number) => void} jump
 */
function item(finding, jump) {
  const { line } = finding;
  if (line === null) return element("li", {}, WORDS(finding));
  const button = element("button", { type: "button" }, say("train.line", { line }));
  button.addEventListener("click", () => jump(line));
  return element("li", {}, WORDS(finding), " ", button);
}
