// D's score as a colour, between three that are given: orange for fake, blue for real, neither where D cannot tell. Pure.

/** @typedef {[number, number, number]} Rgb */

/**
 * @param {{ground: Rgb, real: Rgb, fake: Rgb}} colours
 * @param {number} strength  how much of the full colour a certain score gets, 0 to 1
 * @returns {Rgb[]}  256 colours, from score 0 to score 1
 */
export function rampOf({ ground, real, fake }, strength) {
  return Array.from({ length: 256 }, (_, i) => {
    const lean = (2 * i) / 255 - 1;
    const towards = lean < 0 ? fake : real;
    // A little more than linear, so that the middle is a band and not a hair.
    const amount = Math.abs(lean) ** 1.2 * strength;
    return /** @type {Rgb} */ (ground.map((value, k) => Math.round(value + (towards[k] - value) * amount)));
  });
}
