/** The program: a text area, its line numbers, and marks and messages laid over it; CodeMirror takes over when it is there. */

/** @import { Selection } from "d3-selection" */
/** @import { Mark, Note, Sign } from "./annotations.js" */
/** @import { State, Store } from "../types.d.ts" */

import { select } from "../../vendor/d3.js";
import { afterPaint } from "../paint.js";
import { typed } from "../store.js";
import { annotationsOf } from "./annotations.js";

/** Lines the text area shows before it scrolls. */
const FEWEST = 8;
const MOST = 24;

/** @typedef {{ replace: (source: string) => void, jump: (start: number, end: number) => void }} Form what either form of the editor can do */

/**
 * @param {HTMLElement} element
 * @param {Store} store
 * @returns {Form}
 */
export function mountEditor(element, store) {
  const area = /** @type {HTMLTextAreaElement} */ (element.querySelector("textarea"));
  let form = mountArea(element, area, store);
  afterPaint(async () => {
    if (element.offsetParent === null) return; // a frame that leaves the program out
    try {
      const { mountCodeMirror } = await import("./editor/setup.js");
      await composed(area);
      form = mountCodeMirror(element, area, store);
    } catch (problem) {
      console.info("The editor could not be loaded; the text area stays.", problem);
    }
  });
  return { replace: (source) => form.replace(source), jump: (start, end) => form.jump(start, end) };
}

/**
 * Waits until no letter is half typed: an input method would lose it.
 * @param {HTMLTextAreaElement} area
 * @returns {Promise<void>}
 */
function composed(area) {
  if (!area.matches("[data-composing]")) return Promise.resolve();
  return new Promise((done) => area.addEventListener("compositionend", () => done(), { once: true }));
}

/**
 * @param {HTMLElement} element
 * @param {HTMLTextAreaElement} area
 * @param {Store} store
 * @returns {Form}
 */
function mountArea(element, area, store) {
  const gutter = select(element).insert("pre", "textarea").attr("class", "gutter").attr("aria-hidden", "true");
  const sheet = select(element).append("div").attr("class", "annotations").attr("aria-hidden", "true").append("div").attr("class", "sheet");

  const scroll = () => {
    element.style.setProperty("--scroll-top", `${-area.scrollTop}px`);
    element.style.setProperty("--scroll-left", `${-area.scrollLeft}px`);
  };
  area.addEventListener("input", () => store.apply(typed, area.value));
  area.addEventListener("scroll", scroll);
  area.addEventListener("compositionstart", () => area.toggleAttribute("data-composing", true));
  area.addEventListener("compositionend", () => area.toggleAttribute("data-composing", false));

  /** @type {State | null} */
  let last = null;
  store.subscribe((state) => {
    if (area.hidden) return;
    if (state.source !== last?.source) number(state.source, area, gutter);
    if (!sameAnnotations(state, last)) annotate(sheet, state);
    last = state;
    scroll();
  });
  return { replace: (source) => replace(area, source), jump: (start, end) => jump(area, start, end) };
}

/**
 * @param {string} source
 * @param {HTMLTextAreaElement} area
 * @param {Selection<HTMLPreElement, unknown, null, undefined>} gutter
 */
function number(source, area, gutter) {
  const count = source.split("\n").length;
  gutter.text(Array.from({ length: count }, (_, i) => i + 1).join("\n"));
  area.rows = Math.min(Math.max(count + 1, FEWEST), MOST);
}

/**
 * Puts another text in place of all, as typing would: the text area's own undo brings the old one back.
 * @param {HTMLTextAreaElement} area
 * @param {string} source
 */
function replace(area, source) {
  const focused = document.activeElement;
  area.focus({ preventScroll: true });
  area.select();
  if (!document.execCommand("insertText", false, source)) {
    area.setRangeText(source, 0, area.value.length, "start");
    area.dispatchEvent(new InputEvent("input"));
  }
  area.setSelectionRange(0, 0);
  area.scrollTop = 0;
  if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
}

/**
 * @param {HTMLTextAreaElement} area
 * @param {number} start
 * @param {number} end
 */
function jump(area, start, end) {
  area.focus();
  area.setSelectionRange(start, end);
  const line = area.value.slice(0, start).split("\n").length - 1;
  const height = parseFloat(getComputedStyle(area).lineHeight);
  const top = line * height;
  if (top < area.scrollTop || top + 2 * height > area.scrollTop + area.clientHeight) area.scrollTop = top - area.clientHeight / 2;
}

/**
 * @param {State} state
 * @param {State | null} last
 */
function sameAnnotations(state, last) {
  return (
    state.source === last?.source &&
    state.document === last.document &&
    state.diagnostics === last.diagnostics &&
    state.pointed === last.pointed &&
    state.selected === last.selected
  );
}

/**
 * @param {Selection<HTMLDivElement, unknown, null, undefined>} sheet
 * @param {State} state
 */
function annotate(sheet, state) {
  const { marks, notes, signs } = annotationsOf(state);
  lines(sheet, "sign", signs);
  for (const [name, data] of /** @type {[string, (Mark | Note)[]][]} */ ([["mark", marks], ["note", notes]])) {
    const rows = lines(sheet, name, data);
    rows.selectAll("span").data(({ before, text }) => [before, text]).join("span").text((text) => text);
  }
}

/**
 * One row for each annotation, at the height of its line.
 * @template {Sign} T
 * @param {Selection<HTMLDivElement, unknown, null, undefined>} sheet
 * @param {string} name
 * @param {T[]} data
 */
function lines(sheet, name, data) {
  /** @type {Selection<HTMLDivElement, T, HTMLDivElement, unknown>} */
  const rows = sheet.selectAll(`div.${name}`);
  return rows
    .data(data)
    .join("div")
    .attr("class", ({ kind }) => `${name} ${kind}`)
    .style("--line", ({ line }) => line);
}
