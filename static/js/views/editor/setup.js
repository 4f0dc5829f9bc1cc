/** The program in CodeMirror, in place of the text area: what is shown follows the state, what is typed goes into it. */

/** @import { State, Store } from "../../types.d.ts" */

import {
  EditorState,
  EditorView,
  bracketMatching,
  closeBrackets,
  drawSelection,
  dropCursor,
  highlightActiveLine,
  highlightSelectionMatches,
  highlightSpecialChars,
  history,
  indentOnInput,
  indentUnit,
  isolateHistory,
  pythonLanguage,
  search,
} from "../../../vendor/codemirror.js";
import { say } from "../../say.js";
import { typed } from "../../store.js";
import { afterPaint } from "../../paint.js";
import { atEase, watch } from "../../watch.js";
import { adoptStyles } from "./adopt.js";
import { askOps } from "./catalog.js";
import { completion } from "./completion.js";
import { keys } from "./keys.js";
import { lineFacts, showLines } from "./lines.js";
import { lint, showProblems } from "./lint.js";
import { pointing, reveal, showActive } from "./pointing.js";
import { replacing } from "./replacing.js";
import { margin, showSigns } from "./signs.js";
import { phrases, theme } from "./theme.js";
import { mountTools } from "./tools.js";

const DESCRIPTION = "editor-description";

/**
 * Puts CodeMirror in place of the text area, with its text, its selection and the focus.
 * @param {HTMLElement} element
 * @param {HTMLTextAreaElement} area stays in the form, out of sight, and holds the text that is submitted
 * @param {Store} store
 */
export function mountCodeMirror(element, area, store) {
  adoptStyles();
  const run = () => area.form?.dispatchEvent(new SubmitEvent("submit", { cancelable: true })); // a sandboxed frame may submit nothing
  const view = new EditorView({
    parent: element,
    state: EditorState.create({
      doc: area.value,
      selection: { anchor: area.selectionStart, head: area.selectionEnd },
      extensions: [
        keys({ run, open: () => tools?.open(), save: () => tools?.save() }),
        writing(),
        EditorState.readOnly.of(area.readOnly),
        replacing,
        theme,
        EditorState.phrases.of(phrases()),
        margin,
        lineFacts,
        lint,
        pointing(store),
        EditorView.contentAttributes.of({
          id: area.id,
          tabindex: "0",
          "aria-label": area.getAttribute("aria-label") ?? "",
          "aria-describedby": DESCRIPTION,
        }),
        EditorView.updateListener.of(({ docChanged, state }) => {
          if (docChanged) store.apply(typed, (area.value = state.doc.toString()));
        }),
      ],
    }),
  });
  const tools = element.closest(".embed") ? null : mountTools(element, store, { view, replace: (source) => replace(view, source) }); // others' pages: nothing is kept
  describe(element);
  takeOver(element, area, view);
  follow(view, store, element);
  return {
    replace: (/** @type {string} */ source) => replace(view, source),
    jump: (/** @type {number} */ start, /** @type {number} */ end) => jump(view, start, end),
  };
}

/** What helps while typing. */
function writing() {
  return [
    history(),
    drawSelection(),
    dropCursor(),
    highlightSpecialChars(),
    highlightActiveLine(),
    highlightSelectionMatches(),
    EditorState.allowMultipleSelections.of(true),
    EditorState.tabSize.of(4),
    indentUnit.of("    "),
    pythonLanguage,
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    completion(askOps),
    search({ top: true }),
  ];
}

/**
 * @param {HTMLElement} element
 */
function describe(element) {
  const description = Object.assign(document.createElement("p"), { id: DESCRIPTION, textContent: say("editor.description"), hidden: true });
  element.append(description);
}

/**
 * @param {HTMLElement} element
 * @param {HTMLTextAreaElement} area
 * @param {EditorView} view
 */
function takeOver(element, area, view) {
  const focused = document.activeElement === area;
  const { scrollTop } = area;
  area.removeAttribute("id");
  area.hidden = true;
  for (const part of element.querySelectorAll(":scope > .gutter, :scope > .annotations")) part.remove();
  element.classList.add("rich");
  if (focused) view.focus();
  view.scrollDOM.scrollTop = scrollTop;
}

/**
 * Shows what changed in the state; the numbers beside the lines when there is time.
 * @param {EditorView} view
 * @param {Store} store
 * @param {HTMLElement} element
 */
function follow(view, store, element) {
  const soon = requestAnimationFrame;
  const fresh = (/** @type {State} */ { source, drawn }) => source === drawn;
  watch(store, ["source"], ({ source }) => source !== view.state.doc.toString() && replace(view, source));
  watch(store, ["diagnostics"], (state) => showProblems(view, state), { soon: afterPaint });
  watch(store, ["shown", "step", "diagnostics", "drawn"], (state, before) => showLines(view, state, before), { soon: atEase(), when: fresh });
  watch(store, ["document", "pointed", "selected", "drawn"], (state) => showActive(view, state), { soon });
  watch(store, ["diagnostics", "pointed", "selected", "drawn"], (state) => showSigns(view, state), { soon });
  watch(store, ["source", "drawn"], (state) => element.classList.toggle("stale", !fresh(state)), { soon: afterPaint });
}

/**
 * Puts another text in place of all, as one step that undo takes back.
 * @param {EditorView} view
 * @param {string} source
 */
function replace(view, source) {
  view.dispatch({
    changes: { from: 0, to: view.state.doc.length, insert: source },
    selection: { anchor: 0 },
    annotations: isolateHistory.of("full"),
    userEvent: "input.replace",
  });
  view.scrollDOM.scrollTop = 0;
}

/**
 * @param {EditorView} view
 * @param {number} start
 * @param {number} end
 */
function jump(view, start, end) {
  const { length } = view.state.doc;
  view.focus();
  view.dispatch({ selection: { anchor: Math.min(start, length), head: Math.min(end, length) } });
  reveal(view, Math.min(start, length));
}
