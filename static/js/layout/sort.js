/**
 * Stable sorting of a few integers by a key, in place.
 */

const RUN = 8;

/**
 * Bottom-up merge sort over insertion-sorted runs.
 *
 * @param {Int32Array} items changed
 * @param {Float64Array} key indexed by item
 */
export function sortByKey(items, key) {
  for (let from = 0; from < items.length; from += RUN) {
    insertionSort(items, key, from, Math.min(from + RUN, items.length));
  }
  if (items.length <= RUN) return;

  let source = items;
  /** @type {Int32Array} */
  let target = new Int32Array(items.length);
  for (let width = RUN; width < items.length; width *= 2) {
    for (let from = 0; from < items.length; from += 2 * width) merge(source, target, key, from, width);
    [source, target] = [target, source];
  }
  if (source !== items) items.set(source);
}

/**
 * @param {Int32Array} items
 * @param {Float64Array} key
 * @param {number} from
 * @param {number} to
 */
function insertionSort(items, key, from, to) {
  for (let k = from + 1; k < to; k++) {
    const item = items[k];
    let hole = k;
    for (; hole > from && key[items[hole - 1]] > key[item]; hole--) items[hole] = items[hole - 1];
    items[hole] = item;
  }
}

/**
 * Merge the runs `from … from + width` and the next one.
 *
 * @param {Int32Array} source
 * @param {Int32Array} target
 * @param {Float64Array} key
 * @param {number} from
 * @param {number} width
 */
function merge(source, target, key, from, width) {
  const middle = Math.min(from + width, source.length);
  const to = Math.min(middle + width, source.length);
  let [a, b] = [from, middle];
  for (let k = from; k < to; k++) {
    const takeSecond = a === middle || (b < to && key[source[b]] < key[source[a]]);
    target[k] = source[takeSecond ? b++ : a++];
  }
}
