/** How fast a training goes: so many steps a second, to which the service keeps, or as many as it can. */

/** Steps a second; the last one is as fast as it goes. */
export const SPEEDS = [1, 5, 20, 60, Infinity];
/** What a training does unless told: it can be watched. Its place among the speeds. */
export const WATCHED = 3;
/** The service tells of so many steps one by one; the rest goes as fast as it can. */
const TOLD = 898;

/** What the service is told of a speed. @param {number} speed its place among the speeds */
export const paced = (speed) => (SPEEDS[speed] === Infinity ? {} : { pace: SPEEDS[speed] });

/**
 * The speed with which it goes on after so many frames.
 * @param {number} speed
 * @param {number} frames
 */
export const speedAfter = (speed, frames) => (frames > TOLD ? SPEEDS.length - 1 : speed);
