/** What JavaScript lacks, or computes otherwise than the engine: as Python and IEEE 754 have it. */

/**
 * x to the power y. JavaScript alone says NaN where the base is 1 or -1 and the exponent is none or infinite.
 * @param {number} x
 * @param {number} y
 */
export function power(x, y) {
  if (x === 1 || (x === -1 && Math.abs(y) === Infinity)) return 1;
  return Math.pow(x, y);
}

/**
 * Python's x // y, its roundings included.
 * @param {number} x
 * @param {number} y
 */
export function floorQuotient(x, y) {
  if (y === 0) return x / y;
  const rest = x % y;
  let quotient = (x - rest) / y;
  if (rest !== 0 && y < 0 !== rest < 0) quotient -= 1;
  if (quotient === 0) return x / y < 0 || Object.is(x / y, -0) ? -0 : 0;
  const whole = Math.floor(quotient);
  return quotient - whole > 0.5 ? whole + 1 : whole;
}

/**
 * Python's x % y: with the sign of y.
 * @param {number} x
 * @param {number} y
 */
export function remainder(x, y) {
  const rest = x % y;
  if (rest === 0) return y < 0 ? -0 : 0;
  return y < 0 === rest < 0 || Number.isNaN(rest) ? rest : rest + y;
}

/**
 * The larger one; x where they are equal, 0 and -0 too.
 * @param {number} x
 * @param {number} y
 */
export const maximum = (x, y) => (y > x || Number.isNaN(y) ? y : x);

/**
 * The smaller one; x where they are equal, 0 and -0 too.
 * @param {number} x
 * @param {number} y
 */
export const minimum = (x, y) => (y < x || Number.isNaN(y) ? y : x);

export { errorFunction } from "./error-function.js";
