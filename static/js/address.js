/** Keeps the address and the state in step, so that nothing is lost on reload and the back button works. */

/** @import { OpenedLink, State, Store } from "./types.d.ts" */

import { addressOf, linkOf, pathOf, situationAt } from "./linked.js";
import { arrived } from "./predict/transitions.js";
import { exampleOf, sourceOf } from "./url.js";

/** Milliseconds between two changes of the address: browsers refuse too many. */
const PAUSE = 250;

/**
 * @param {Store} store
 * @param {(source: string) => void} replace puts another program into the editor
 */
export function keepAddress(store, replace) {
  const link = linkOf(document);
  const here = () => (link !== null && location.pathname === pathOf(link) ? link : null);
  const follow = () => {
    const { situation, ignored } = situationAt(location.search, here());
    const strange = new URLSearchParams(location.search).has("example") && sourceOf(location.search, store.state.examples) === null;
    store.apply(arrived, situation, strange ? ["example", ...ignored] : ignored);
  };
  follow(); // the program itself is what the server sent, or what somebody has typed since
  addEventListener("popstate", () => {
    const wanted = here()?.state.source ?? sourceOf(location.search, store.state.examples);
    if (wanted !== null && wanted !== store.state.source) replace(wanted);
    follow();
  });

  let written = store.state;
  let timer = 0;
  const put = () => {
    timer = 0;
    if (store.state === written) return;
    write(store.state, link, isTurn(written, store.state));
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
 * @param {OpenedLink | null} link
 * @param {boolean} turn
 */
function write(state, link, turn) {
  const lang = new URLSearchParams(location.search).get("lang");
  const { path, search } = addressOf(state, link, location.pathname);
  const kept = lang === null || (search === "" && link === null) ? search : `${search === "" ? "?" : `${search}&`}lang=${encodeURIComponent(lang)}`;
  const address = `${path}${kept}`;
  if (address === location.pathname + location.search) return;
  if (turn) history.pushState(null, "", address);
  else history.replaceState(null, "", address);
}
