/**
 * Start orders: the numbers of a depth-first walk keep what hangs together side by side.
 */

/** @import {Layered} from "./trunks.js" */

/**
 * @param {Layered} layered
 * @param {"left" | "right"} towards from the sinks to the inputs, operands in order, or from the inputs to the sinks
 * @returns {Float64Array} number of every vertex in the walk
 */
export function depthFirst(layered, towards) {
  const next = towards === "left" ? tails(layered) : heads(layered);
  const isStart = towards === "left" ? hasNone(layered.out.start) : hasNone(layered.into);
  const number = new Float64Array(layered.count).fill(-1);
  const stack = new Int32Array(layered.head.length + layered.count);
  let visited = 0;
  for (let start = 0; start < layered.count; start++) {
    if (!isStart(start)) continue;
    let height = 0;
    stack[height++] = start;
    while (height > 0) {
      const vertex = stack[--height];
      if (number[vertex] >= 0) continue;
      number[vertex] = visited++;
      height = next(vertex, stack, height);
    }
  }
  return number;
}

/** @param {Int32Array} start */
function hasNone(start) {
  return (/** @type {number} */ vertex) => start[vertex] === start[vertex + 1];
}

/** @param {Layered} layered */
function tails({ into, tail }) {
  return (/** @type {number} */ vertex, /** @type {Int32Array} */ stack, /** @type {number} */ height) => {
    for (let segment = into[vertex + 1] - 1; segment >= into[vertex]; segment--) stack[height++] = tail[segment];
    return height;
  };
}

/** @param {Layered} layered */
function heads({ out, head }) {
  return (/** @type {number} */ vertex, /** @type {Int32Array} */ stack, /** @type {number} */ height) => {
    for (let k = out.start[vertex + 1] - 1; k >= out.start[vertex]; k--) stack[height++] = head[out.item[k]];
    return height;
  };
}
