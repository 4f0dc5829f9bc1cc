/** Keeps time: one beat after the other until there is none, or until it is told to stop. */

const SECOND = 1000;

/**
 * @typedef {object} Metronome
 * @property {boolean} playing
 * @property {() => void} play
 * @property {() => void} pause
 * @property {(speed: number) => void} hurry sets the beats a second
 */

/**
 * @param {() => boolean} beat does the next thing; false if there is nothing more to do
 * @param {(playing: boolean) => void} changed
 * @returns {Metronome}
 */
export function createMetronome(beat, changed) {
  let speed = 1;
  /** @type {ReturnType<typeof setTimeout> | null} */
  let timer = null;

  const wait = () => {
    timer = setTimeout(() => {
      wait();
      if (!beat()) pause();
    }, SECOND / speed);
  };
  const stop = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  };
  const pause = () => {
    if (timer === null) return;
    stop();
    changed(false);
  };
  return {
    get playing() {
      return timer !== null;
    },
    play() {
      if (timer !== null) return;
      wait();
      changed(true);
    },
    pause,
    hurry(beats) {
      speed = beats;
      if (timer === null) return;
      stop();
      wait();
    },
  };
}
