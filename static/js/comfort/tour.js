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
  const text = /** @type {HTMLElement} */ (card.querySelector("p"));
  const place = /** @type {HTMLElement} */ (card.querySelector("[data-part=place]"));
  const [back, next, end] = /** @type {HTMLButtonElement[]} */ (Array.from(card.querySelectorAll("button")));
  if (!back || !next || !end) return;
  let at = -1;

  const stops = () => STOPS.filter(([selector]) => shown(document.querySelector(selector)));
  /** @param {number} to */
  const go = (to) => {
    for (const one of document.querySelectorAll(".toured")) one.classList.remove("toured");
    const stop = stops()[to];
    at = stop ? to : -1;
    card.hidden = !stop;
    if (!stop) {
      remember(VISITED, "yes");
      opener.focus();
      return;
    }
    const [selector, key] = stop;
    const element = /** @type {HTMLElement} */ (document.querySelector(selector));
    element.classList.add("toured");
    element.scrollIntoView({ block: "nearest" });
    text.textContent = say(key);
    place.textContent = say("tour.place", { at: to + 1, of: stops().length });
    back.disabled = to === 0;
    next.textContent = say(to === stops().length - 1 ? "tour.end" : "tour.next");
    put(card, element);
    next.focus();
  };

  opener.addEventListener("click", () => go(0));
  back.addEventListener("click", () => go(at - 1));
  next.addEventListener("click", () => go(at + 1));
  end.addEventListener("click", () => go(-1));
  card.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    go(-1);
  });
  addEventListener("resize", () => at >= 0 && go(at));
  opener.classList.toggle("new", remembered(VISITED) === null);
  opener.addEventListener("click", () => opener.classList.remove("new"), { once: true });
}

/** @param {Element | null} element */
const shown = (element) => element instanceof HTMLElement && element.offsetParent !== null;

/**
 * Puts the card below what it speaks of, else above, and never outside the window.
 * @param {HTMLElement} card
 * @param {HTMLElement} element
 */
function put(card, element) {
  const { left, top, bottom } = element.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = card;
  const below = bottom + GAP + height <= innerHeight;
  const y = below ? bottom + GAP : Math.max(GAP, top - GAP - height);
  card.style.insetInlineStart = `${Math.max(GAP, Math.min(left, innerWidth - width - GAP))}px`;
  card.style.insetBlockStart = `${Math.min(y, innerHeight - height - GAP)}px`;
}
