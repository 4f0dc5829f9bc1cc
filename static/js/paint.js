/** What can wait until the picture is seen. */

/**
 * Calls back with the frame after the next one: that one is painted first.
 * @param {() => void} action
 */
export const afterPaint = (action) => void requestAnimationFrame(() => requestAnimationFrame(action));
