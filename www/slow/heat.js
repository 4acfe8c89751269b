// A pull on pixels as colours: what is to be brighter, and what darker.
import { palette } from "../theme.js";

/** The largest number of a list, whatever its sign. @param {Float32Array} numbers */
export const strongest = (numbers) => numbers.reduce((most, value) => Math.max(most, Math.abs(value) || 0), 0);

/** A picture's pull as colours, one for each pixel: towards G's colour what is to be brighter, towards D's what darker.
 * @param {Float32Array} pull @param {number} channels @param {number} most  what is full colour */
export function heatOf(pull, channels, most) {
  const { stage, g, d } = palette();
  const heat = new Uint8Array((pull.length / channels) * 3);
  for (let at = 0; at < pull.length / channels; at += 1) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel += 1) sum += pull[at * channels + channel];
    // The root, so that what is weak is not lost.
    const amount = most > 0 ? Math.sqrt(Math.min(1, Math.abs(sum) / channels / most)) : 0;
    for (let k = 0; k < 3; k += 1) heat[at * 3 + k] = stage[k] + ((sum > 0 ? g : d)[k] - stage[k]) * amount;
  }
  return heat;
}
