/** Keeps labels apart. */

/**
 * Moves values so that neighbours are at least `gap` apart, by as little as possible (least squares: pool adjacent violators).
 * @param {readonly number[]} values
 * @param {number} gap
 * @returns {number[]} in the order of `values`
 */
export function spread(values, gap) {
  const order = values.map((_, i) => i).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  /** @type {{ sum: number, count: number }[]} */
  const blocks = [];
  order.forEach((i, rank) => {
    let block = { sum: (values[i] ?? 0) - rank * gap, count: 1 };
    for (let last = blocks.at(-1); last && last.sum / last.count > block.sum / block.count; last = blocks.at(-1)) {
      block = { sum: block.sum + last.sum, count: block.count + last.count };
      blocks.pop();
    }
    blocks.push(block);
  });
  const moved = blocks.flatMap(({ sum, count }) => Array.from({ length: count }, () => sum / count));
  const result = [...values];
  order.forEach((i, rank) => (result[i] = (moved[rank] ?? 0) + rank * gap));
  return result;
}
