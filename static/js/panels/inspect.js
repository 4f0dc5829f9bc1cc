/** Everything about the chosen node: its numbers, where they come from, and where they go. */

/** @import { Facts, Link } from "./inspect/facts.js" */
/** @import { Editor, Num, State, Store } from "../types.d.ts" */

import { copyOnPress } from "../copy.js";
import { element } from "../element.js";
import { role } from "../format.js";
import { wishing } from "../graph/openness.js";
import { say, sayCount } from "../say.js";
import { expanded, pointed, selected, stepped, turned } from "../store.js";
import { rangeOfLine, rangeOfSpan } from "../text.js";
import { words } from "../words.js";
import { factsOf } from "./inspect/facts.js";
import { fold, folds, gradient, math } from "./inspect/gradient.js";

/** More buttons than these are counted and not listed. */
const MOST_LINKS = 12;

/**
 * @param {HTMLElement} panel
 * @param {Store} store
 * @param {Editor} editor
 */
export function mount(panel, store, { jump }) {
  const card = element("article", { class: "card" });
  panel.replaceChildren(card);
  /** @type {State | null} */
  let last = null;
  /** @type {Set<string>} */
  const open = new Set();
  let frame = 0;
  const draw = () => {
    frame = 0;
    const { state } = store;
    if (state.panel !== "inspect" || (last && same(state, last))) return;
    last = state;
    redraw(card, contents(state, jump, open));
  };
  store.subscribe(() => {
    frame ||= requestAnimationFrame(draw);
  });
  draw();

  const nodeOf = (/** @type {Event} */ { target }) => {
    const id = target instanceof Element ? target.closest("[data-node]")?.getAttribute("data-node") : null;
    return id === null || id === undefined ? null : Number(id);
  };
  card.addEventListener("pointerover", (event) => store.apply(pointed, nodeOf(event)));
  card.addEventListener("pointerleave", () => store.apply(pointed, null));
  card.addEventListener("click", (event) => {
    const node = nodeOf(event);
    if (node !== null) return store.apply(selected, node);
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    if (button?.dataset.step) store.apply(stepped, Number(button.dataset.step));
    else if (button?.dataset.open) store.apply(expanded, wishing(store.state.expand, button.dataset.open, true));
    else if (button?.dataset.panel === "ledger") store.apply(turned, "ledger");
  });
}

/** @type {(state: State, last: State) => boolean} */
const same = (state, last) =>
  /** @type {const} */ (["shown", "selected", "step", "drawn", "source", "accumulation", "panel"]).every((name) => state[name] === last[name]);

/**
 * Draws anew; what had the focus has it again, or else the heading.
 * @param {HTMLElement} card
 * @param {Node[]} parts
 */
function redraw(card, parts) {
  const focused = card.contains(document.activeElement) ? document.activeElement : null;
  const name = focused?.getAttribute("data-what");
  card.replaceChildren(...parts);
  if (!focused) return;
  const again = [...card.querySelectorAll("[data-what]")].find((one) => one.getAttribute("data-what") === name);
  const target = again ?? card.querySelector("h3");
  if (target instanceof HTMLElement) target.focus({ preventScroll: true });
}

/**
 * @param {State} state
 * @param {Editor["jump"]} jump
 * @param {Set<string>} open what is unfolded
 * @returns {Node[]}
 */
function contents(state, jump, open) {
  const { shown, selected: id, drawn: source, accumulation: rule, step } = state;
  const facts = shown && factsOf(shown, id, { source, rule, step });
  if (!facts) return invitation(state);
  const reading = { source, rule };
  return [
    heading(facts),
    section("numbers", numbers(facts, step !== null)),
    section("made", [...formula(facts), ...slopes(facts)], { tabindex: "0", role: "group", "aria-label": say("step.formula") }),
    section("deposits", gradient(facts, shown, reading)),
    section("folds", [...inside(facts, open), ...folds(facts, shown, reading, open)]),
    section("around", [...links("operands", facts.operands), ...links("users", facts.users)]),
    section("place", [...place(facts, state, jump), ...steps(facts)]),
    ...facts.warnings.map(({ severity, message }) => element("p", { class: `warning ${severity}` }, message)),
  ].filter((part) => part.childNodes.length > 0);
}

/** Nothing is chosen: what can be, and a first choice. @param {State} state */
function invitation({ shown }) {
  const output = shown?.graph.output ?? null;
  const first = output === null ? [] : [element("button", { type: "button", "data-node": String(output), "data-what": "first" }, say("inspect.output"))];
  return [element("div", { class: "invitation" }, element("p", {}, say("inspect.invite")), ...first)];
}

/** @param {Facts} facts */
function heading({ node, name }) {
  const box = node.kind === "scope";
  const kind = element("span", { class: "kind" }, box ? sayCount("inspect.nodes", node.nodes ?? 0) : node.kind === "operation" ? role(node) : say(`legend.${node.kind}`));
  const open = box && node.key !== null ? [element("button", { type: "button", "data-open": node.key, "data-what": "open" }, say("inspect.open"))] : [];
  return element("header", {}, element("h3", { tabindex: "-1", dir: "auto" }, name), kind, ...open);
}

/** @type {(name: string, inside: Node[], attributes?: Record<string, string>) => HTMLElement} */
const section = (name, inside, attributes = {}) => element("div", { class: name, ...attributes }, ...inside);

/**
 * @param {Facts} facts
 * @param {boolean} stepping
 */
function numbers({ node, grad }, stepping) {
  const given = [
    figure(say("table.data"), node.data),
    ...(node.data_end === undefined ? [] : [figure(say("inspect.dataEnd"), node.data_end)]),
    ...(grad === null ? [] : [figure(stepping ? say("inspect.gradSoFar") : say("table.grad"), grad)]),
    ...(node.adjoint === null || node.adjoint === node.grad || stepping ? [] : [figure(node.wrong === undefined ? say("inspect.adjoint") : say("own.true"), node.adjoint)]),
  ];
  const without = node.grad === null ? say("inspect.noGrad") : grad === null ? say("inspect.gradNotYet") : "";
  return [...given.flat(), ...(without ? [element("p", { class: "without" }, without)] : [])];
}

/**
 * A number in full precision, with a button that copies it.
 * @param {string} label
 * @param {Num} value
 */
function figure(label, value) {
  const copy = element("button", { type: "button", "aria-label": say("inspect.copy", { name: label }), title: say("inspect.copy", { name: label }), "data-what": `copy ${label}` }, say("inspect.copyIt"));
  copyOnPress(copy, () => String(value), { done: say("inspect.copied"), failed: say("inspect.notCopied") });
  return [element("span", { class: "label" }, label), element("output", {}, String(value)), copy];
}

/** @param {Facts} facts */
function formula({ made, rule }) {
  const lines = made.map(math);
  return rule.length === 0 ? lines : [...lines, element("p", { class: "rule" }, rule.join("   "))];
}

/**
 * What an operation of a learner's own engine is made of.
 * @param {Facts} facts
 * @param {Set<string>} open
 */
function inside({ inside: lines, node }, open) {
  const made = node.method && node.defined ? [element("p", { class: "reason" }, say("own.method", { method: node.method, line: node.defined }))] : [];
  return [...made, ...(lines.length === 0 ? [] : [fold("inside", sayCount("own.inside", lines.length), () => lines.map(math), open)])];
}

/** @param {Facts} facts */
function slopes({ slopes: lines, kinks, node }) {
  const told = (/** @type {number} */ i) => words().kink?.replace("{local}", lines[i].result) ?? "";
  return lines.flatMap((line, i) => [math(line), ...(kinks[i] && node.op !== null ? [element("p", { class: "kink" }, told(i))] : [])]);
}

/**
 * Buttons that choose other nodes.
 * @param {"operands" | "users"} which
 * @param {Link[]} nodes
 */
function links(which, nodes) {
  if (nodes.length === 0) return [];
  const buttons = nodes.slice(0, MOST_LINKS).map(({ id, name }) => element("button", { type: "button", dir: "auto", "data-node": String(id), "data-what": `${which} ${id}` }, name));
  const rest = nodes.length - MOST_LINKS;
  const label = which === "operands" ? say("inspect.operands") : say("inspect.users");
  return [element("p", { class: "links" }, element("span", { class: "label" }, label), ...buttons, ...(rest > 0 ? [sayCount("inspect.more", rest)] : []))];
}

/**
 * @param {Facts} facts
 * @param {State} state
 * @param {Editor["jump"]} jump
 */
function place({ node, path }, { source, drawn }, jump) {
  const where = path.map(({ name }) => name).join(" › ");
  const scopes = where ? [element("p", { class: "links" }, element("span", { class: "label" }, say("inspect.scope")), element("bdi", {}, where))] : [];
  const { line, span } = node;
  if (line === null) return scopes;
  const go = element("button", { type: "button", "data-what": "line" }, say("inspect.line", { line }));
  go.disabled = source !== drawn;
  go.addEventListener("click", () => {
    const { start, end } = span === null ? rangeOfLine(drawn, line) : rangeOfSpan(drawn, span);
    jump(start, end);
  });
  return [go, ...scopes];
}

/** @param {Facts} facts */
function steps({ madeAt, gaveAt }) {
  const button = (/** @type {string} */ what, /** @type {number} */ step, /** @type {string} */ text) =>
    element("button", { type: "button", "data-step": String(step), "data-what": what }, text);
  return [
    ...(madeAt ? [button("made", madeAt, say("inspect.madeAt", { step: madeAt }))] : []),
    ...(gaveAt ? [button("gave", gaveAt, say("inspect.gaveAt", { step: gaveAt }))] : []),
  ];
}
