/** Brings the page to life: reads what the server sent, and ties store, service and views together. */

import { askGraph } from "./api.js";
import { createEvaluator } from "./evaluator.js";
import { mountPicture } from "./graph/picture.js";
import { unanswered } from "./own/defined.js";
import { afterPaint } from "./paint.js";
import { speak } from "./say.js";
import { createStore, opened } from "./store.js";
import { mountEditor } from "./views/editor.js";

/** What the answer depends on beside the program: a change of it is asked about at once. */
const DECIDING = /** @type {const} */ (["accumulation", "expand", "engine", "turn", "task"]);

const part = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
const sent = (/** @type {string} */ id) => JSON.parse(part(id).textContent ?? "null");

speak(document.documentElement.lang, sent("texts"));

const form = /** @type {HTMLFormElement} */ (part("program"));
const area = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem("source"));

const store = createStore(opened({ source: area.value, examples: sent("examples"), ...sent("answer") }));
const evaluator = createEvaluator(store, askGraph);

const editor = mountEditor(part("editor"), store);
const picture = mountPicture(part("picture"), store);
let asked = store.state;
store.subscribe((state) => {
  const typing = state.source !== asked.source;
  if (!typing && DECIDING.every((name) => state[name] === asked[name])) return;
  asked = state;
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
