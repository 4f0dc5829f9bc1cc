/** Brings the picture to life: what is not needed to look at it. */

/** @import { Editor, Store } from "../types.d.ts" */
/** @import { Picture } from "./types.d.ts" */

import { mountClosing } from "../own/closing.js";
import { mountControls } from "./controls.js";
import { mountEmphasis } from "./emphasis.js";
import { mountFrames } from "./frames.js";
import { mountGrip } from "./grip.js";
import { listen } from "./interaction.js";
import { mountLive } from "./live.js";
import { mountMinimap } from "./minimap.js";
import { planOf, planned } from "./scopes.js";
import { mountSearch } from "./search.js";
import { mountStepping } from "./stepping.js";

/**
 * @param {Picture} picture
 * @param {Store} store
 * @param {Editor} editor
 */
export function mountGraph(picture, store, editor) {
  picture.scope({ planOf, planned });
  mountEmphasis(picture);
  listen(picture, store, editor);
  mountGrip(picture, store);
  mountSearch(picture, store);
  mountControls(picture, store);
  mountFrames(picture, store);
  mountClosing(picture);
  mountStepping(picture);
  mountLive(picture);
  mountMinimap(picture);
}
