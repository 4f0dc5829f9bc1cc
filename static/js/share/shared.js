/** What of the page is shared: its addresses, as it stands, in the way that was chosen. */

/** @import { State } from "../types.d.ts" */
/** @import { Shared } from "./lines.js" */

import { searchOf } from "../url.js";

/** Pixels that suit a program with a small graph. */
const HEIGHT = 480;

/** @typedef {Record<string, string>} Choices parameters of the frame that are not as usual */

/**
 * @param {State} state
 * @param {{ id: string | null, choices: Choices, origin: string, title: string, lang: string | null }} how with the id of a short link
 * @returns {Shared | null} null for a program that is too long for an address, and has no short link
 */
export function sharedOf(state, { id, choices, origin, title, lang }) {
  const search = id === null ? searchOf(state.source, state.examples, state) : "";
  if (id === null && search === "") return null;
  const spoken = lang === null ? {} : { lang };
  const query = withAll(search, spoken);
  const framing = withAll(search, { ...spoken, ...choices });
  const said = Object.fromEntries(new URLSearchParams(framing));
  return {
    origin,
    title,
    height: HEIGHT,
    page: id === null ? `/${query}` : `/z/${id}${query}`,
    frame: id === null ? `/embed${framing}` : `/embed/${id}${framing}`,
    picture: id === null ? `/api/v1/export/png?${pictured(state)}` : `/z/${id}.png`,
    short: id === null ? "" : `/z/${id}`,
    attributes: id === null ? said : { link: id, ...said },
  };
}

/**
 * A query with more in it.
 * @param {string} search
 * @param {Record<string, string>} more
 */
function withAll(search, more) {
  const query = new URLSearchParams(search);
  for (const [name, value] of Object.entries(more)) query.set(name, value);
  return query.size > 0 ? `?${query}` : "";
}

/**
 * What the picture is asked for with.
 * @param {State} state
 */
function pictured({ source, moved, accumulation }) {
  const inputs = Object.keys(moved).length > 0 && { inputs: JSON.stringify(moved) };
  return new URLSearchParams({ source, ...inputs, ...(accumulation !== "pytorch" && { accumulation }) });
}
