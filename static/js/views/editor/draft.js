/** A draft of what is typed, kept by the browser and offered back if the tab ended without a word. */

/** @import { Store } from "../../types.d.ts" */
/** @import { Kept } from "./kept.js" */
/** @import { Notice } from "./notice.js" */

import { linkOf } from "../../linked.js";
import { say } from "../../say.js";
import { exampleOf, sourceOf } from "../../url.js";

/** Milliseconds without typing before the draft is kept. */
const PAUSE = 500;

/**
 * Whether a draft is worth offering: it says something that is neither in the editor nor an example.
 * @param {string | null} draft
 * @param {import("../../types.d.ts").State} state
 * @returns {draft is string}
 */
export const worthOffering = (draft, { source, examples }) =>
  draft !== null && draft.trim() !== "" && draft !== source && exampleOf(draft, examples) === undefined;

/**
 * @param {Store} store
 * @param {Kept} kept
 * @param {Notice} notice
 * @param {(source: string) => void} replace
 */
export function offerDraft(store, kept, notice, replace) {
  const draft = kept.draft();
  if (worthOffering(draft, store.state)) {
    notice.say(say("editor.draft"), [
      { label: say("editor.restore"), act: () => replace(draft) },
      { label: say("editor.discard"), act: () => kept.keepDraft(null) },
    ]);
  }
  let { source } = store.state;
  let timer = setTimeout(() => undefined);
  store.subscribe((state) => {
    if (state.source === source) return;
    source = state.source;
    clearTimeout(timer);
    timer = setTimeout(() => kept.keepDraft(store.state.source), PAUSE);
  });
  // Left in good order, the address holds the program, or it is the page's own; a draft is for what neither holds, and for a crash.
  addEventListener("pagehide", () => {
    clearTimeout(timer);
    const { source, examples } = store.state;
    const held = exampleOf(source, examples) !== undefined || [sourceOf(location.search, examples), linkOf(document)?.state.source].includes(source);
    if (held) kept.keepDraft(null);
    else if (source !== draft) kept.keepDraft(source);
  });
}
