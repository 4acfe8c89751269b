// Makes steps into a motion: between two places that come one after another, a few that lie between, so that the eye can
// follow; fewer when places come faster than they can be shown. Pure.
import { between, eased } from "./walk.js";

/** @typedef {import("./walk.js").Place} Place */

/** Pictures from one place to the next, when there is time. */
const PICTURES = 6;
/** With more places waiting than this, what lies between is left out; with many more, some of themselves. */
const WAITING = 3;
const MANY = 12;

/** @template T  what a place comes with */
export class Glide {
  /** @type {Place} */
  #from;
  /** @type {{place: Place, news: T}[]} */
  #waiting = [];
  #shown = 0;
  #pictures;

  /** @param {Place} start @param {boolean} [calm]  from place to place at once, for who asked the system for less motion */
  constructor(start, calm = false) {
    this.#from = start;
    this.#pictures = calm ? 1 : PICTURES;
  }

  /** @param {Place} place @param {T} news */
  push(place, news) {
    this.#waiting.push({ place, news });
    // The last of them is never left out.
    if (this.#waiting.length > MANY) this.#waiting.splice(1, this.#waiting.length - MANY);
  }

  /** What to show next, with news where a place is reached; null when there is nothing.
   * @returns {{place: Place, news: T | null} | null} */
  next() {
    const [to] = this.#waiting;
    if (!to) return null;
    this.#shown = this.#waiting.length > WAITING ? this.#pictures : this.#shown + 1;
    if (this.#shown < this.#pictures) return { place: between(this.#from, to.place, eased(this.#shown / this.#pictures), false), news: null };
    this.#waiting.shift();
    this.#from = to.place;
    this.#shown = 0;
    return to;
  }
}
