/** Typing over a selection: browsers would copy the styles of what goes, which the page's policy refuses. */

/** @import { EditorView as View } from "@codemirror/view" */

import { EditorView } from "../../../vendor/codemirror.js";

export const replacing = EditorView.domEventHandlers({
  beforeinput: (event, view) => {
    const range = event.getTargetRanges()[0] ?? getSelection()?.getRangeAt(0);
    if (event.inputType !== "insertText" || event.data === null || !range || range.collapsed || view.composing) return false;
    const from = view.posAtDOM(range.startContainer, range.startOffset);
    const to = view.posAtDOM(range.endContainer, range.endOffset);
    insert(view, from, to, event.data);
    return true;
  },
});

/**
 * As CodeMirror itself does with what it reads from the page.
 * @param {View} view
 * @param {number} from
 * @param {number} to
 * @param {string} text
 */
function insert(view, from, to, text) {
  const plain = () =>
    view.state.update({ changes: { from, to, insert: text }, selection: { anchor: from + text.length }, userEvent: "input.type", scrollIntoView: true });
  if (!view.state.facet(EditorView.inputHandler).some((handler) => handler(view, from, to, text, plain))) view.dispatch(plain());
}
