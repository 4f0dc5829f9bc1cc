/** What comes to life after the first paint. */

/** @import { Evaluator } from "./evaluator.js" */
/** @import { Picture } from "./graph/types.d.ts" */
/** @import { Editor, Store } from "./types.d.ts" */

import { keepAddress } from "./address.js";
import { mountComfort } from "./comfort/mount.js";
import { mountGraph } from "./graph/mount.js";
import { keepNumbers } from "./numbers.js";
import { mountCaption } from "./views/caption.js";
import { mountExamples } from "./views/examples.js";
import { mountInputs } from "./views/inputs.js";
import { mountOutput } from "./views/output.js";
import { mountPanels } from "./views/panels.js";
import { mountProblems } from "./views/problems.js";
import { mountStep } from "./views/step.js";
import { mountTimeline } from "./views/timeline.js";
import { mountWhose } from "./views/whose.js";

const part = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));

/**
 * @param {Store} store
 * @param {Editor} whole
 * @param {Evaluator} evaluator
 * @param {Picture} picture
 */
export function mountLater(store, whole, evaluator, picture) {
  const editor = store.state.locks.includes("source") ? { ...whole, replace: () => undefined } : whole;
  mountCaption(part("picture"), store);
  mountProblems(part("problems"), store, editor.jump);
  keepAddress(store, whole.replace);
  mountGraph(picture, store, editor);
  mountWhose(part("picture"), store, part("tab-engine"));
  keepNumbers(store, evaluator);
  if (!store.state.locks.includes("inputs")) mountInputs(part("inputs"), store, editor);
  mountComfort();
  const sharing = part("share-button");
  sharing.addEventListener("click", async () => (await import("./share/dialog.js")).share(store, sharing.dataset.kept ?? ""));
  const [chooser, lesson] = ["chooser", "lesson"].map((id) => document.getElementById(id)); // a chapter has no choice of programs
  if (chooser) mountExamples(chooser, store, editor.replace);
  if (lesson) import("./learn/lesson.js").then(({ mountLesson }) => mountLesson(lesson, store, editor));
  mountOutput(part("output"), store);
  mountTimeline(part("timeline"), store);
  mountStep(part("timeline"), store, editor.jump);
  mountPanels(part("panels"), store, editor, MODULES);
}

/** The panels' modules, each loaded when it is first shown. @type {import("./views/panels.js").Modules} */
export const MODULES = {
  inspect: () => import("./panels/inspect.js"),
  engine: () => import("./panels/engine.js"),
  ledger: () => import("./panels/ledger.js"),
  curve: () => import("./panels/curve.js"),
  surface: () => import("./panels/surface.js"),
  check: () => import("./panels/check.js"),
  train: () => import("./panels/train.js"),
  predict: () => import("./panels/predict.js"),
  table: () => import("./views/table.js"),
};
