/** Beside the lines: what each made; which ran, how often, and which did not; which one a step is at. */

/** @import { EditorState, Range } from "@codemirror/state" */
/** @import { Decoration as Deco, DecorationSet, EditorView as View } from "@codemirror/view" */
/** @import { GraphDocument, State } from "../../types.d.ts" */
/** @import { Block, Fact } from "./facts.js" */

import { Decoration, EditorView, StateEffect, StateField, WidgetType, ensureSyntaxTree } from "../../../vendor/codemirror.js";
import { say } from "../../say.js";
import { documentAt, runningLine } from "../../stepped.js";
import { factsOf, skippedOf } from "./facts.js";
import { reveal } from "./pointing.js";

/** Milliseconds that finding the blocks which did not run may take. */
const PATIENCE = 50;

/** @typedef {{ document: GraphDocument | null, running: number | null, messages: ReadonlySet<number> }} Shown lines with a message have no room for values */

/** @type {import("@codemirror/state").StateEffectType<Shown>} */
const ran = StateEffect.define();

/** The lines as they ran. They move along with the text that is typed; of what is changed itself nothing is known. */
const lines = StateField.define({
  create: () => /** @type {DecorationSet} */ (Decoration.none),
  update(value, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(ran)) return drawnOf(effect.value, transaction.state);
    }
    if (!transaction.docChanged) return value;
    const { changes } = transaction;
    return value.update({ filter: (from) => changes.touchesRange(from) === false }).map(changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

export const lineFacts = [lines];

/**
 * Shows what ran, if the editor's text is what was drawn; a line that a new step is at is brought into view.
 * @param {View} view
 * @param {State} state
 * @param {State | null} before
 */
export function showLines(view, { shown, diagnostics, step }, before) {
  const running = runningLine({ document: shown, step });
  const messages = new Set(diagnostics.flatMap(({ line }) => (line === null ? [] : [line + 1])));
  view.dispatch({ effects: ran.of({ document: shown && documentAt(shown, step), running, messages }) });
  const { doc } = view.state;
  if (running !== null && running <= doc.lines && step !== before?.step) reveal(view, doc.line(running).from);
}

/**
 * @param {Shown} shown
 * @param {EditorState} state
 */
function drawnOf({ document, running, messages }, state) {
  if (document === null) return Decoration.none;
  const { doc } = state;
  /** @type {Range<Deco>[]} */
  const found = [];
  const paint = (/** @type {number} */ line, /** @type {string} */ name) => found.push(Decoration.line({ class: name }).range(doc.line(line).from));
  for (const fact of factsOf(document)) {
    if (fact.line > doc.lines) continue;
    if (fact.ran) paint(fact.line, "cm-ran");
    if (!messages.has(fact.line) && (fact.values !== "" || fact.turns > 1)) {
      found.push(Decoration.widget({ widget: new Beside(fact), side: 1 }).range(doc.line(fact.line).to));
    }
  }
  for (const { first, last } of skippedOf(statementsOf(state), document.lines.executed)) {
    for (let line = first; line <= last; line++) paint(line, "cm-skipped");
  }
  if (running !== null && running <= doc.lines) paint(running, "cm-running");
  return Decoration.set(found, true);
}

/**
 * The statements of a text, outer before inner.
 * @param {EditorState} state
 * @returns {Block[]}
 */
function statementsOf(state) {
  /** @type {Block[]} */
  const blocks = [];
  ensureSyntaxTree(state, state.doc.length, PATIENCE)?.iterate({
    enter({ name, from, to, node }) {
      const inBlock = node.parent?.name === "Script" || node.parent?.name === "Body";
      if (inBlock && name !== "Comment" && name !== ":") blocks.push({ first: state.doc.lineAt(from).number, last: state.doc.lineAt(to).number });
    },
  });
  return blocks;
}

/** What a line made, after its end. */
class Beside extends WidgetType {
  /** @param {Fact} fact */
  constructor({ turns, values }) {
    super();
    this.turns = turns;
    this.values = values;
  }

  /** @param {Beside} other */
  eq({ turns, values }) {
    return turns === this.turns && values === this.values;
  }

  toDOM() {
    const beside = document.createElement("span");
    beside.className = "beside";
    beside.setAttribute("aria-hidden", "true"); // the table says it
    if (this.turns > 1) beside.append(Object.assign(document.createElement("b"), { textContent: say("editor.turns", { count: this.turns }) }), " ");
    beside.append(this.values);
    return beside;
  }
}
