/** Where an arrow key leads: against the flow to an operand, with it to a result, across it to the neighbour in the rank. */

/** @import { Box, Scene } from "../types.d.ts" */

/** What the keys mean where the picture runs to the right, and where it runs down. */
const KEYS = {
  right: { ArrowLeft: "operand", ArrowRight: "result", ArrowUp: "before", ArrowDown: "after" },
  down: { ArrowUp: "operand", ArrowDown: "result", ArrowLeft: "before", ArrowRight: "after" },
};
const ENDS = { Home: "first", End: "last" };

/**
 * @param {Scene} scene
 * @param {Box} from
 * @param {string} key as in KeyboardEvent.key
 * @returns {Box | undefined} nothing where no way leads, or the key means none
 */
export function step(scene, from, key) {
  const way = new Map(Object.entries({ ...KEYS[scene.direction], ...ENDS })).get(key);
  switch (way) {
    case "operand":
      return across(scene, from, "target", "source");
    case "result":
      return across(scene, from, "source", "target");
    case "before":
      return rank(scene, from).findLast((box) => along(scene, box) < along(scene, from));
    case "after":
      return rank(scene, from).find((box) => along(scene, box) > along(scene, from));
    case "first":
      return scene.boxes[0];
    case "last":
      return entrance(scene);
    default:
      return undefined;
  }
}

/**
 * Where the keyboard enters the picture: at the output, where the gradients start.
 * @param {Scene} scene
 */
export function entrance({ boxes }) {
  return boxes.find((box) => box.output) ?? boxes.at(-1);
}

/**
 * The first neighbour along an edge.
 * @param {Scene} scene
 * @param {Box} from
 * @param {"source" | "target"} near
 * @param {"source" | "target"} far
 */
function across({ boxes, wires }, from, near, far) {
  const wire = wires.find(({ edge }) => edge[near] === from.node.id);
  return wire && boxes.find((box) => box.node.id === wire.edge[far]);
}

/**
 * The boxes of one rank, in order.
 * @param {Scene} scene
 * @param {Box} from
 */
function rank(scene, from) {
  const [axis, size] = scene.direction === "right" ? /** @type {const} */ (["x", "width"]) : /** @type {const} */ (["y", "height"]);
  const together = scene.boxes.filter((box) => Math.abs(box[axis] - from[axis]) < from[size] / 2);
  return together.sort((a, b) => along(scene, a) - along(scene, b));
}

/**
 * @param {Scene} scene
 * @param {Box} box
 */
function along({ direction }, { x, y }) {
  return direction === "right" ? y : x;
}
