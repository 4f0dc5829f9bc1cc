/** The small parts that panels are made of: lists to choose from, numbers to write, what is going on. */

/** @import { Option } from "./subjects.js" */
/** @import { Progress } from "./service.js" */

import { element, write } from "../element.js";
import { readNumber } from "../inputs/range.js";
import { say } from "../say.js";

/**
 * A list with a name, which is written before it unless what it is shows by itself.
 * @param {string} name
 * @param {(id: string) => void} choose
 */
export function choice(name, choose, plain = false) {
  const list = element("select", { "aria-label": name, autocomplete: "off" });
  const label = element("label", { class: "choice" }, ...(plain ? [] : [element("span", {}, name)]), list);
  let written = "";
  list.addEventListener("change", () => choose(list.value));
  /**
   * @param {readonly Option[]} options
   * @param {string} chosen
   */
  const update = (options, chosen) => {
    const now = JSON.stringify(options);
    if (now !== written) list.replaceChildren(...options.map((option) => element("option", { value: option.id }, option.name)));
    written = now;
    if (list.value !== chosen) list.value = chosen;
  };
  return { element: label, list, update };
}

/**
 * A number that a person writes; what is no number is taken back.
 * @param {string} name
 * @param {(value: number) => void} accept
 */
export function field(name, accept) {
  const input = element("input", { type: "text", inputmode: "decimal", "aria-label": name, spellcheck: "false", autocomplete: "off" });
  let shown = "";
  input.addEventListener("change", () => {
    const value = readNumber(input.value);
    if (value === null) input.value = shown;
    else accept(value);
  });
  /** @param {string} now */
  const update = (now) => {
    shown = now;
    if (document.activeElement !== input || readNumber(input.value) !== readNumber(now)) input.value = now;
  };
  return { element: element("label", { class: "field" }, element("span", {}, name), input), input, update };
}

/**
 * @param {string} face
 * @param {string} name
 * @param {() => void} press
 */
export function button(face, name, press) {
  const made = element("button", { type: "button", "aria-label": name, title: name }, face);
  made.addEventListener("click", press);
  return made;
}

/**
 * What is going on with the service: quiet when all is well.
 * @param {() => void} again
 */
export function status(again) {
  const words = element("span");
  const bar = element("progress", { "aria-label": say("plot.asking") });
  const retry = element("button", { type: "button" }, say("plot.retry"));
  const line = element("p", { class: "status", role: "status" }, words, bar, retry);
  retry.addEventListener("click", again);
  /** @param {Progress<unknown> | null} progress */
  const update = (progress) => {
    const kind = progress?.kind;
    write(words, kind === "long" ? say("plot.asking") : kind === "away" ? say("plot.away") : progress?.kind === "refused" ? progress.message : "");
    bar.hidden = kind !== "long";
    retry.hidden = kind !== "away";
    line.hidden = kind !== "long" && kind !== "away" && kind !== "refused";
  };
  update(null);
  return { element: line, update };
}

/**
 * A sentence in place of a panel that has nothing to show.
 * @param {HTMLElement} body what the panel shows otherwise
 */
export function emptiness(body) {
  const line = element("p", { class: "emptiness" });
  line.hidden = true;
  return {
    element: line,
    /** @param {string} why empty where there is something to show */
    update: (why) => {
      write(line, why);
      line.hidden = why === "";
      body.hidden = why !== "";
    },
  };
}

const SPACE = "http://www.w3.org/2000/svg";

/**
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | number>} [attributes]
 * @param {...(Node | string)} inside
 * @returns {SVGElementTagNameMap[Tag]}
 */
export function drawing(tag, attributes = {}, ...inside) {
  const made = document.createElementNS(SPACE, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  made.append(...inside);
  return made;
}

/**
 * @param {Element} element
 * @param {Record<string, string | number>} attributes
 */
export function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
}
