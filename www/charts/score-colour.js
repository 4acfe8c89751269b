// D's score as a colour: orange for fake, blue for real, neither where D cannot tell.
import { palette } from "../theme.js";

/**
 * @param {"stage" | "neutral"} middle  the colour of a score of one half
 * @param {number} strength  how much of the full colour a certain score gets, 0 to 1
 * @returns {import("../theme.js").Rgb[]}  256 colours, from score 0 to score 1
 */
export function scoreRamp(middle, strength) {
  const { [middle]: ground, real, fake } = palette();
  return Array.from({ length: 256 }, (_, i) => {
    const lean = (2 * i) / 255 - 1;
    const towards = lean < 0 ? fake : real;
    // A little more than linear, so that the middle is a band and not a hair.
    const amount = Math.abs(lean) ** 1.2 * strength;
    return /** @type {import("../theme.js").Rgb} */ (ground.map((value, k) => Math.round(value + (towards[k] - value) * amount)));
  });
}
