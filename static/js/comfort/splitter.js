/** A border between two parts of the page that can be moved: by pointer, by arrow keys; double-click puts it back. */

import { remember, remembered } from "./memory.js";

/** Pixels an arrow key moves it. */
const STEP = 16;

/**
 * @typedef {object} Border
 * @property {HTMLElement} handle the separator
 * @property {HTMLElement} part the part whose width is set; its near side stays where it is
 * @property {"start" | "end"} side of the part at which the handle stands
 * @property {string} property the custom property that takes the width, and the name it is remembered by
 * @property {number} least
 * @property {() => number} most
 */

/**
 * @param {HTMLElement} page where the property is set
 * @param {Border} border
 */
export function mountSplitter(page, border) {
  const { handle, part, side, property, least } = border;
  const width = widthOf(page, border);
  handle.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    handle.setPointerCapture(event.pointerId);
  });
  handle.addEventListener("pointermove", ({ pointerId, clientX }) => {
    if (!handle.hasPointerCapture(pointerId)) return;
    const { left, right } = part.getBoundingClientRect();
    width.keep(side === "end" ? clientX - left : right - clientX);
  });
  handle.addEventListener("dblclick", width.forget);
  handle.addEventListener("keydown", (event) => {
    const outward = side === "end" ? STEP : -STEP;
    const now = part.offsetWidth;
    const to = { ArrowRight: now + outward, ArrowLeft: now - outward, Home: least, End: border.most() }[event.key];
    if (to === undefined && event.key !== "Escape") return;
    event.preventDefault();
    if (to === undefined) width.forget();
    else width.keep(to);
  });
  const before = Number(remembered(property));
  width.set(before > 0 ? before : null);
  addEventListener("resize", width.tell);
}

/**
 * The width on one side of the border.
 * @param {HTMLElement} page
 * @param {Border} border
 */
function widthOf(page, { handle, part, property, least, most }) {
  const tell = () => {
    handle.setAttribute("aria-valuemin", String(least));
    handle.setAttribute("aria-valuemax", String(Math.round(most())));
    handle.setAttribute("aria-valuenow", String(Math.round(part.offsetWidth)));
  };
  /** @param {number | null} width null for what the page gives by itself */
  const set = (width) => {
    if (width === null) page.style.removeProperty(property);
    else page.style.setProperty(property, `${clamp(width, least, most())}px`);
    tell();
  };
  /** @param {number} width */
  const keep = (width) => {
    set(width);
    remember(property, String(Math.round(part.offsetWidth)));
  };
  const forget = () => {
    set(null);
    remember(property, null);
  };
  return { tell, set, keep, forget };
}

/**
 * @param {number} value
 * @param {number} least
 * @param {number} most
 */
const clamp = (value, least, most) => Math.max(least, Math.min(value, most));
