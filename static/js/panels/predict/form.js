/** What to predict: a few choices, and the way in. */

/** @import { Task } from "../../types.d.ts" */

import { element } from "../../element.js";
import { say } from "../../say.js";
import { USUAL } from "../../task.js";

/** Numbers to vary by: enough for every learner to have their own. */
const SEEDS = 10_000;

/**
 * @param {(task: Task) => void} begin
 */
export function createForm(begin) {
  const hide = select(say("predict.hide"), { grad: say("predict.grad"), data: say("predict.data"), order: say("predict.order") });
  const nodes = text(say("predict.nodes"), { placeholder: say("predict.nodesAll") });
  const tries = number(say("predict.tries"), { min: "1", max: "100", placeholder: say("predict.triesAny") });
  const seed = number(say("predict.seed"), { min: "0", max: String(Number.MAX_SAFE_INTEGER), placeholder: say("predict.seedNone") });
  const other = element("button", { type: "button" }, say("predict.otherNumbers"));
  const tolerance = number(say("predict.tolerance"), { min: "0", max: "10", step: "any", value: String(USUAL.tolerance * 100) });
  const reveal = element("input", { type: "checkbox", checked: "" });
  const start = element("button", { type: "submit", class: "primary" }, say("predict.start"));
  const more = element("details", {}, element("summary", {}, say("predict.more")), nodes.element, tries.element, seed.element, other, tolerance.element, element("label", { class: "tick" }, reveal, say("predict.reveal")));
  const form = element("form", { class: "task" }, element("p", {}, say("predict.invitation")), hide.element, more, start);
  other.addEventListener("click", () => (seed.input.value = String(Math.floor(Math.random() * SEEDS))));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    begin({
      hide: /** @type {Task["hide"]} */ (hide.input.value),
      nodes: named(nodes.input.value),
      tries: whole(tries.input.value),
      reveal: reveal.checked,
      seed: whole(seed.input.value),
      tolerance: tolerance.input.value === "" ? USUAL.tolerance : Number(tolerance.input.value) / 100,
    });
  });
  return { element: form };
}

/** @type {(text: string) => string[]} */
const named = (text) => text.split(",").flatMap((name) => name.trim() || []);

/** @type {(text: string) => number | null} */
const whole = (text) => (text === "" ? null : Number(text));

/** @type {(name: string, options: Record<string, string>) => { element: HTMLElement, input: HTMLSelectElement }} */
function select(name, options) {
  const input = element("select", { autocomplete: "off" }, ...Object.entries(options).map(([value, words]) => element("option", { value }, words)));
  return { element: element("label", {}, element("span", {}, name), input), input };
}

/** @type {(name: string, attributes: Record<string, string>) => { element: HTMLElement, input: HTMLInputElement }} */
function text(name, attributes) {
  const input = element("input", { type: "text", autocomplete: "off", spellcheck: "false", ...attributes });
  return { element: element("label", {}, element("span", {}, name), input), input };
}

/** @type {(name: string, attributes: Record<string, string>) => { element: HTMLElement, input: HTMLInputElement }} */
const number = (name, attributes) => text(name, { type: "number", inputmode: "decimal", ...attributes });
