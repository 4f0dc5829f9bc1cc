import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { createMetronome } from "../../static/js/views/timeline/metronome.js";

/** @param {number} most beats until there is nothing more to do */
function playing(most) {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  let beats = 0;
  /** @type {boolean[]} */
  const changes = [];
  const player = createMetronome(() => ++beats < most, (now) => changes.push(now));
  return { player, changes, beats: () => beats, wait: (/** @type {number} */ time) => mock.timers.tick(time) };
}

test("a beat a second, until there is nothing more to do", () => {
  const { player, changes, beats, wait } = playing(3);
  player.play();
  for (const expected of [1, 2, 3, 3, 3]) {
    wait(1000);
    assert.equal(beats(), expected);
  }
  assert.deepEqual(changes, [true, false]);
  assert.equal(player.playing, false);
});

test("a pause holds it, and playing goes on from there", () => {
  const { player, changes, beats, wait } = playing(10);
  player.play();
  player.play();
  wait(1000);
  player.pause();
  player.pause();
  wait(5000);
  assert.equal(beats(), 1);
  player.play();
  wait(1000);
  assert.equal(beats(), 2);
  assert.deepEqual(changes, [true, false, true]);
});

test("another speed counts at once, and does not start it", () => {
  const { player, beats, wait } = playing(100);
  player.hurry(4);
  wait(1000);
  assert.equal(beats(), 0);
  player.play();
  wait(250);
  wait(250);
  assert.equal(beats(), 2);
  player.hurry(0.5);
  wait(1999);
  assert.equal(beats(), 2);
  wait(1);
  assert.equal(beats(), 3);
});
