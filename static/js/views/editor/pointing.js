/** Text and picture point at each other: under the pointer a node, and of the active node its text. */

/** @import { State, Store } from "../../types.d.ts" */
/** @import { Place } from "./places.js" */
/** @import { DecorationSet, EditorView as View } from "@codemirror/view" */

import { Decoration, EditorView, StateEffect, StateField } from "../../../vendor/codemirror.js";
import { active, pointed } from "../../store.js";
import { madeBy, nodeAt, placesOf } from "./places.js";

/** @type {import("@codemirror/state").StateEffectType<Place | null>} */
const lit = StateEffect.define();
const light = Decoration.mark({ class: "cm-active-text" });

const text = StateField.define({
  create: () => /** @type {DecorationSet} */ (Decoration.none),
  update(value, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(lit)) return effect.value === null ? Decoration.none : Decoration.set(light.range(effect.value.start, effect.value.end));
    }
    return transaction.docChanged ? Decoration.none : value;
  },
  provide: (field) => EditorView.decorations.from(field),
});

/**
 * @param {Store} store
 */
export function pointing(store) {
  const hover = EditorView.domEventHandlers({
    mousemove: ({ clientX, clientY, buttons }, view) => {
      if (buttons === 0) store.apply(pointed, nodeUnder(store.state, view, { x: clientX, y: clientY }));
    },
    mouseleave: () => store.apply(pointed, null),
  });
  return [text, hover];
}

/**
 * The node of the expression at a point of the screen, else what its line made.
 * @param {State} state
 * @param {View} view
 * @param {{ x: number, y: number }} point
 */
function nodeUnder({ shown, source, drawn }, view, point) {
  if (shown === null || source !== drawn) return null;
  const offset = view.posAtCoords(point);
  const inside = offset === null ? null : nodeAt(placesOf(source, shown.nodes), offset);
  if (inside !== null) return inside;
  const line = view.state.doc.lineAt(view.lineBlockAtHeight(point.y - view.documentTop).from);
  return madeBy(shown).get(line.number)?.at(-1)?.id ?? null;
}

/**
 * Marks the text of the active node, and brings it into view unless the pointer is in the editor itself.
 * @param {View} view
 * @param {State} state
 */
export function showActive(view, state) {
  const id = active(state);
  const node = state.source === state.drawn ? state.shown?.nodes.find((one) => one.id === id) : undefined;
  const place = (node && placesOf(state.source, [node])[0]) ?? null;
  view.dispatch({ effects: lit.of(place === null || place.start === place.end ? null : place) });
  if (place !== null && !view.dom.matches(":hover")) reveal(view, place.start);
}

/**
 * Scrolls the editor, and nothing around it, until a place can be seen.
 * @param {View} view
 * @param {number} offset
 */
export function reveal(view, offset) {
  const { top, bottom } = view.lineBlockAt(offset);
  const { scrollDOM } = view;
  if (top < scrollDOM.scrollTop || bottom > scrollDOM.scrollTop + scrollDOM.clientHeight) {
    scrollDOM.scrollTop = (top + bottom - scrollDOM.clientHeight) / 2;
  }
}
