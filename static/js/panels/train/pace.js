/** When the next step of a training is due: so many a second, as far as the connection allows. */

export class Pace {
  #timer = setTimeout(() => undefined);
  #due = 0;

  /** @param {() => void} beat */
  constructor(beat) {
    this.beat = beat;
  }

  /** The last step has been seen. @param {number} speed steps a second */
  next(speed) {
    this.stop();
    const now = performance.now();
    this.#due = Math.min(Math.max(this.#due, now - 1000 / speed) + 1000 / speed, now + 1000 / speed);
    this.#timer = setTimeout(this.beat, this.#due - now);
  }

  stop() {
    clearTimeout(this.#timer);
  }
}
