/** The way downhill a person takes: an optimizer, a rate, steps; and what is said of it. */

/** @import { State, Store } from "../../types.d.ts" */
/** @import { Keys, Point } from "./here.js" */
/** @import { Optimizer } from "./descent.js" */

import { element, write } from "../../element.js";
import { number } from "../../format.js";
import { say } from "../../say.js";
import { moved } from "../../store.js";
import { choice, field } from "../controls.js";
import { placed, standing } from "../subjects.js";
import { NAMES, courseOf, createPath } from "./descent.js";

const MANY = 10;
const MOST_ROWS = 100;
const DIGITS = 6;
const NAMED = { sgd: "SGD", momentum: "SGD + momentum 0.9", adam: "Adam" };

/** @typedef {{ path: ReturnType<typeof createPath>, of: string, end: Point }} Way `end` is its last place that inputs can stand at */

/**
 * @param {Store} store
 * @param {{ visit: (state: State, keys: Keys, at: { x: number, y: number }) => Promise<Point | null>, keys: () => Keys | null, changed: () => void }} subject
 */
export function createWay(store, { visit, keys, changed }) {
  /** @type {Optimizer} */
  let optimizer = "sgd";
  let rate = 0.1;
  /** @type {Way | null} */
  let way = null;
  let busy = false;

  const restart = () => {
    way = null;
    changed();
  };
  const kind = choice(say("surface.optimizer"), (id) => {
    optimizer = /** @type {Optimizer} */ (id);
    restart();
  });
  const speed = field(say("surface.rate"), (value) => {
    if (value > 0) rate = value;
    restart();
  });
  const press = (/** @type {string} */ name, /** @type {() => void} */ action) => {
    const made = element("button", { type: "button" }, name);
    made.addEventListener("click", action);
    return made;
  };
  const buttons = [press(say("surface.step"), () => advance(1)), press(say("surface.run"), () => advance(MANY)), press(say("surface.reset"), () => back())];
  const words = element("p", { class: "words", role: "status" });
  const body = element("tbody");
  const head = element("tr");
  const table = element("table", { class: "figures" }, element("caption", { class: "voice" }, say("surface.way")), element("thead", {}, head), body);
  const list = element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": say("surface.way") }, table);
  const made = element("div", { class: "descent" }, element("div", { class: "controls" }, kind.element, speed.element, element("span", { class: "tools" }, ...buttons)), words, list);

  /**
   * What a way belongs to: the program, the two inputs, where all others stand.
   * @type {(state: State, both: Keys) => string}
   */
  const signature = (state, both) => JSON.stringify([state.drawn, both, Object.entries(placed(state)).filter(([key]) => !both.includes(key))]);

  /** @type {(state: State, both: Keys) => boolean} */
  const holds = (state, both) => way !== null && way.of === signature(state, both) && way.end.x === standing(state, both[0]) && way.end.y === standing(state, both[1]);

  /** @param {{ x: number, y: number }} to */
  const move = (to) => {
    const both = /** @type {Keys} */ (keys());
    store.apply((state) => moved(moved(state, both[0], to.x), both[1], to.y));
  };

  /** @param {number} steps */
  const advance = async (steps) => {
    const [state, both] = [store.state, keys()];
    if (busy || both === null) return;
    busy = true;
    if (!holds(state, both)) {
      const start = await visit(state, both, { x: standing(state, both[0]), y: standing(state, both[1]) });
      way = start && { path: createPath(optimizer, rate, start), of: signature(state, both), end: start };
    }
    const mine = way;
    for (let step = 0; mine && step < steps && !["diverged", "resting"].includes(courseOf(mine.path.places)); step++) {
      const to = mine.path.next();
      const place = await visit(state, both, to);
      if (place === null || way !== mine) break;
      mine.path.arrive(place);
      if (Number.isFinite(to.x) && Number.isFinite(to.y)) mine.end = place;
    }
    busy = false;
    if (mine && way === mine && store.state.drawn === state.drawn) move(mine.end);
    changed();
  };

  const back = () => {
    const [state, both] = [store.state, keys()];
    if (way !== null && both !== null && holds(state, both)) move(way.path.places[0]);
    restart();
  };

  /**
   * The places so far; none where the inputs have been moved from the way's end.
   * @param {State} state
   * @param {Keys} both
   * @param {{ x: string, y: string, z: string }} names
   */
  const update = (state, both, names) => {
    if (!busy && !holds(state, both)) way = null;
    const places = way?.path.places ?? [];
    kind.update(NAMES.map((id) => ({ id, name: NAMED[id] })), optimizer);
    speed.update(String(rate));
    buttons[2].disabled = places.length < 2;
    list.hidden = places.length < 2;
    write(words, places.length === 0 ? say("surface.invite") : sentence(places, names));
    if (list.hidden) body.replaceChildren();
    else fill(places, names);
    return places;
  };

  /**
   * @param {readonly Point[]} places
   * @param {{ x: string, y: string, z: string }} names
   */
  const fill = (places, { x, y, z }) => {
    head.replaceChildren(...[say("surface.stepHead"), x, y, z, `∂/∂${x}`, `∂/∂${y}`].map((name) => element("th", { scope: "col" }, name)));
    const rows = places.map((place, step) => [step, place.x, place.y, place.z, ...place.gradient]).slice(-MOST_ROWS).reverse();
    body.replaceChildren(...rows.map(([step, ...numbers]) => element("tr", {}, element("th", { scope: "row" }, String(step)), ...numbers.map((one) => element("td", {}, shown(one))))));
  };
  return { element: made, update };
}

/** @type {(value: number) => string} */
const shown = (value) => (Number.isFinite(value) ? number(value, DIGITS) : String(value));

/**
 * @param {readonly Point[]} places
 * @param {{ x: string, y: string, z: string }} names
 */
function sentence(places, names) {
  const { x, y, z, gradient } = places[places.length - 1];
  const values = { ...names, step: places.length - 1, atX: shown(x), atY: shown(y), value: shown(z), steep: shown(Math.hypot(...gradient)) };
  switch (courseOf(places)) {
    case "diverged":
      return say("surface.course.diverged", values);
    case "uphill":
      return say("surface.course.uphill", values);
    case "resting":
      return say("surface.course.resting", values);
    default:
      return say("surface.course.downhill", values);
  }
}
