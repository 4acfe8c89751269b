// D's score as a colour of the theme in force.
import { palette } from "../theme.js";
import { rampOf } from "./ramp.js";

/**
 * @param {"stage" | "neutral"} middle  the colour of a score of one half
 * @param {number} strength  how much of the full colour a certain score gets, 0 to 1
 */
export function scoreRamp(middle, strength) {
  const { [middle]: ground, real, fake } = palette();
  return rampOf({ ground, real, fake }, strength);
}
