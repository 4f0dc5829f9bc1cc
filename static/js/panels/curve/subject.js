/** Which curve is looked at, and what it is: computed here where the page can, else asked for. */

/** @import { State } from "../../types.d.ts" */
/** @import { Replay, Secant } from "../../replay/types.d.ts" */
/** @import { Interval } from "../plot/scale.js" */
/** @import { Progress } from "../service.js" */
/** @import { Curve } from "./here.js" */

import { inputsOf } from "../../inputs/program.js";
import { rangeOf } from "../../inputs/range.js";
import { replayFor } from "../../numbers.js";
import { secant, secants } from "../../replay/curve.js";
import { holding } from "../plot/scale.js";
import { Asker, taking } from "../service.js";
import { placed, programOf, selectedKey, standing } from "../subjects.js";
import { curveAnswered, curveHere, numeric } from "./here.js";

const ASKED_POINTS = 200;

/** @typedef {{ curve: Curve, chord: Secant | null, table: readonly Secant[], here: boolean, stale: boolean, partly: boolean }} Found */

export class CurveSubject {
  /** @type {Map<string, Interval>} */
  #ranges = new Map();
  /** @type {string | null} */
  key = null;
  /** @type {number | null} the node looked at; null for the output */
  result = null;
  h = 1;
  /** @type {number | null} */
  #followed = null;
  /** @type {Curve | null} */
  #curve = null;
  /** @type {Secant | null} */
  #chord = null;
  /** @type {Secant[]} */
  #table = [];
  #partly = false;

  /**
   * @param {() => void} changed
   * @param {(progress: Progress<any> | null) => void} tell
   */
  constructor(changed, tell) {
    this.changed = changed;
    this.tell = tell;
    this.askers = {
      curve: new Asker("curve", taking((answer) => this.#takeCurve(answer), changed, tell)),
      chord: new Asker("curve", taking((answer) => this.#takeChord(answer), changed, tell)),
      table: new Asker("gradcheck", taking(({ steps }) => (this.#table = stepsAnswered(steps)), changed, tell)),
    };
  }

  /** @param {any} answer */
  #takeCurve(answer) {
    this.#curve = curveAnswered(answer);
    this.#partly = answer.done < answer.count;
  }

  /** @param {any} answer */
  #takeChord(answer) {
    const { point, ys } = curveAnswered(answer);
    const slope = (ys[ys.length - 1] - point.y) / this.h;
    this.#chord = { h: this.h, slope, error: slope - point.slope };
  }

  /**
   * The input and the result that are looked at: the chosen ones while they are there; a selected input is followed.
   * @param {State} state
   */
  settle(state) {
    const keys = inputsOf(state.document).map(({ key }) => key);
    if (state.selected !== this.#followed) this.key = selectedKey(state) ?? this.key;
    this.#followed = state.selected;
    if (this.key === null || !keys.includes(this.key)) this.key = keys[0] ?? null;
    const there = state.document?.nodes.some(({ id, kind }) => id === this.result && kind === "operation");
    if (!there || this.result === state.document?.graph.output) this.result = null;
    return this.key;
  }

  /**
   * The range an input is looked at in: the chosen one, moved where the input has left it.
   * @param {State} state
   */
  range(state) {
    const key = this.key ?? "";
    const value = standing(state, key);
    const known = this.#ranges.get(key);
    const { min, max } = rangeOf(Number.isFinite(value) ? value : 0);
    const range = holding(known ?? [min, max], value);
    this.#ranges.set(key, range);
    return range;
  }

  /**
   * What there is to show now; null while the first answer is awaited.
   * @param {State} state
   * @returns {Found | null}
   */
  look(state) {
    const replay = replayFor(state.document);
    return replay ? this.#here(state, replay) : this.#asked(state);
  }

  /** @type {(state: State, replay: Replay) => Found} */
  #here(state, replay) {
    for (const asker of Object.values(this.askers)) asker.forget();
    this.tell(null);
    const key = /** @type {string} */ (this.key);
    const view = { moved: placed(state), ...this.#node() };
    const curve = curveHere(replay, key, this.range(state), view);
    return { curve, chord: secant(replay, key, this.h, view), table: secants(replay, key, view), here: true, stale: false, partly: false };
  }

  /** @type {(state: State) => Found | null} */
  #asked(state) {
    const input = /** @type {string} */ (this.key);
    const of = { ...programOf(state), input, ...this.#node() };
    const x = standing(state, input);
    const [from, to] = this.range(state);
    this.askers.curve.ask({ ...of, from, to, count: ASKED_POINTS });
    this.askers.chord.ask({ ...of, from: x, to: x + this.h, count: 2 });
    if (this.result === null) this.askers.table.ask({ ...programOf(state), input });
    else this.#table = [];
    if (this.#curve === null) return null;
    return { curve: this.#curve, chord: this.#chord, table: this.#table, here: false, stale: this.#curve.point.x !== x, partly: this.#partly };
  }

  #node() {
    return this.result === null ? {} : { node: this.result };
  }

  again() {
    for (const asker of Object.values(this.askers)) asker.again();
  }

  /**
   * Another input, or another result.
   * @param {Partial<Pick<CurveSubject, "key" | "result">>} other
   */
  choose(other) {
    Object.assign(this, other);
    [this.#curve, this.#chord, this.#table] = [null, null, []];
    this.changed();
  }

  /** @param {Interval | null} range null for what suits the input */
  lookAt(range) {
    if (range) this.#ranges.set(this.key ?? "", range);
    else this.#ranges.delete(this.key ?? "");
    this.changed();
  }

  /** @param {number} h */
  stretch(h) {
    this.h = h;
    this.changed();
  }
}

/**
 * The service's table of secants, in numbers.
 * @param {{ slope: unknown, rows: { h: number, slope: unknown }[] } | null} steps
 * @returns {Secant[]}
 */
const stepsAnswered = (steps) => steps?.rows.map(({ h, slope }) => ({ h, slope: numeric(slope), error: numeric(slope) - numeric(steps.slope) })) ?? [];
