/** What keys do in the editor. Tab indents; after Escape it leaves, as everywhere else on the page. */

/** @import { EditorView as View, KeyBinding } from "@codemirror/view" */

import {
  EditorView,
  Prec,
  closeBracketsKeymap,
  completionKeymap,
  defaultKeymap,
  historyKeymap,
  indentLess,
  indentMore,
  keymap,
  lintKeymap,
  searchKeymap,
} from "../../../vendor/codemirror.js";
import { mendHere } from "./lint.js";

/** @typedef {{ run: () => void, open: () => void, save: () => void }} Actions */

/**
 * @param {Actions} actions
 */
export function keys({ run, open, save }) {
  const done = (/** @type {() => void} */ action) => () => {
    action();
    return true;
  };
  /** @type {KeyBinding[]} */
  const own = [
    { key: "Mod-Enter", run: done(run) },
    { key: "Mod-o", run: done(open) },
    { key: "Mod-s", run: done(save) },
    { key: "Mod-.", run: mendHere },
  ];
  const standard = [closeBracketsKeymap, completionKeymap, searchKeymap, historyKeymap, lintKeymap, defaultKeymap].flat();
  return [
    Prec.high(keymap.of(own)),
    keymap.of(standard),
    Prec.low(keymap.of([{ key: "Tab", run: indent, shift: indentLess }, { key: "Escape", run: leave }])),
    stay,
  ];
}

/** Blanks up to the next stop, or with something chosen its lines one deeper. @param {View} view */
function indent(view) {
  const { state } = view;
  const { main } = state.selection;
  if (!main.empty) return indentMore(view);
  const column = main.head - state.doc.lineAt(main.head).from;
  view.dispatch(state.replaceSelection(" ".repeat(state.tabSize - (column % state.tabSize))), { userEvent: "input.indent", scrollIntoView: true });
  return true;
}

/** Escape with nothing else to close: Tab goes on to what stands after the editor, until something is typed. @param {View} view */
function leave(view) {
  view.setTabFocusMode(true);
  return true;
}

const stay = EditorView.updateListener.of(({ view, docChanged, focusChanged }) => {
  if (docChanged || (focusChanged && !view.hasFocus)) view.setTabFocusMode(false);
});
