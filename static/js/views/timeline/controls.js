/** The parts of the timeline: its buttons, its slider and its choice of speed. */

import { say } from "../../say.js";

export const SPEEDS = [0.5, 1, 2, 4];

/** Signs of the buttons, as outlines on a square of 16. */
const SIGNS = {
  first: "M3 3v10M13 3L6 8l7 5z",
  back: "M11.5 3L4.5 8l7 5z",
  play: "M4 2.5L13 8l-9 5.5z",
  pause: "M5 3v10M11 3v10",
  forward: "M4.5 3l7 5-7 5z",
  last: "M13 3v10M3 3l7 5-7 5z",
};

/** @typedef {keyof typeof SIGNS} Sign */
/** @typedef {ReturnType<typeof build>} Parts */

/**
 * Builds the parts into an element.
 * @param {HTMLElement} element
 */
export function build(element) {
  const buttons = element.ownerDocument.createElement("div");
  buttons.className = "buttons";
  const [first, back, play, forward, last] = [
    button("first", say("timeline.first"), "Home"),
    button("back", say("timeline.back"), ","),
    button("play", say("timeline.play"), say("timeline.space")),
    button("forward", say("timeline.forward"), "."),
    button("last", say("timeline.last"), "End"),
  ];
  buttons.append(first, back, play, forward, last);
  const slider = document.createElement("input");
  Object.assign(slider, { type: "range", min: "0", step: "1" });
  slider.setAttribute("aria-label", say("timeline.step"));
  const count = document.createElement("output");
  count.className = "count";
  count.setAttribute("aria-live", "off");
  const speed = document.createElement("select");
  speed.setAttribute("aria-label", say("timeline.speed"));
  speed.title = say("timeline.speed");
  speed.append(...SPEEDS.map((beats) => new Option(say("timeline.times", { beats: String(beats) }), String(beats), beats === 1, beats === 1)));
  const all = document.createElement("button");
  Object.assign(all, { type: "button", className: "all", textContent: say("timeline.all"), title: `${say("timeline.allTitle")} (Esc)` });
  const row = document.createElement("div");
  row.className = "controls";
  row.append(buttons, slider, count, speed, all);
  element.prepend(row);
  return { first, back, play, forward, last, slider, count, speed, all };
}

/**
 * @param {Sign} sign
 * @param {string} name
 * @param {string} key
 */
function button(sign, name, key) {
  const made = document.createElement("button");
  made.type = "button";
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  svg.append(document.createElementNS("http://www.w3.org/2000/svg", "path"));
  made.append(svg);
  mark(made, sign, name, key);
  return made;
}

/**
 * Gives a button a sign and a name.
 * @param {HTMLButtonElement} made
 * @param {Sign} sign
 * @param {string} name
 * @param {string} key
 */
export function mark(made, sign, name, key) {
  made.querySelector("path")?.setAttribute("d", SIGNS[sign]);
  made.setAttribute("aria-label", name);
  made.title = `${name} (${key})`;
}
