/**
 * Ports: the edges into a node end apart, so that `x * x` has two lines. They end in operand order (`a - b` reads from
 * top to bottom); only where lines would cross just for that do they end as they come.
 */

/** @import {Layered} from "./trunks.js" */
/** @import {Order} from "./order.js" */

import { countCrossings } from "./crossings.js";
import { sortByKey } from "./sort.js";

/**
 * The segments as they end, from the first port of a node to its last. The order within a layer was found with the
 * operands in their order, so most are.
 *
 * @param {Layered} layered
 * @param {Order} order
 * @returns {{entering: Int32Array, crossings: number}} segments, those into `v` at `into[v] … into[v + 1] - 1`; the
 *   crossings that are left
 */
export function ports(layered, order) {
  const { count, into, tail } = layered;
  const entering = tail.map((_, segment) => segment);
  const key = Float64Array.from(tail, (vertex) => order.place[vertex]);
  for (let vertex = 0; vertex < count; vertex++) sortByKey(entering.subarray(into[vertex], into[vertex + 1]), key);
  const entered = { ...layered, tail: entering.map((segment) => tail[segment]) };
  return { entering, crossings: countCrossings(entered, order) };
}

/**
 * @param {number} port from 0
 * @param {number} ports how many the node has
 * @param {number} extent of the node along its layer
 * @returns {number} where the port is, measured from the node's centre
 */
export function offset(port, ports, extent) {
  return extent * ((port + 1) / (ports + 1) - 0.5);
}
