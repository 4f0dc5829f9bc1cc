/**
 * Neighbour lists in two typed arrays (compressed sparse rows): what belongs to `v` stands in
 * `item[start[v]] … item[start[v + 1] - 1]`.
 *
 * @typedef {{start: Int32Array, item: Int32Array}} Adjacency
 */

/**
 * Group the indices of `keys` by their key; within a group they keep their order (counting sort).
 *
 * @param {number} count number of groups
 * @param {Int32Array} keys group of each index
 * @returns {Adjacency}
 */
export function groupBy(count, keys) {
  const start = new Int32Array(count + 1);
  for (const key of keys) start[key + 1]++;
  for (let group = 0; group < count; group++) start[group + 1] += start[group];

  const item = new Int32Array(keys.length);
  const next = start.slice(0, count);
  for (let index = 0; index < keys.length; index++) item[next[keys[index]]++] = index;
  return { start, item };
}
