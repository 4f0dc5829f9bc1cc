/** Where an input can be moved: a range that suits its number, and the steps in it. Pure. */

/** @typedef {{ min: number, max: number, step: number }} Range `step` is what one arrow key moves; Page keys move ten */

/** Bounds are these times a power of ten. */
const LEADING = [1, 2, 4, 6, 8, 10];
const STEPS_IN_A_DECADE = 100;
const COARSE = 10;
const FEWEST_COUNTS = 10;

/**
 * A range around 0 about twice as wide as the number, in steps that are short to write; for a count, whole numbers from 0.
 * @param {number} value
 * @param {boolean} [counts]
 * @returns {Range}
 */
export function rangeOf(value, counts = false) {
  if (counts) {
    const max = Math.max(FEWEST_COUNTS, bound(2 * Math.abs(value)));
    return { min: value < 0 ? -max : 0, max, step: 1 };
  }
  const max = value === 0 ? 1 : bound(2 * Math.abs(value));
  return { min: -max, max, step: fine(max) };
}

/**
 * The range with a number in it: as it is, or grown beyond it.
 * @param {Range} range
 * @param {number} value
 * @returns {Range}
 */
export function grown(range, value) {
  if (value >= range.min && value <= range.max) return range;
  const reach = Math.sign(value) * bound(1.25 * Math.abs(value));
  const [min, max] = [Math.min(range.min, reach), Math.max(range.max, reach)];
  return { min, max, step: Number.isInteger(range.step) ? range.step : fine(Math.max(-min, max)) };
}

/**
 * The nearest step, as the number that is shortest to write; the ends of the range are steps too.
 * @param {Range} range
 * @param {number} value
 */
export function snapped({ min, max, step }, value) {
  if (value <= min) return min;
  if (value >= max) return max;
  const nearest = Math.round(value / step) * step;
  return Math.min(max, Math.max(min, Number(nearest.toPrecision(12)))) + 0;
}

/**
 * Where a key leads, within the range; null for a key that leads nowhere.
 * @param {Range} range
 * @param {number} value
 * @param {string} key
 */
export function keyed(range, value, key) {
  const by = (/** @type {number} */ steps) => {
    const to = Number((value + steps * range.step).toPrecision(12)) + 0;
    return steps > 0 ? Math.max(value, Math.min(range.max, to)) : Math.min(value, Math.max(range.min, to));
  };
  switch (key) {
    case "ArrowUp":
    case "ArrowRight":
      return by(1);
    case "ArrowDown":
    case "ArrowLeft":
      return by(-1);
    case "PageUp":
      return by(COARSE);
    case "PageDown":
      return by(-COARSE);
    case "Home":
      return range.min;
    case "End":
      return range.max;
    default:
      return null;
  }
}

/**
 * A range as a person wrote it; null where it is none.
 * @param {string} min
 * @param {string} max
 * @param {string} step
 * @returns {Range | null}
 */
export function writtenRange(min, max, step) {
  const [from, to, by] = [min, max, step].map(readNumber);
  return from === null || to === null || by === null || from >= to || by <= 0 || by > to - from || !Number.isFinite(to - from)
    ? null
    : { min: from, max: to, step: by };
}

/**
 * A number as people type it, with a point or a comma; null for anything else, NaN and infinities included.
 * @param {string} text
 */
export function readNumber(text) {
  const plain = text.trim().replace("−", "-").replace(/^([^.,]*),([^.,]*)$/, "$1.$2");
  if (!/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(plain)) return null;
  return Number.isFinite(Number(plain)) ? Number(plain) : null;
}

/**
 * The first bound that is not smaller.
 * @param {number} size
 */
function bound(size) {
  if (size >= 1e300) return Number.MAX_VALUE;
  const decade = Math.floor(Math.log10(size));
  const leading = LEADING.find((one) => Number(`${one}e${decade}`) >= size) ?? LEADING[LEADING.length - 1];
  return Number(`${leading}e${decade}`) || Number.MIN_VALUE;
}

/** @param {number} size */
const fine = (size) => Number(`1e${Math.floor(Math.log10(size) + 1e-9)}`) / STEPS_IN_A_DECADE || Number.MIN_VALUE;
