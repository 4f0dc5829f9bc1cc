/** The state that lives in the address: which program is on the page, and what a person has done to it. */

/** @import { Direction, Example, Panel, Situation, Task } from "./types.d.ts" */

import { PLAIN } from "./store.js";
import { queryOf, taskOf } from "./task.js";

const MOST_BYTES = 8 * 1024;
const VERSION = "1";
/** @type {readonly Panel[]} */
export const PANELS = ["inspect", "engine", "ledger", "curve", "surface", "check", "train", "predict", "table"];
export const WHOSE = /** @type {const} */ (["own", "ours"]);
export const RULES = /** @type {const} */ (["pytorch", "micrograd"]);
export const MOST_PASSES = 100;
/** What the ways in which the picture runs are called. */
export const LAYOUTS = /** @type {const} */ ({ right: "lr", down: "tb" });
const DIRECTIONS = /** @type {Direction[]} */ (Object.keys(LAYOUTS));

/** @param {string | null} layout */
export const directionOf = (layout) => DIRECTIONS.find((one) => LAYOUTS[one] === layout);

/**
 * The program an address asks for, or null where it asks for none that exists.
 * @param {string} search
 * @param {readonly Example[]} examples
 */
export function sourceOf(search, examples) {
  const wanted = new URLSearchParams(search);
  const name = wanted.get("example");
  return wanted.get("source") ?? examples.find((example) => example.name === name)?.source ?? null;
}

/**
 * What an address says beside the program, and the names of what is not understood in it.
 * @param {string} search
 * @returns {{ situation: Situation, ignored: string[] }}
 */
export function situationOf(search) {
  const wanted = new URLSearchParams(search);
  /** @type {string[]} */
  const ignored = [];
  const version = wanted.get("v");
  if (version !== null && version !== VERSION) return { situation: PLAIN, ignored: ["v"] };
  /**
   * @template T
   * @param {string} name
   * @param {(text: string) => T | undefined} parse
   * @param {T} otherwise
   */
  const take = (name, parse, otherwise) => {
    const text = wanted.get(name);
    const found = text === null ? otherwise : parse(text);
    if (found === undefined) ignored.push(name);
    return found ?? otherwise;
  };
  const task = take("predict", () => taskOf(wanted), PLAIN.task);
  const situation = {
    moved: take("values", valuesOf, PLAIN.moved),
    step: take("step", count, PLAIN.step),
    selected: take("node", count, PLAIN.selected),
    panel: take("panel", (text) => PANELS.find((panel) => panel === text), usualPanel(task)),
    accumulation: take("accumulation", (text) => RULES.find((rule) => rule === text), PLAIN.accumulation),
    passes: take("passes", (text) => within(count(text), MOST_PASSES), PLAIN.passes),
    direction: take("layout", directionOf, PLAIN.direction),
    expand: take("open", idsOf, PLAIN.expand),
    task,
    engine: take("engine", (text) => WHOSE.find((one) => one === text), PLAIN.engine),
  };
  return { situation, ignored };
}

/**
 * The panel that nothing need be said about.
 * @param {Task | null} task
 */
const usualPanel = (task) => (task === null ? PLAIN.panel : "predict");

/**
 * `a:3.5,b:-2`, each name escaped; nothing if any part is broken.
 * @param {string} text
 * @returns {Record<string, number> | undefined}
 */
function valuesOf(text) {
  const found = text.split(",").map((part) => {
    const at = part.lastIndexOf(":");
    const value = part.slice(at + 1);
    return /** @type {const} */ ([unescaped(part.slice(0, at)), value.trim() === "" ? NaN : Number(value)]);
  });
  const sound = found.every(([key, value]) => key !== undefined && key !== "" && Number.isFinite(value));
  return sound ? Object.fromEntries(found) : undefined;
}

/**
 * `for%20i%231,net%231`, each id escaped; nothing if any part is broken.
 * @param {string} text
 */
function idsOf(text) {
  const found = text.split(",").map(unescaped);
  return found.every((id) => id !== undefined) ? found : undefined;
}

/** @param {string} text */
function unescaped(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** @param {string} text */
const count = (text) => (/^\d{1,9}$/.test(text) ? Number(text) : undefined);

/**
 * @param {number | undefined} number
 * @param {number} most
 */
const within = (number, most) => (number !== undefined && number <= most ? number : undefined);

/**
 * The query of a program and what was done to it: an example by its name, any other text as it stands, nothing for one too long to travel in an address.
 * @param {string | null} source null for a program that the address has already
 * @param {readonly Example[]} examples
 * @param {Situation} [situation]
 */
export function searchOf(source, examples, situation = PLAIN) {
  const example = source === null ? undefined : exampleOf(source, examples);
  if (source !== null && !example && new TextEncoder().encode(source).length > MOST_BYTES) return "";
  const query = new URLSearchParams(example ? { example: example.name } : source === null ? {} : { source });
  const { moved, step, selected, panel, accumulation, passes, direction, expand, engine, task } = situation;
  const values = Object.entries(moved).map(([key, value]) => `${encodeURIComponent(key)}:${value}`);
  const said = {
    values: values.length > 0 && values.join(","),
    step: step !== PLAIN.step && String(step),
    node: selected !== PLAIN.selected && String(selected),
    panel: panel !== usualPanel(task) && panel,
    accumulation: accumulation !== PLAIN.accumulation && accumulation,
    passes: passes !== PLAIN.passes && String(passes),
    layout: direction !== null && LAYOUTS[direction],
    open: expand.length > 0 && expand.map(encodeURIComponent).join(","),
    engine: engine ?? false,
    ...queryOf(task),
  };
  for (const [name, value] of Object.entries(said)) if (typeof value === "string") query.set(name, value);
  if (source === null || Array.from(query.keys()).length > 1) query.set("v", VERSION);
  return `?${query}`;
}

/**
 * The example that a program is, if it is one.
 * @param {string} source
 * @param {readonly Example[]} examples
 */
export function exampleOf(source, examples) {
  const text = source.trimEnd();
  return examples.find((example) => example.source.trimEnd() === text);
}
