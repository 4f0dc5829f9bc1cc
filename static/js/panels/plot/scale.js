/** From numbers to places on a line and back, and the round numbers to write beside it. Pure. */

import { number } from "../../format.js";

/** @typedef {readonly [number, number]} Interval from, to */
/** @typedef {((value: number) => number) & { invert: (place: number) => number }} Scale */

const ROUND = [1, 2, 5, 10];
const MOST_DIGITS = 15;
/** The narrowest window, as a share of its numbers: below it neighbours are the same number. */
const NARROWEST = 1e-12;
const WIDEST = 1e300;

/**
 * @param {Interval} domain
 * @param {Interval} range
 * @returns {Scale}
 */
export function linear([from, to], [start, end]) {
  const place = (/** @type {number} */ value) => start + ((value - from) / (to - from)) * (end - start);
  return Object.assign(place, { invert: (/** @type {number} */ at) => from + ((at - start) / (end - start)) * (to - from) });
}

/**
 * The distance of about `count` round numbers in an interval: 1, 2 or 5 times a power of ten.
 * @param {Interval} interval
 * @param {number} count
 */
export function tickStep([from, to], count) {
  const raw = (to - from) / Math.max(1, count);
  const decade = Math.floor(Math.log10(raw));
  const leading = ROUND.find((one) => Number(`${one}e${decade}`) >= raw * (1 - 1e-9)) ?? 10;
  return Number(`${leading}e${decade}`);
}

/**
 * Round numbers in an interval, and how they are written.
 * @param {Interval} interval
 * @param {number} count about how many
 * @returns {{ value: number, text: string }[]}
 */
export function ticks(interval, count) {
  const step = tickStep(interval, count);
  if (!(step > 0) || !Number.isFinite(step)) return [];
  const first = Math.ceil(interval[0] / step - 1e-9);
  const last = Math.floor(interval[1] / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => {
    const value = Number(((first + i) * step).toPrecision(MOST_DIGITS)) + 0;
    return { value, text: number(value, digitsFor(value, step)) };
  });
}

/**
 * As many digits as tell a number from its neighbours one step away.
 * @param {number} value
 * @param {number} step
 */
const digitsFor = (value, step) => Math.min(MOST_DIGITS, Math.max(1, Math.ceil(Math.log10(Math.max(Math.abs(value), step) / step) + 1)));

/**
 * An interval so many times as wide, with one of its numbers kept in its place; as it was where that is too narrow or too wide.
 * @param {Interval} interval
 * @param {number} factor
 * @param {number} [around]
 * @returns {Interval}
 */
export function widened([from, to], factor, around = (from + to) / 2) {
  const next = /** @type {[number, number]} */ ([around + (from - around) * factor, around + (to - around) * factor]);
  return usable(next) ? next : [from, to];
}

/**
 * An interval moved by a share of its width.
 * @param {Interval} interval
 * @param {number} share
 * @returns {Interval}
 */
export function shifted([from, to], share) {
  const by = (to - from) * share;
  const next = /** @type {[number, number]} */ ([from + by, to + by]);
  return usable(next) ? next : [from, to];
}

/**
 * Whether an interval can be looked at: its ends are numbers, and far enough apart to be told from each other.
 * @param {Interval} interval
 */
export function usable([from, to]) {
  const size = Math.max(Math.abs(from), Math.abs(to));
  return size < WIDEST && to - from > size * NARROWEST;
}

/**
 * The interval with a number in it: as it is, or moved so far that the number lies in its middle.
 * @param {Interval} interval
 * @param {number} value
 * @returns {Interval}
 */
export function holding([from, to], value) {
  if (!Number.isFinite(value) || (value >= from && value <= to)) return [from, to];
  const half = (to - from) / 2;
  const next = /** @type {[number, number]} */ ([value - half, value + half]);
  return usable(next) ? next : [from, to];
}

/**
 * A number of an interval, rounded to what a hand can aim at.
 * @param {number} value
 * @param {Interval} interval
 */
export function aimed(value, interval) {
  const step = tickStep(interval, 1) / 1000;
  return Number((Math.round(value / step) * step).toPrecision(12)) + 0;
}
