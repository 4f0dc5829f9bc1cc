/** Brings the picture to life: what is not needed to look at it. */

/** @import { Editor, Store } from "../types.d.ts" */
/** @import { Picture } from "./picture.js" */

import { mountEmphasis } from "./emphasis.js";
import { listen } from "./interaction.js";

/**
 * @param {Picture} picture
 * @param {Store} store
 * @param {Editor} editor
 */
export function mountGraph(picture, store, editor) {
  mountEmphasis(picture);
  listen(picture, store, editor);
}
