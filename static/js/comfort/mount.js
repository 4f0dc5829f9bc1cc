/** What makes the page comfortable: borders that move, the list of keys, the tour. */

import { mountShortcuts } from "./shortcuts.js";
import { mountSplitter } from "./splitter.js";
import { mountTour } from "./tour.js";

const part = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** No part gets narrower than this, in pixels. */
const LEAST = 280;

export function mountComfort() {
  const page = /** @type {HTMLElement} */ (document.querySelector("main"));
  const program = /** @type {HTMLElement} */ (page.querySelector(".program"));
  const most = () => page.clientWidth - 2 * LEAST;
  mountSplitter(page, { handle: part("split-program"), part: program, side: "end", property: "--program-width", least: LEAST, most });
  mountSplitter(page, { handle: part("split-panels"), part: part("panels"), side: "start", property: "--panels-width", least: LEAST, most });
  mountShortcuts(/** @type {HTMLDialogElement} */ (part("keys")), part("keys-button"));
  mountTour(part("tour"), part("tour-button"));
}
