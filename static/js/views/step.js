/** The step in words: what it does, in symbols and numbers and in a sentence, and what comes next and why. */

/** @import { Editor, GraphDocument, State, Store } from "../types.d.ts" */
/** @import { Reading, Step } from "../explain/types.d.ts" */

import { copyOnPress } from "../copy.js";
import { elementOf, graphOf, latexOf, mathOf, nodeAt, pendingAt, sentenceOf, stepsOf } from "../explain/index.js";
import { say } from "../say.js";
import { runningLine } from "../stepped.js";
import { rangeOfLine, rangeOfSpan } from "../text.js";
import { watch } from "../watch.js";
import { words } from "../words.js";
import { listenToMentions, mention } from "./mentions.js";
import { phaseName } from "./timeline/phase.js";
import { createVoice } from "./timeline/voice.js";

/** How many pending nodes are named. */
const MOST_PENDING = 5;

/**
 * @typedef {object} Telling
 * @property {GraphDocument} document
 * @property {Reading} reading
 * @property {Step | null} now the step just done
 * @property {Step | null} next
 */

/**
 * @param {HTMLElement} element where it goes
 * @param {Store} store
 * @param {Editor["jump"]} jump
 */
export function mountStep(element, store, jump) {
  const { region, phase, sentence, line, next, formula, latex, said } = build(element);
  const voice = createVoice(said);

  copyOnPress(latex, () => {
    const told = tellingOf(store.state);
    return told?.now ? latexOf(told.now, told.document, told.reading) : "";
  }, { done: say("step.copied"), failed: say("step.copyFailed") });
  line.addEventListener("click", () => {
    const told = tellingOf(store.state);
    const span = told?.document.nodes.find(({ id }) => id === told.now?.node)?.span;
    const at = runningLine(store.state);
    if (at === null || store.state.source !== store.state.drawn) return;
    const { start, end } = span ? rangeOfSpan(store.state.source, span) : rangeOfLine(store.state.source, at);
    jump(start, end);
  });
  listenToMentions(next, store);

  const draw = (/** @type {State} */ state, /** @type {State | null} */ before) => {
    const moving = state.step !== before?.step;
    if (!moving && state.step === null) return; // of the finished picture nothing is told
    const told = tellingOf(state);
    const now = told?.now ?? null;
    region.classList.toggle("told", now !== null);
    phase.textContent = phaseName(state);
    phase.className = `phase ${now?.kind ?? ""}`;
    region.classList.toggle("wrong", now?.taken?.wrong === true);
    sentence.textContent = told === null ? say("step.invite") : now ? sentenceOf(now, told.document, words(), told.reading) : say("step.start");
    formula.replaceChildren(...(told && now ? [elementOf(mathOf(now, told.document, told.reading), element.ownerDocument)] : []));
    const at = now && runningLine(state);
    line.hidden = !at || state.source !== state.drawn;
    line.textContent = at ? say("step.line", { line: at }) : "";
    latex.hidden = now === null || formula.textContent === "";
    next.replaceChildren(...(told ? nextOf(told) : []));
    if (moving) region.querySelector(".words")?.scrollTo(0, 0);
    if (moving && told) voice([phase.textContent, sentence.textContent].filter(Boolean).join(": "));
  };
  watch(store, ["step", "shown", "source", "accumulation"], draw);
}

/**
 * What is told at a state; null for the finished picture.
 * @param {State} state
 * @returns {Telling | null}
 */
function tellingOf({ shown: document, step, drawn: source, accumulation: rule }) {
  if (document === null || step === null || document.graph.steps === 0) return null;
  const reading = { source, rule };
  const steps = stepsOf(document, reading);
  return { document, reading, now: steps[Math.min(step, steps.length) - 1] ?? null, next: steps[step] ?? null };
}

/**
 * What comes next, why it can, and what else could.
 * @param {Telling} telling
 * @returns {(string | HTMLElement)[]}
 */
function nextOf({ document, reading, next }) {
  if (next === null) return [say("step.end")];
  const graph = graphOf(document, reading);
  const name = nodeAt(graph, next.node).name.plain;
  if (next.taken) return [next.taken.line === null ? say("own.next", { name }) : say("own.nextLine", { name, line: next.taken.line })];
  if (next.kind === "make") return [say("step.nextForward", { name })];
  if (next.kind === "seed") return [say("step.nextSeed", { name })];
  const others = pendingAt(document, next.index).filter((node) => node !== next.node);
  const told = say("step.nextBackward", { name });
  if (others.length === 0) return [told];
  const named = others.slice(0, MOST_PENDING).map((node) => mention(node, nodeAt(graph, node).name.plain));
  const rest = others.length - named.length;
  return [`${told} ${say("step.ready")} `, ...named, ...(rest > 0 ? [say("step.more", { count: rest })] : [])];
}

/**
 * @param {HTMLElement} element
 */
function build(element) {
  const make = (/** @type {string} */ tag, /** @type {string} */ name) => {
    const made = element.ownerDocument.createElement(tag);
    made.className = name;
    return made;
  };
  const button = (/** @type {string} */ name) => Object.assign(/** @type {HTMLButtonElement} */ (make("button", name)), { type: "button" });
  const [region, formula, words, sentence, phase, text, next, said] = [
    make("section", "step"),
    make("div", "formula"),
    make("div", "words"),
    make("p", "sentence"),
    make("b", "phase"),
    make("span", "text"),
    make("p", "next"),
    make("p", "said"),
  ];
  const [line, latex] = [button("line"), button("latex")];
  line.title = say("step.lineTitle");
  latex.textContent = say("step.copy");
  region.setAttribute("aria-label", say("step.label"));
  region.setAttribute("aria-live", "polite");
  for (const quiet of [formula, words]) quiet.setAttribute("aria-live", "off");
  formula.tabIndex = 0;
  formula.setAttribute("role", "group");
  formula.setAttribute("aria-label", say("step.formula"));
  sentence.append(phase, " ", text, " ", line);
  words.append(latex, sentence, next);
  region.append(formula, words, said);
  element.append(region);
  return { region, phase, sentence: text, line, next, formula, latex, said };
}
