/** A short link: what the page was opened with, and what of the page's state one holds. */

/** @import { LinkState, OpenedLink, Situation, State } from "./types.d.ts" */

import { PLAIN } from "./store.js";
import { directionOf, LAYOUTS, searchOf, situationOf } from "./url.js";

/** What says in an address that it says everything, and leaves nothing to the link. */
const ALL = "v";

/**
 * The link that the page was opened with, if it was.
 * @param {Document} page
 * @returns {OpenedLink | null}
 */
export function linkOf(page) {
  const text = page.getElementById("link")?.textContent;
  if (!text) return null;
  /** @type {OpenedLink} */
  const { id, state } = JSON.parse(text);
  return { id, state: { ...state, source: state.source.replace(/\r\n?/g, "\n") } }; // as a text area has it
}

/**
 * @param {LinkState} link
 * @returns {Situation}
 */
export function situationOfLink({ inputs, step, node, panel, accumulation, passes, layout, expand, engine, task = null }) {
  return { moved: inputs, step, selected: node, panel, accumulation, passes, direction: directionOf(layout) ?? null, expand, engine, task };
}

/**
 * What a link to this holds.
 * @param {Pick<State, "source" | keyof Situation>} state
 * @returns {LinkState}
 */
export function linkTo({ source, moved, step, selected, panel, accumulation, passes, direction, expand, engine, task }) {
  return { source, inputs: moved, step, node: selected, panel, accumulation, passes, layout: direction && LAYOUTS[direction], expand, engine, task };
}

/**
 * What an address says beside the program: its query where that says everything, else the link.
 * @param {string} search
 * @param {OpenedLink | null} link
 */
export function situationAt(search, link) {
  if (link === null || new URLSearchParams(search).has(ALL)) return situationOf(search);
  return { situation: { ...PLAIN, ...situationOfLink(link.state) }, ignored: [] };
}

/**
 * The path and query of a state. What a link's own program goes through stays behind the link, another program does not.
 * @param {State} state
 * @param {OpenedLink | null} link
 * @param {string} path where the page is
 */
export function addressOf(state, link, path) {
  if (link === null) return { path, search: searchOf(state.source, state.examples, state) };
  if (state.source !== link.state.source) return { path: "/", search: searchOf(state.source, state.examples, state) };
  const search = searchOf(null, [], state);
  const same = search === searchOf(null, [], situationOfLink(link.state));
  return { path: pathOf(link), search: same ? "" : search };
}

/** @param {OpenedLink} link */
export const pathOf = ({ id }) => `/z/${id}`;
