/** Brings the page to life: reads what the server sent, and ties store, service and views together. */

import { askGraph } from "./api.js";
import { createEvaluator } from "./evaluator.js";
import { mountPicture } from "./graph/picture.js";
import { linkOf } from "./linked.js";
import { unanswered } from "./own/defined.js";
import { afterPaint } from "./paint.js";
import { speak } from "./say.js";
import { createStore, opened } from "./store.js";
import { mountEditor } from "./views/editor.js";

const part = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
const sent = (/** @type {string} */ id) => JSON.parse(part(id).textContent ?? "null");

speak(document.documentElement.lang, sent("texts"));

const form = /** @type {HTMLFormElement} */ (part("program"));
const area = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem("source"));

const store = createStore(opened({ source: area.value, examples: sent("examples"), locks: linkOf(document)?.state.locks ?? [], ...sent("answer") }));
const evaluator = createEvaluator(store, askGraph);

const editor = mountEditor(part("editor"), store);
const picture = mountPicture(part("picture"), store);
let { source, accumulation, expand, engine, task } = store.state;
store.subscribe((state) => {
  const typing = state.source !== source;
  if (!typing && state.accumulation === accumulation && state.expand === expand && state.engine === engine && state.task === task) return;
  ({ source, accumulation, expand, engine, task } = state);
  if (typing) evaluator.afterPause();
  else evaluator.now();
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

if (unanswered(store.state)) evaluator.now();

// The rest comes after the first paint; in a frame of somebody else's page only what was asked for.
const framed = document.getElementById("embedding");
afterPaint(async () => {
  if (framed) (await import("./embed/mount.js")).mountEmbed(store, editor, evaluator, picture);
  else (await import("./later.js")).mountLater(store, editor, evaluator, picture);
});
