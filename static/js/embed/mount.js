/** What comes to life after the first paint in a frame of somebody else's page: what was asked for, and the way to the playground. */

/** @import { Evaluator } from "../evaluator.js" */
/** @import { Picture } from "../graph/types.d.ts" */
/** @import { Editor, Store } from "../types.d.ts" */

import { mountGraph } from "../graph/mount.js";
import { linkOf, situationAt } from "../linked.js";
import { keepNumbers } from "../numbers.js";
import { say } from "../say.js";
import { arrived } from "../predict/transitions.js";
import { SITUATION, turned } from "../store.js";
import { searchOf } from "../url.js";
import { mountCaption } from "../views/caption.js";
import { mountInputs } from "../views/inputs.js";
import { mountOutput } from "../views/output.js";
import { mountProblems } from "../views/problems.js";
import { mountStep } from "../views/step.js";
import { mountTimeline } from "../views/timeline.js";
import { atEase, watch } from "../watch.js";
import { tellHeight } from "./height.js";
import { converse } from "./host.js";

/** @typedef {{ show: string[], autoplay: boolean, height: number | null, ignored: string[] }} Embedding what the address says of the frame, as the server read it */

const part = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));

/**
 * @param {Store} store
 * @param {Editor} editor
 * @param {Evaluator} evaluator
 * @param {Picture} picture
 */
export function mountEmbed(store, editor, evaluator, picture) {
  /** @type {Embedding} */
  const { show, autoplay, height, ignored } = JSON.parse(part("embedding").textContent ?? "null");
  const { situation, ignored: strange } = situationAt(location.search, linkOf(document));
  store.apply(arrived, situation, Array.from(new Set([...ignored, ...strange])));

  if (show.includes("graph")) part("note").hidden = true; // the picture says it
  else mountNote(part("note"), store);
  mountProblems(part("problems"), store, editor.jump);
  keepNumbers(store, evaluator);
  const walker = mountTimeline(part("timeline"), store);
  if (show.includes("graph")) {
    mountCaption(part("picture"), store);
    mountGraph(picture, store, editor);
  }
  if (show.includes("inputs") && !store.state.locks.includes("inputs")) mountInputs(part("inputs"), store, editor);
  if (show.includes("steps")) mountStep(part("timeline"), store, editor.jump);
  if (show.includes("output")) mountOutput(part("output"), store);
  if (["panels", "table", "predict"].some((one) => show.includes(one))) mountTabs(store, editor, show);
  const whole = document.getElementById("whole");
  if (whole instanceof HTMLAnchorElement) leadOn(whole, store);

  converse(store, editor.replace);
  tellHeight(height);
  if (autoplay && !matchMedia("(prefers-reduced-motion: reduce)").matches) walker.toggle();
}

/**
 * What was not understood, or could not be kept.
 * @param {HTMLElement} note
 * @param {Store} store
 */
function mountNote(note, store) {
  watch(store, ["ignored"], ({ ignored }) => {
    note.hidden = ignored.length === 0;
    if (ignored.length > 0) note.textContent = say("url.ignored", { names: ignored.join(", ") });
  });
}

/**
 * The panels; where only the table was asked for, or a task, it stands alone.
 * @param {Store} store
 * @param {Editor} editor
 * @param {string[]} show
 */
async function mountTabs(store, editor, show) {
  const [{ mountPanels }, { MODULES }] = await Promise.all([import("../views/panels.js"), import("../later.js")]);
  if (!show.includes("panels")) store.apply(turned, show.includes("predict") ? "predict" : "table");
  mountPanels(part("panels"), store, editor, MODULES);
}

/**
 * The link leads to what is seen now, not to what was seen at first.
 * @param {HTMLAnchorElement} link
 * @param {Store} store
 */
function leadOn(link, store) {
  const lang = new URLSearchParams(location.search).get("lang");
  watch(
    store,
    ["source", ...SITUATION],
    (state) => {
      const search = searchOf(state.source, state.examples, state);
      link.search = lang === null || search === "" ? search : `${search}&lang=${encodeURIComponent(lang)}`;
    },
    { soon: atEase() },
  );
}
