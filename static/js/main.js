/** Brings the page to life: reads what the server sent, and ties store, service and views together. */

import { askGraph } from "./api.js";
import { createEvaluator } from "./evaluator.js";
import { mountPicture } from "./graph/picture.js";
import { createStore, opened } from "./store.js";
import { rangeOfSpan } from "./text.js";
import { searchOf, sourceOf } from "./url.js";
import { mountCaption } from "./views/caption.js";
import { mountEditor } from "./views/editor.js";
import { mountExamples } from "./views/examples.js";
import { mountOutput } from "./views/output.js";
import { mountProblems } from "./views/problems.js";
import { mountTable } from "./views/table.js";

const part = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
const sent = (/** @type {string} */ id) => JSON.parse(part(id).textContent ?? "null");

const form = /** @type {HTMLFormElement} */ (part("program"));
const area = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem("source"));

const store = createStore(opened({ source: area.value, examples: sent("examples"), ...sent("answer") }));
const evaluator = createEvaluator(store, askGraph);

const editor = mountEditor(part("editor"), store);
mountExamples(part("chooser"), store, editor.replace);
mountProblems(part("problems"), store, editor.jump);
mountOutput(part("output"), store);
mountTable(part("values"), store);
mountCaption(part("picture"), store);
mountPicture(part("picture"), store, ({ span }) => {
  if (span === null || store.state.source !== store.state.drawn) return;
  const { start, end } = rangeOfSpan(store.state.source, span);
  editor.jump(start, end);
});

let { source } = store.state;
store.subscribe((state) => {
  if (state.source === source) return;
  source = state.source;
  history.replaceState(null, "", `${location.pathname}${searchOf(source, state.examples)}`);
  evaluator.afterPause();
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  evaluator.now();
});
area.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  evaluator.now();
});
addEventListener("online", evaluator.now);

const wanted = sourceOf(location.search, store.state.examples);
if (wanted !== null && wanted !== source) editor.replace(wanted);
else if (store.state.document === null) evaluator.now();
