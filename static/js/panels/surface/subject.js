/** Which surface is looked at, and what it is: computed here where the page can, else asked for. */

/** @import { GraphDocument, State } from "../../types.d.ts" */
/** @import { Interval } from "../plot/scale.js" */
/** @import { Progress } from "../service.js" */
/** @import { Grid, Keys, Point, Ranges } from "./here.js" */

import { rangeOf } from "../../inputs/range.js";
import { replayFor } from "../../numbers.js";
import { holding } from "../plot/scale.js";
import { ask, createAsker } from "../service.js";
import { inputOptions, placed, programOf, standing } from "../subjects.js";
import { gridAnswered, gridHere, pointAnswered, pointHere } from "./here.js";

const ASKED_SIZE = 64;
const FEWEST = 2;

/** @typedef {{ grid: Grid, point: Point, here: boolean, stale: boolean, partly: boolean }} Found */

/**
 * @param {() => void} changed
 * @param {(progress: Progress<unknown> | null) => void} tell
 */
export function createSubject(changed, tell) {
  /** @type {Map<string, Interval>} */
  const ranges = new Map();
  /** @type {Keys | null} */
  let keys = null;
  /** @type {{ document: GraphDocument | null, of: string, grid: Grid, partly: boolean } | null} */
  let made = null;
  /** @type {Point | null} */
  let point = null;

  /** @type {(take: (answer: any) => void) => (progress: Progress<any>) => void} */
  const taking = (take) => (progress) => {
    if (progress.kind === "answer") {
      take(progress.answer);
      changed();
    }
    tell(progress);
  };
  let wanted = "";
  const grids = createAsker("surface", taking((answer) => (made = { document: null, of: wanted, grid: gridAnswered(answer), partly: answer.done < answer.count })));
  const points = createAsker("surface", taking((answer) => (point = pointAnswered(answer))));

  /**
   * @param {State} state
   * @returns {Keys | null} null where there are fewer than two inputs
   */
  const settle = (state) => {
    const there = inputOptions(state.document).map(({ id }) => id);
    if (there.length < FEWEST) return (keys = null);
    if (!keys?.every((key) => there.includes(key))) keys = [there[0], there[1]];
    return keys;
  };

  /** @type {(state: State, key: string) => Interval} */
  const rangeFor = (state, key) => {
    const value = standing(state, key);
    const { min, max } = rangeOf(Number.isFinite(value) ? value : 0);
    const range = holding(ranges.get(key) ?? [min, max], value);
    ranges.set(key, range);
    return range;
  };

  /** @type {(state: State, both: Keys) => Ranges} */
  const rangesFor = (state, [x, y]) => [rangeFor(state, x), rangeFor(state, y)];

  /** @type {(state: State, both: Keys) => object} */
  const questionOf = (state, both) => {
    const [[x_from, x_to], [y_from, y_to]] = rangesFor(state, both);
    return { ...programOf(state), x: both[0], x_from, x_to, y: both[1], y_from, y_to };
  };

  /**
   * What there is to show now; null while the first answer is awaited.
   * @param {State} state
   * @param {Keys} both
   * @returns {Found | null}
   */
  const look = (state, both) => {
    const others = Object.fromEntries(Object.entries(placed(state)).filter(([key]) => !both.includes(key)));
    const of = JSON.stringify([both, rangesFor(state, both), others]);
    const replay = replayFor(state.document);
    if (replay) {
      [grids, points].forEach((one) => one.forget());
      tell(null);
      if (made?.of !== of || made.document !== state.document) made = { document: state.document, of, grid: gridHere(replay, both, rangesFor(state, both), placed(state)), partly: false };
      return { grid: made.grid, point: pointHere(replay, both, placed(state)), here: true, stale: false, partly: false };
    }
    wanted = of;
    grids.ask({ ...questionOf(state, both), inputs: Object.fromEntries(Object.entries(state.moved).filter(([key]) => !both.includes(key))), size: ASKED_SIZE });
    points.ask({ ...questionOf(state, both), size: FEWEST });
    const [x, y] = both.map((key) => standing(state, key));
    const here = point?.x === x && point.y === y ? point : { x, y, z: NaN, gradient: /** @type {const} */ ([NaN, NaN]) };
    return made && { grid: made.grid, point: here, here: false, stale: made.of !== of, partly: made.partly };
  };

  /**
   * The numbers at a place, for a way downhill; null where the service could not be asked.
   * @param {State} state
   * @param {Keys} both
   * @param {{ x: number, y: number }} at
   * @returns {Promise<Point | null>}
   */
  const visit = async (state, both, { x, y }) => {
    if (!Number.isFinite(x) || !Number.isFinite(y)) return { x, y, z: NaN, gradient: [NaN, NaN] };
    const there = { [both[0]]: x, [both[1]]: y };
    const replay = replayFor(state.document);
    if (replay) return pointHere(replay, both, { ...placed(state), ...there });
    const question = { ...questionOf(state, both), inputs: { ...state.moved, ...there }, size: FEWEST };
    const reply = await ask("surface", question, new AbortController().signal);
    if (reply.kind === "answer") return pointAnswered(/** @type {any} */ (reply.answer));
    tell(reply.kind === "refused" ? reply : { kind: "away" });
    return null;
  };

  return {
    settle,
    look,
    visit,
    ranges: rangesFor,
    again: () => [grids, points].forEach((one) => one.again()),
    /**
     * Another input for one of the two; where it is the other one, they change places.
     * @param {0 | 1} which
     * @param {string} key
     */
    choose: (which, key) => {
      if (keys === null) return;
      const other = keys[1 - which] === key ? keys[which] : keys[1 - which];
      keys = which === 0 ? [key, other] : [other, key];
      [made, point] = [null, null];
      changed();
    },
    /** @param {Ranges | null} to null for what suits the inputs */
    lookAt: (to) => {
      if (to) keys?.forEach((key, i) => ranges.set(key, to[i]));
      else ranges.clear();
      changed();
    },
  };
}
