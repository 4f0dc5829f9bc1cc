/** Keeps the address and the state in step, so that nothing is lost on reload and the back button works. */

/** @import { State, Store } from "./types.d.ts" */

import { situated } from "./store.js";
import { exampleOf, searchOf, situationOf, sourceOf } from "./url.js";

/** Milliseconds between two changes of the address: browsers refuse too many. */
const PAUSE = 250;

/**
 * @param {Store} store
 * @param {(source: string) => void} replace puts another program into the editor
 */
export function keepAddress(store, replace) {
  const follow = () => {
    const { situation, ignored } = situationOf(location.search);
    const strange = new URLSearchParams(location.search).has("example") && sourceOf(location.search, store.state.examples) === null;
    store.apply(situated, situation, strange ? ["example", ...ignored] : ignored);
  };
  follow(); // the program itself is what the server sent, or what somebody has typed since
  addEventListener("popstate", () => {
    const wanted = sourceOf(location.search, store.state.examples);
    if (wanted !== null && wanted !== store.state.source) replace(wanted);
    follow();
  });

  let written = store.state;
  let timer = 0;
  const put = () => {
    timer = 0;
    if (store.state === written) return;
    write(store.state, isTurn(written, store.state));
    written = store.state;
    timer = window.setTimeout(put, PAUSE);
  };
  store.subscribe((state) => {
    if (timer !== 0) return;
    if (state.moved === written.moved) put();
    else timer = window.setTimeout(put, PAUSE); // what moves goes on moving
  });
}

/**
 * Whether a person would want to come back to where they were before.
 * @param {State} before
 * @param {State} after
 */
function isTurn(before, after) {
  const [from, to] = [before, after].map(({ source, examples }) => exampleOf(source, examples));
  return from !== to || before.panel !== after.panel;
}

/**
 * @param {State} state
 * @param {boolean} turn
 */
function write(state, turn) {
  const lang = new URLSearchParams(location.search).get("lang");
  const search = searchOf(state.source, state.examples, state);
  const kept = lang === null || search === "" ? search : `${search}&lang=${encodeURIComponent(lang)}`;
  if (kept === location.search) return;
  const address = `${location.pathname}${kept}`;
  if (turn) history.pushState(null, "", address);
  else history.replaceState(null, "", address);
}
