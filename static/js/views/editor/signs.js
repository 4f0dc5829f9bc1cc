/** The gutter: numbers of lines, and a sign where something is wrong or pointed at. */

/** @import { State } from "../../types.d.ts" */
/** @import { EditorView as View } from "@codemirror/view" */

import { GutterMarker, RangeSet, StateEffect, StateField, gutter, lineNumbers } from "../../../vendor/codemirror.js";
import { annotationsOf } from "../annotations.js";

/** @typedef {{ line: number, kind: string }} Sign `line` from 0 */

/** @type {import("@codemirror/state").StateEffectType<Sign[]>} */
const signed = StateEffect.define();

class Marker extends GutterMarker {
  /** @param {string} kind */
  constructor(kind) {
    super();
    this.kind = kind;
  }

  /** @param {Marker} other */
  eq(other) {
    return other.kind === this.kind;
  }

  toDOM() {
    return Object.assign(document.createElement("span"), { className: `sign ${this.kind}` });
  }
}

const signs = StateField.define({
  create: () => /** @type {RangeSet<GutterMarker>} */ (RangeSet.empty),
  update(value, transaction) {
    const { doc } = transaction.newDoc === transaction.state.doc ? transaction.state : { doc: transaction.newDoc };
    for (const effect of transaction.effects) {
      if (!effect.is(signed)) continue;
      const fitting = effect.value.filter(({ line }) => line < doc.lines);
      return RangeSet.of(fitting.map(({ line, kind }) => new Marker(kind).range(doc.line(line + 1).from)), true);
    }
    return transaction.docChanged ? value.map(transaction.changes) : value;
  },
});

export const margin = [signs, gutter({ class: "cm-signs", markers: (view) => view.state.field(signs) }), lineNumbers()];

/**
 * Shows the signs of a state; its source is the editor's text.
 * @param {View} view
 * @param {State} state
 */
export function showSigns(view, state) {
  view.dispatch({ effects: signed.of(annotationsOf(state).signs) });
}
