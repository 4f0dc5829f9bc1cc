/** Contour lines of a grid of numbers, by marching squares. Pure. */

/**
 * A grid: `size` rows of `size` numbers, the first row where the second input is smallest.
 * @typedef {{ size: number, values: ArrayLike<number> }} Grid
 */

/** The corners of a cell, counterclockwise from the lower left, as steps of column and row. */
const CORNERS = [[0, 0], [1, 0], [1, 1], [0, 1]];

/**
 * The line where the grid has a level: straight pieces x0, y0, x1, y1, … in columns and rows; none where a corner has no
 * finite number.
 * @param {Grid} grid
 * @param {number} level
 * @returns {number[]}
 */
export function contour({ size, values }, level) {
  /** @type {number[]} */
  const pieces = [];
  for (let row = 0; row + 1 < size; row++) {
    for (let column = 0; column + 1 < size; column++) {
      const corners = CORNERS.map(([right, up]) => values[(row + up) * size + column + right]);
      if (corners.every(Number.isFinite)) pieces.push(...cell(corners, level, column, row));
    }
  }
  return pieces;
}

/**
 * The pieces in one cell: where the level crosses its sides. With four crossings (a saddle) the middle of the cell says
 * which belong together.
 * @param {number[]} corners
 * @param {number} level
 * @param {number} column
 * @param {number} row
 */
function cell(corners, level, column, row) {
  const above = corners.map((corner) => corner >= level);
  const crossings = CORNERS.flatMap((from, side) => {
    const next = (side + 1) % 4;
    if (above[side] === above[next]) return [];
    const share = (level - corners[side]) / (corners[next] - corners[side]);
    return [[column + from[0] + share * (CORNERS[next][0] - from[0]), row + from[1] + share * (CORNERS[next][1] - from[1])]];
  });
  if (crossings.length < 4) return crossings.flat();
  const middle = corners.reduce((sum, corner) => sum + corner / 4, 0) >= level;
  const pairs = middle === above[0] ? [0, 1, 2, 3] : [3, 0, 1, 2];
  return pairs.flatMap((at) => crossings[at]);
}
