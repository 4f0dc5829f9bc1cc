/** CodeMirror's styles under the page's policy, which lets no style element in: sheets are adopted instead. */

import { StyleModule } from "../../../vendor/codemirror.js";

/**
 * Lets the document adopt what CodeMirror styles. It would do so by itself inside a shadow tree, and takes the set of
 * sheets it finds on a root; so the set is made on a stand-in for one, and handed to the document.
 */
export function adoptStyles() {
  const root = Object.assign(Object.create(null), { ownerDocument: document, adoptedStyleSheets: [] });
  StyleModule.mount(root, []);
  for (const key of Object.getOwnPropertySymbols(root)) {
    if (!Object.hasOwn(document, key)) Object.defineProperty(document, key, { value: root[key] });
  }
}
