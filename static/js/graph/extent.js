/** How far things reach. */

/** @import { Box } from "../types.d.ts" */

/**
 * How far the boxes reach.
 * @param {readonly Box[]} boxes
 */
export function extentOf(boxes) {
  const extent = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (const { x, y, width, height } of boxes) {
    extent.left = Math.min(extent.left, x - width / 2);
    extent.right = Math.max(extent.right, x + width / 2);
    extent.top = Math.min(extent.top, y - height / 2);
    extent.bottom = Math.max(extent.bottom, y + height / 2);
  }
  return extent;
}
