/** Which curve is looked at, and what it is: computed here where the page can, else asked for. */

/** @import { State } from "../../types.d.ts" */
/** @import { Replay, Secant } from "../../replay/types.d.ts" */
/** @import { Interval } from "../plot/scale.js" */
/** @import { Progress } from "../service.js" */
/** @import { Curve } from "./here.js" */

import { rangeOf } from "../../inputs/range.js";
import { replayFor } from "../../numbers.js";
import { secant, secants } from "../../replay/curve.js";
import { holding } from "../plot/scale.js";
import { createAsker } from "../service.js";
import { placed, programOf, selectedKey, standing } from "../subjects.js";
import { curveAnswered, curveHere, numeric } from "./here.js";

const ASKED_POINTS = 200;

/** @typedef {{ curve: Curve, chord: Secant | null, table: readonly Secant[], here: boolean, stale: boolean, partly: boolean }} Found */

/**
 * @param {() => void} changed
 * @param {(progress: Progress<unknown> | null) => void} tell
 */
export function createSubject(changed, tell) {
  /** @type {Map<string, Interval>} */
  const ranges = new Map();
  /** @type {string | null} */
  let key = null;
  /** @type {number | null} */
  let result = null;
  /** @type {number | null} */
  let followed = null;
  let h = 1;
  /** @type {Curve | null} */
  let curve = null;
  /** @type {Secant | null} */
  let chord = null;
  /** @type {Secant[]} */
  let table = [];
  let partly = false;

  /** @type {(take: (answer: any) => void) => (progress: Progress<any>) => void} */
  const taking = (take) => (progress) => {
    if (progress.kind === "answer") {
      take(progress.answer);
      changed();
    }
    tell(progress);
  };
  const asker = createAsker("curve", taking((answer) => {
    curve = curveAnswered(answer);
    partly = answer.done < answer.count;
  }));
  const chords = createAsker("curve", taking((answer) => {
    const { point, ys } = curveAnswered(answer);
    const measured = (ys[ys.length - 1] - point.y) / h;
    chord = { h, slope: measured, error: measured - point.slope };
  }));
  const tables = createAsker("gradcheck", taking(({ steps }) => {
    table = steps === null ? [] : steps.rows.map((/** @type {any} */ row) => ({ h: row.h, slope: numeric(row.slope), error: numeric(row.slope) - numeric(steps.slope) }));
  }));

  /**
   * The input and the result that are looked at: the chosen ones while they are there; a selected input is followed.
   * @param {State} state
   */
  const settle = (state) => {
    const keys = (state.document?.nodes ?? []).filter((node) => node.kind === "input" && node.key !== null).map((node) => node.key);
    if (state.selected !== followed) key = selectedKey(state) ?? key;
    followed = state.selected;
    if (!keys.includes(key)) key = keys[0] ?? null;
    const there = state.document?.nodes.some(({ id, kind }) => id === result && kind === "operation");
    if (!there || result === state.document?.graph.output) result = null;
    return key;
  };

  /**
   * @param {State} state
   * @param {string} input
   */
  const rangeFor = (state, input) => {
    const value = standing(state, input);
    const known = ranges.get(input);
    const { min, max } = rangeOf(Number.isFinite(value) ? value : 0);
    const range = holding(known ?? [min, max], value);
    if (range !== known) ranges.set(input, range);
    return range;
  };

  /**
   * What there is to show now; null while the first answer is awaited.
   * @param {State} state
   * @returns {Found | null}
   */
  const look = (state) => {
    const input = /** @type {string} */ (key);
    const replay = replayFor(state.document);
    if (replay) {
      asker.forget();
      chords.forget();
      tables.forget();
      tell(null);
      return { ...lookHere(state, input, replay), here: true, stale: false, partly: false };
    }
    const of = { ...programOf(state), input, ...(result === null ? {} : { node: result }) };
    const x = standing(state, input);
    const [from, to] = rangeFor(state, input);
    asker.ask({ ...of, from, to, count: ASKED_POINTS });
    chords.ask({ ...of, from: x, to: x + h, count: 2 });
    if (result === null) tables.ask({ ...programOf(state), input });
    else table = [];
    return curve && { curve, chord, table, here: false, stale: curve.point.x !== x, partly };
  };

  /**
   * @param {State} state
   * @param {string} input
   * @param {Replay} replay
   */
  const lookHere = (state, input, replay) => {
    const view = { moved: placed(state), ...(result === null ? {} : { node: result }) };
    return { curve: curveHere(replay, input, rangeFor(state, input), view), chord: secant(replay, input, h, view), table: secants(replay, input, view) };
  };

  const forgetAnswers = () => {
    curve = chord = null;
    table = [];
  };
  return {
    settle,
    look,
    range: rangeFor,
    chosen: () => ({ key, result, h }),
    again: () => [asker, chords, tables].forEach((one) => one.again()),
    /** @param {string} to */
    choose: (to) => {
      key = to;
      forgetAnswers();
      changed();
    },
    /** @param {number | null} to */
    chooseResult: (to) => {
      result = to;
      forgetAnswers();
      changed();
    },
    /** @param {Interval | null} to null for what suits the input */
    lookAt: (to) => {
      if (key === null) return;
      if (to) ranges.set(key, to);
      else ranges.delete(key);
      changed();
    },
    /** @param {number} to */
    stretch: (to) => {
      h = to;
      changed();
    },
  };
}
