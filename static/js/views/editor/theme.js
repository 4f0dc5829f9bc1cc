/** How the editor looks: the page's own colours, which change with light, dark and forced colours. */

import { EditorView, HighlightStyle, syntaxHighlighting, tags } from "../../../vendor/codemirror.js";
import { say } from "../../say.js";

const NUMBERS = [tags.number, tags.bool, tags.null, tags.atom];
const NAMES = [tags.function(tags.variableName), tags.function(tags.definition(tags.variableName)), tags.className];

const words = HighlightStyle.define([
  { tag: [tags.keyword, tags.self], color: "var(--code-word)", fontWeight: "600" },
  { tag: NUMBERS, color: "var(--code-number)" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--code-text)" },
  { tag: tags.comment, color: "var(--muted)", fontStyle: "italic" },
  { tag: NAMES, color: "var(--code-name)" },
]);

const look = EditorView.theme({
  "&": { color: "inherit", backgroundColor: "transparent", minHeight: "0" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { font: "inherit", lineHeight: "inherit", minHeight: "inherit" },
  ".cm-content": { padding: "var(--pad) 0", caretColor: "var(--ink)" },
  ".cm-line": { position: "relative", padding: "0 var(--pad)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)", borderLeftWidth: "2px" },
  "&.cm-focused .cm-cursor, .cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground": { background: "var(--code-selection)" },
  ".cm-activeLine": { backgroundColor: "transparent" },
  "&.cm-focused .cm-activeLine": { backgroundColor: "var(--code-here)" },
  ".cm-matchingBracket, &.cm-focused .cm-matchingBracket": { backgroundColor: "transparent", outline: "1px solid var(--border)" },
  ".cm-nonmatchingBracket, &.cm-focused .cm-nonmatchingBracket": { backgroundColor: "transparent", outline: "1px solid var(--error)" },
  ".cm-selectionMatch": { backgroundColor: "var(--shade)" },
  ".cm-searchMatch": { backgroundColor: "var(--code-selection)", outline: "1px solid var(--border)" },
  ".cm-searchMatch-selected": { outline: "2px solid var(--accent)" },
  ".cm-gutters": { border: "0", borderInlineEnd: "1px solid var(--line)", backgroundColor: "var(--surface)", color: "var(--muted)" },
  ".cm-panels": { borderColor: "var(--line)", backgroundColor: "var(--raised)", color: "inherit" },
  ".cm-tooltip": { border: "1px solid var(--border)", borderRadius: "0.375rem", backgroundColor: "var(--surface)", color: "var(--ink)" },
});

export const theme = [look, syntaxHighlighting(words)];

/** What CodeMirror itself says, by the word it would say in English. */
const PHRASES = {
  Find: "find",
  Replace: "replaceWith",
  next: "next",
  previous: "previous",
  all: "all",
  "match case": "case",
  regexp: "pattern",
  "by word": "word",
  replace: "replace",
  "replace all": "replaceAll",
  close: "close",
  "Go to line": "line",
  go: "go",
  Completions: "completions",
  Diagnostics: "problems",
  "No diagnostics": "noProblems",
};

/** CodeMirror's own words in the page's language. */
export const phrases = () => Object.fromEntries(Object.entries(PHRASES).map(([word, key]) => [word, say(`editor.search.${key}`)]));
