/** Problems in the text: a mark and a tooltip each, a message below the line, and a click that mends what is certain. */

/** @import { Diagnostic as Finding } from "@codemirror/lint" */
/** @import { EditorState, Range } from "@codemirror/state" */
/** @import { Decoration as Deco, EditorView as View } from "@codemirror/view" */
/** @import { Diagnostic, State } from "../../types.d.ts" */

import { Decoration, EditorView, StateEffect, StateField, WidgetType, setDiagnostics } from "../../../vendor/codemirror.js";
import { say } from "../../say.js";
import { rangeOfDiagnostic, rangeOfSpan } from "../../text.js";
import { annotationsOf } from "../annotations.js";

/** @typedef {{ start: number, end: number, text: string }} Change in UTF-16 units */
/** @typedef {{ line: number, before: string, text: string, kind: string, change: Change | null }} Message put into a line, from 0 */

/**
 * The change that mends a problem, where there is a certain one.
 * @param {string} source
 * @param {Diagnostic} diagnostic
 * @returns {Change | null}
 */
export function changeOf(source, { fix }) {
  return fix ? { ...rangeOfSpan(source, fix.span), text: fix.text } : null;
}

/**
 * The messages with what mends them: a message of several problems offers the first change.
 * @param {State} state
 * @returns {Message[]}
 */
export function messagesOf(state) {
  return annotationsOf(state).notes.map((note) => {
    const own = state.diagnostics.filter(({ line }) => line === note.line);
    return { ...note, change: own.map((one) => changeOf(state.source, one)).find((change) => change !== null) ?? null };
  });
}

/** @param {View} view @param {Change} change */
function mend(view, { start, end, text }) {
  view.dispatch({ changes: { from: start, to: end, insert: text }, selection: { anchor: start + text.length }, userEvent: "input.fix", scrollIntoView: true });
  view.focus();
}

/** Applies the change of the first problem on the line of the cursor. @param {View} view */
export function mendHere(view) {
  const { number } = view.state.doc.lineAt(view.state.selection.main.head);
  const message = view.state.field(messages).list.find(({ line, change }) => line === number && change !== null);
  if (!message?.change) return false;
  mend(view, message.change);
  return true;
}

/** @type {import("@codemirror/state").StateEffectType<Message[]>} */
const told = StateEffect.define();

/** The messages of the present text: gone with the first letter typed, as their places are. */
const messages = StateField.define({
  create: () => ({ list: /** @type {Message[]} */ ([]), drawn: Decoration.none }),
  update(value, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(told)) return { list: effect.value, drawn: drawnOf(effect.value, transaction.state) };
    }
    return transaction.docChanged ? { list: [], drawn: Decoration.none } : value;
  },
  provide: (field) => EditorView.decorations.from(field, ({ drawn }) => drawn),
});

export const lint = [messages];

/**
 * Shows the problems of a state; its source is the editor's text.
 * @param {View} view
 * @param {State} state
 */
export function showProblems(view, state) {
  const findings = state.diagnostics.flatMap((diagnostic) => findingOf(state.source, diagnostic));
  view.dispatch(setDiagnostics(view.state, findings), { effects: told.of(messagesOf(state)) });
}

/**
 * @param {string} source
 * @param {Diagnostic} diagnostic
 * @returns {Finding[]}
 */
function findingOf(source, diagnostic) {
  const range = rangeOfDiagnostic(source, diagnostic);
  if (range === null) return [];
  const { severity, message, hint } = diagnostic;
  const change = changeOf(source, diagnostic);
  const actions = change === null ? [] : [{ name: labelOf(change), apply: (/** @type {View} */ view) => mend(view, change) }];
  return [{ from: range.start, to: range.end, severity, message: hint === null ? message : `${message}: ${hint}`, actions }];
}

/** @param {Change} change */
const labelOf = ({ text }) => (text.trim() === "" ? say("editor.fixRemove") : say("editor.fix", { text: text.trim() }));

/**
 * @param {Message[]} list
 * @param {EditorState} state
 */
function drawnOf(list, { doc }) {
  /** @type {Range<Deco>[]} */
  const widgets = list
    .filter(({ line }) => line <= doc.lines)
    .map((message) => Decoration.widget({ widget: new Below(message), side: -1 }).range(doc.line(message.line).from));
  return Decoration.set(widgets, true);
}

/** A message over the line below its own, after that line's text. */
class Below extends WidgetType {
  /** @param {Message} message */
  constructor(message) {
    super();
    this.message = message;
  }

  /** @param {Below} other */
  eq(other) {
    return JSON.stringify(other.message) === JSON.stringify(this.message);
  }

  /** @param {View} view */
  toDOM(view) {
    const { before, text, kind, change } = this.message;
    const note = span(`note ${kind}`, "");
    note.setAttribute("aria-hidden", "true"); // the region of problems says it
    note.append(span("before", before), span("said", text));
    if (change !== null) {
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: labelOf(change), tabIndex: -1 });
      button.addEventListener("mousedown", (event) => event.preventDefault());
      button.addEventListener("click", () => mend(view, change));
      note.append(button);
    }
    return note;
  }

  ignoreEvent() {
    return true;
  }
}

/** @param {string} name @param {string} text */
const span = (name, text) => Object.assign(document.createElement("span"), { className: name, textContent: text });
