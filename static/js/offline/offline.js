/** The page of an exported file: steps and moving inputs, in one file and without a service. `make docs` bundles it. */

/** @import { GraphDocument, GraphEdge, GraphNode } from "../types.d.ts" */

import { number, role } from "../format.js";
import { replayOf } from "../replay/replay.js";
import { doing, walkOf } from "../stepped.js";

const POINTS = 200; // of a slider
const FAINT = "0.25";
const [POSITIVE, NEGATIVE] = ["#cf7a1c", "#8b74c9"];

const program = /** @type {GraphDocument} */ (JSON.parse(byId("document").textContent ?? ""));
const replay = replayOf(program);
const cards = Array.from(document.querySelectorAll('[role="graphics-object"]'));
const arrows = Array.from(document.querySelectorAll('[role="graphics-symbol"]'));
const slider = /** @type {HTMLInputElement} */ (byId("step"));
/** @type {Record<string, number>} */
const moved = {};

slider.max = String(program.graph.steps);
slider.value = slider.max; // after it: a slider holds no more than it may
slider.addEventListener("input", show);
for (const [id, by] of /** @type {const} */ ([["back", -1], ["next", 1]])) {
  byId(id).addEventListener("click", () => {
    slider.value = String(Number(slider.value) + by);
    show();
  });
}
if (replay) for (const node of program.nodes) if (node.key !== null) byId("inputs").append(row(node, node.key));
byId("fixed").hidden = replay !== null;
show();

/** Draws the numbers as they are at this step with these inputs. */
function show() {
  const shown = replay ? replay(moved) : program;
  const step = Number(slider.value);
  const whole = step >= shown.graph.steps;
  const brought = gradients(shown, step);
  const now = doing(shown, step);
  shown.nodes.forEach((node, place) => {
    const made = (walkOf(shown).made.get(node.id) ?? 0) <= step;
    const card = cards[place];
    const grad = whole ? node.grad : (brought.get(node.id) ?? null);
    for (const text of card.querySelectorAll("text")) write(text, node, made, grad);
    card.querySelector("path")?.setAttribute("stroke-width", now?.node === node.id && !whole ? "4" : node.id === shown.graph.output ? "3" : "1.25");
    card.setAttribute("aria-label", nameOf(node, grad));
    /** @type {SVGElement} */ (card).style.opacity = made ? "1" : FAINT;
  });
  shown.edges.forEach((edge, place) => redraw(arrows[place], edge));
  byId("told").textContent = told(shown, step, now);
}

/**
 * Puts an edge's slope and flow into its arrow: as text, as a name, as a colour.
 * @param {Element} arrow
 * @param {GraphEdge} edge
 */
function redraw(arrow, { local, flow }) {
  if (!replay || local === null || flow === null) return;
  const [text, title, path] = ["text", "title", "path"].map((name) => arrow.querySelector(name));
  const said = `local derivative ${number(local)}, flow ${number(flow)}`;
  if (text) text.textContent = `\u2202 ${number(local)}`;
  if (title) title.textContent = `${title.textContent?.replace(/, local derivative \S+, flow \S+$/, "")}, ${said}`;
  path?.setAttribute("stroke", Number(flow) > 0 ? POSITIVE : Number(flow) < 0 ? NEGATIVE : "currentColor");
}

/**
 * What the gradients are after so many steps: of each node that has one by then.
 * @param {GraphDocument} shown
 * @param {number} step
 * @returns {Map<number, number>}
 */
function gradients(shown, step) {
  const { making, given } = walkOf(shown);
  /** @type {Map<number, number>} */
  const found = new Map(shown.graph.output !== null && step > making.length ? [[shown.graph.output, 1]] : []);
  for (const { source, target, flow } of shown.edges) {
    if (flow !== null && (given.get(target) ?? Infinity) <= step) found.set(source, (found.get(source) ?? 0) + Number(flow));
  }
  return found;
}

/**
 * Puts a node's numbers into the texts that have them.
 * @param {SVGTextElement} text
 * @param {GraphNode} node
 * @param {boolean} made
 * @param {GraphNode["grad"]} grad
 */
function write(text, node, made, grad) {
  const part = text.dataset.part ?? /^(data|grad) [-\dNI]/.exec(text.textContent ?? "")?.[1];
  if (part === undefined || text.getAttribute("font-weight")) return;
  text.dataset.part = part;
  if (part === "data") text.textContent = made ? `data ${number(node.data)}` : "data";
  else text.textContent = grad === null ? "grad" : `grad ${number(grad)}`;
}

/**
 * A node for those who hear the picture, as the picture's own names are.
 * @param {GraphNode} node
 * @param {GraphNode["grad"]} grad
 */
function nameOf(node, grad) {
  const parts = [node.label, role(node), node.nodes && `${node.nodes} nodes`, node.data === null || `data ${number(node.data)}`];
  return [...parts, grad === null || `grad ${number(grad)}`].filter((part) => typeof part === "string").join(", ");
}

/**
 * What happens in a step.
 * @param {GraphDocument} shown
 * @param {number} step
 * @param {ReturnType<typeof doing>} now
 */
function told(shown, step, now) {
  const node = now && walkOf(shown).nodes.get(now.node);
  const place = `${step} / ${shown.graph.steps}`;
  return node && now ? `${place}: ${now.phase}, ${node.label ?? ""} ${role(node)}` : place;
}

/**
 * An input with its slider.
 * @param {GraphNode} node
 * @param {string} key
 */
function row(node, key) {
  const [label, range, output] = [document.createElement("label"), document.createElement("input"), document.createElement("output")];
  const start = Number(node.data);
  const reach = Math.max(1, Math.abs(start)) * 2;
  Object.assign(range, { type: "range", min: String(start - reach), max: String(start + reach), step: String(reach / POINTS), value: String(start) });
  output.textContent = number(start);
  range.addEventListener("input", () => {
    moved[key] = Number(range.value);
    output.textContent = number(moved[key]);
    show();
  });
  label.append(`${key} `, range, output);
  return label;
}

/** @param {string} id */
function byId(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}
