// A clock that runs down. It counts the frames that the person could see, so that it stands still while the page is hidden.

/** The most milliseconds that pass between two frames: after a longer gap nobody was looking. */
const GAP = 250;

export class Clock {
  /** In milliseconds; null is without end. @type {number | null} */
  left = null;
  whole = 0;
  /** @type {number | null} */
  #before = null;

  /** @param {number} seconds  0 is without end */
  start(seconds) {
    this.whole = 1000 * seconds;
    this.left = seconds === 0 ? null : this.whole;
    this.#before = null;
  }

  /** @param {number} now  a frame's time @returns {boolean} whether time has run out */
  tick(now) {
    if (this.left === null) return false;
    this.left = Math.max(0, this.left - (this.#before === null ? 0 : Math.min(GAP, now - this.#before)));
    this.#before = now;
    return this.left === 0;
  }
}
