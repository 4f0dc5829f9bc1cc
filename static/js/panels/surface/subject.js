/** Which surface is looked at, and what it is: computed here where the page can, else asked for. */

/** @import { GraphDocument, Moved, State } from "../../types.d.ts" */
/** @import { Replay } from "../../replay/types.d.ts" */
/** @import { Interval } from "../plot/scale.js" */
/** @import { Progress } from "../service.js" */
/** @import { Grid, Keys, Point, Ranges } from "./here.js" */

import { rangeOf } from "../../inputs/range.js";
import { replayFor } from "../../numbers.js";
import { holding } from "../plot/scale.js";
import { Asker, ask, taking } from "../service.js";
import { inputOptions, placed, programOf, standing } from "../subjects.js";
import { gridAnswered, gridHere, pointAnswered, pointHere } from "./here.js";

const ASKED_SIZE = 64;
const FEWEST = 2;
const NOWHERE = /** @type {const} */ ([NaN, NaN]);

/** @typedef {{ grid: Grid, point: Point, here: boolean, stale: boolean, partly: boolean }} Found */

export class SurfaceSubject {
  /** @type {Map<string, Interval>} */
  #ranges = new Map();
  /** @type {Keys | null} */
  keys = null;
  /** @type {{ document: GraphDocument | null, of: string, grid: Grid, partly: boolean } | null} */
  #made = null;
  /** @type {Point | null} */
  #point = null;
  #wanted = "";

  /**
   * @param {() => void} changed
   * @param {(progress: Progress<any> | null) => void} tell
   */
  constructor(changed, tell) {
    this.changed = changed;
    this.tell = tell;
    this.askers = {
      grid: new Asker("surface", taking((answer) => this.#takeGrid(answer), changed, tell)),
      point: new Asker("surface", taking((answer) => (this.#point = pointAnswered(answer)), changed, tell)),
    };
  }

  /** @param {any} answer */
  #takeGrid(answer) {
    this.#made = { document: null, of: this.#wanted, grid: gridAnswered(answer), partly: answer.done < answer.count };
  }

  /**
   * @param {State} state
   * @returns {Keys | null} null where there are fewer than two inputs
   */
  settle(state) {
    const there = inputOptions(state.document).map(({ id }) => id);
    if (there.length < FEWEST) return (this.keys = null);
    if (!this.keys?.every((key) => there.includes(key))) this.keys = [there[0], there[1]];
    return this.keys;
  }

  /** @type {(state: State, both: Keys) => Ranges} */
  ranges(state, [x, y]) {
    return [this.#range(state, x), this.#range(state, y)];
  }

  /** @type {(state: State, key: string) => Interval} */
  #range(state, key) {
    const value = standing(state, key);
    const { min, max } = rangeOf(Number.isFinite(value) ? value : 0);
    const range = holding(this.#ranges.get(key) ?? [min, max], value);
    this.#ranges.set(key, range);
    return range;
  }

  /**
   * What there is to show now; null while the first answer is awaited.
   * @param {State} state
   * @param {Keys} both
   * @returns {Found | null}
   */
  look(state, both) {
    const of = JSON.stringify([both, this.ranges(state, both), without(placed(state), both)]);
    const replay = replayFor(state.document);
    return replay ? this.#here(state, both, of, replay) : this.#asked(state, both, of);
  }

  /** @type {(state: State, both: Keys, of: string, replay: Replay) => Found} */
  #here(state, both, of, replay) {
    for (const asker of Object.values(this.askers)) asker.forget();
    this.tell(null);
    if (this.#made?.of !== of || this.#made.document !== state.document) {
      this.#made = { document: state.document, of, grid: gridHere(replay, both, this.ranges(state, both), placed(state)), partly: false };
    }
    return { grid: this.#made.grid, point: pointHere(replay, both, placed(state)), here: true, stale: false, partly: false };
  }

  /** @type {(state: State, both: Keys, of: string) => Found | null} */
  #asked(state, both, of) {
    this.#wanted = of;
    const question = this.#question(state, both);
    this.askers.grid.ask({ ...question, inputs: without(state.moved, both), size: ASKED_SIZE });
    this.askers.point.ask({ ...question, size: FEWEST });
    const [x, y] = both.map((key) => standing(state, key));
    const known = this.#point?.x === x && this.#point.y === y;
    const point = known && this.#point ? this.#point : { x, y, z: NaN, gradient: NOWHERE };
    return this.#made && { grid: this.#made.grid, point, here: false, stale: this.#made.of !== of, partly: this.#made.partly };
  }

  /** @type {(state: State, both: Keys) => object} */
  #question(state, both) {
    const [[x_from, x_to], [y_from, y_to]] = this.ranges(state, both);
    return { ...programOf(state), x: both[0], x_from, x_to, y: both[1], y_from, y_to };
  }

  /**
   * The numbers at a place, for a way downhill; null where the service could not be asked.
   * @param {State} state
   * @param {Keys} both
   * @param {{ x: number, y: number }} at
   * @returns {Promise<Point | null>}
   */
  async visit(state, both, { x, y }) {
    if (!Number.isFinite(x) || !Number.isFinite(y)) return { x, y, z: NaN, gradient: NOWHERE };
    const there = { [both[0]]: x, [both[1]]: y };
    const replay = replayFor(state.document);
    if (replay) return pointHere(replay, both, { ...placed(state), ...there });
    const question = { ...this.#question(state, both), inputs: { ...state.moved, ...there }, size: FEWEST };
    const reply = await ask("surface", question, new AbortController().signal);
    if (reply.kind === "answer") return pointAnswered(/** @type {any} */ (reply.answer));
    this.tell(reply.kind === "refused" ? reply : { kind: "away" });
    return null;
  }

  again() {
    for (const asker of Object.values(this.askers)) asker.again();
  }

  /**
   * Another input for one of the two; where it is the other one, they change places.
   * @param {0 | 1} which
   * @param {string} key
   */
  choose(which, key) {
    if (this.keys === null) return;
    const other = this.keys[1 - which] === key ? this.keys[which] : this.keys[1 - which];
    this.keys = which === 0 ? [key, other] : [other, key];
    [this.#made, this.#point] = [null, null];
    this.changed();
  }

  /** @param {Ranges | null} to null for what suits the inputs */
  lookAt(to) {
    if (to) this.keys?.forEach((key, i) => this.#ranges.set(key, to[i]));
    else this.#ranges.clear();
    this.changed();
  }
}

/** @type {(numbers: Moved, both: Keys) => Moved} */
const without = (numbers, both) => Object.fromEntries(Object.entries(numbers).filter(([key]) => !both.includes(key)));
