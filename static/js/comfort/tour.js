/** Five stops that show a newcomer around. Can be left at every one, and called again. */

import { say } from "../say.js";
import { remember, remembered } from "./memory.js";

/** What is shown, and the text that says what it is for. */
const STOPS = /** @type {const} */ ([
  ["#editor", "tour.program"],
  ["#picture", "tour.picture"],
  ["#timeline", "tour.steps"],
  ["#inputs", "tour.inputs"],
  ["#panels", "tour.panels"],
]);
/** Pixels between what is shown and what is said about it. */
const GAP = 10;
const VISITED = "toured";

/**
 * @param {HTMLElement} card
 * @param {HTMLElement} opener
 */
export function mountTour(card, opener) {
  const [back, next, end] = /** @type {HTMLButtonElement[]} */ (Array.from(card.querySelectorAll("button")));
  let at = -1;
  /** @param {number} to */
  const go = (to) => {
    at = show(card, to) ? to : -1;
    if (at >= 0) return;
    remember(VISITED, "yes");
    opener.focus();
  };
  opener.addEventListener("click", () => {
    opener.classList.remove("new");
    go(0);
  });
  back?.addEventListener("click", () => go(at - 1));
  next?.addEventListener("click", () => go(at + 1));
  end?.addEventListener("click", () => go(-1));
  card.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    go(-1);
  });
  addEventListener("resize", () => at >= 0 && go(at));
  opener.classList.toggle("new", remembered(VISITED) === null);
}

/**
 * Shows one stop; false, and nothing, where there is no such stop.
 * @param {HTMLElement} card
 * @param {number} at
 */
function show(card, at) {
  for (const one of document.querySelectorAll(".toured")) one.classList.remove("toured");
  const stops = STOPS.filter(([selector]) => shown(document.querySelector(selector)));
  const [selector, key] = stops[at] ?? [];
  const element = selector === undefined ? null : document.querySelector(selector);
  card.hidden = element === null;
  if (element === null || key === undefined) return false;
  element.classList.add("toured");
  element.scrollIntoView({ block: "nearest" });
  write(card, say(key), say("tour.place", { at: at + 1, of: stops.length }));
  const [back, next] = Array.from(card.querySelectorAll("button"));
  back?.toggleAttribute("disabled", at === 0);
  next?.replaceChildren(say(at === stops.length - 1 ? "tour.end" : "tour.next"));
  put(card, element);
  next?.focus();
  return true;
}

/**
 * @param {HTMLElement} card
 * @param {string} text
 * @param {string} place
 */
function write(card, text, place) {
  card.querySelector("p")?.replaceChildren(text);
  card.querySelector("[data-part=place]")?.replaceChildren(place);
}

/** @param {Element | null} element */
const shown = (element) => element instanceof HTMLElement && element.offsetParent !== null;

/**
 * Puts the card below what it speaks of, else above, and never outside the window.
 * @param {HTMLElement} card
 * @param {Element} element
 */
function put(card, element) {
  const { left, top, bottom } = element.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = card;
  const below = bottom + GAP + height <= innerHeight;
  const y = below ? bottom + GAP : Math.max(GAP, top - GAP - height);
  card.style.insetInlineStart = `${Math.max(GAP, Math.min(left, innerWidth - width - GAP))}px`;
  card.style.insetBlockStart = `${Math.min(y, innerHeight - height - GAP)}px`;
}
