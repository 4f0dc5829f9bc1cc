/** A function over the plane as colours. Pure. */

/** @typedef {{ size: number, numbers: Float32Array }} Grid row by row from the lowest y */

/**
 * The numbers of a picture.
 * @param {{ size: number, values: string }} field
 * @returns {Grid}
 */
export function gridOf({ size, values }) {
  const text = atob(values);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = text.charCodeAt(i);
  return { size, numbers: new Float32Array(bytes.buffer) }; // little end first, as every machine with a browser has them
}

/**
 * Writes the colours of a picture, the highest row first.
 * @param {Grid} grid
 * @param {Uint32Array} colors from -1 to 1
 * @param {Uint32Array} pixels written to
 */
export function paint({ size, numbers }, colors, pixels) {
  const half = (colors.length - 1) / 2;
  for (let row = 0; row < size; row++) {
    const [from, to] = [row * size, (size - 1 - row) * size];
    for (let i = 0; i < size; i++) {
      const number = numbers[from + i];
      const at = number !== number ? half : half + half * (number < -1 ? -1 : number > 1 ? 1 : number);
      pixels[to + i] = colors[at | 0];
    }
  }
}

/** What each number of a picture is where the values are classes: spread from -1 to 1. @type {(grid: Grid, classes: number) => Grid} */
export const spread = ({ size, numbers }, classes) => ({ size, numbers: numbers.map((kind) => (2 * kind) / (classes - 1) - 1) });

/** Whether a picture is 0 everywhere. @param {Grid} grid */
export const silent = ({ numbers }) => numbers.length > 0 && numbers.every((number) => number === 0);

/**
 * Where the boundary runs: pieces x0, y0, x1, y1 in places of the grid, where the numbers go through a level.
 * @param {Grid} grid
 * @param {number} level
 * @returns {number[]}
 */
export function boundaryOf({ size, numbers }, level = 0) {
  /** @type {number[]} */
  const pieces = [];
  const [xs, ys] = [[0, 1, 1, 0], [0, 0, 1, 1]];
  for (let row = 0; row + 1 < size; row++) {
    for (let column = 0; column + 1 < size; column++) {
      const at = row * size + column;
      const [a, b, c, d] = [numbers[at] - level, numbers[at + 1] - level, numbers[at + size + 1] - level, numbers[at + size] - level];
      if (a > 0 === b > 0 && b > 0 === c > 0 && c > 0 === d > 0) continue;
      const corners = [a, b, c, d];
      for (let side = 0; side < 4; side++) {
        const [p, q] = [corners[side], corners[(side + 1) % 4]];
        if (p > 0 === q > 0) continue;
        const share = p / (p - q);
        const next = (side + 1) % 4;
        pieces.push(column + xs[side] + share * (xs[next] - xs[side]), row + ys[side] + share * (ys[next] - ys[side]));
      }
    }
  }
  return pieces;
}
