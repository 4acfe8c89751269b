// The examples of a step that was taken apart, one by one: which numbers are whose, where a point lies on a plane, and the
// colour by which one example is followed from its noise on. Pure.

/**
 * @typedef {import("../protocol.js").Anatomy} Anatomy
 * @typedef {import("../protocol.js").Experiment} Experiment
 *
 * How examples are to be read and drawn.
 * @typedef {object} Kind
 * @property {import("../protocol.js").Picture["kind"]} drawn
 * @property {string[]} columns  names of an example's numbers; none of pictures
 * @property {{width: number, height: number, channels: number} | null} image
 * @property {number | null} extent  of a figure's plane
 * @property {number} packing
 */

/** How far noise reaches on its plane, in sigmas. */
export const NOISE_REACH = 3;

/** @param {{noise: Float32Array, dims: number}} part */
export const countOf = ({ noise, dims }) => Math.floor(noise.length / dims);

/** One of those that lie behind one another. @template {Float32Array | Uint8Array} T @param {T} all @param {number} count
 * @param {number} i @returns {T} */
export function exampleOf(all, count, i) {
  const size = all.length / count;
  return /** @type {T} */ (all.subarray(i * size, (i + 1) * size));
}

/** D judges examples in packs, those that follow one another in one. @param {number} i @param {number} packing */
export const packOf = (i, packing) => Math.floor(i / packing);

/** Where noise lies on its plane, each from 0 to 1, upwards: its first two numbers, or its only one.
 * @param {Float32Array} noise  of one example @returns {[number, number]} */
export function noisePlace(noise) {
  const place = (/** @type {number} */ z) => Math.max(0.01, Math.min(0.99, (z / NOISE_REACH + 1) / 2));
  return [place(noise[0]), noise.length > 1 ? place(noise[1]) : 0.5];
}

/** The colour of noise: its direction in its plane, or how far along it is where it has one number.
 * @param {Float32Array} noise  of one example */
export function noiseColour(noise) {
  const hue = noise.length > 1 ? (Math.atan2(noise[1], noise[0]) / Math.PI) * 180 : noisePlace(noise)[0] * 300;
  return `oklch(0.66 0.15 ${Math.round((hue + 360) % 360)})`;
}

/** What a plane shows, so that all of it can be seen: of a figure the same as the stage; of a table all that is there.
 * @param {Kind} kind @param {(Float32Array | Uint8Array)[]} lists  of examples @returns {[number, number][]}  for each column */
export function rangesOf({ columns, extent }, lists) {
  return columns.map((_, j) => {
    if (extent !== null) return [-extent, extent];
    const values = lists.flatMap((list) => Array.from(list).filter((value, k) => k % columns.length === j && Number.isFinite(value)));
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const margin = 0.06 * (high - low) || 0.5;
    return [low - margin, high + margin];
  });
}

/** @param {number} value @param {[number, number]} range */
export const share = (value, [low, high]) => (value - low) / (high - low);

/** @param {ArrayLike<number>} numbers */
export const norm = (numbers) => Math.hypot(...Array.from(numbers));

/** Norm of a whole net's gradient or change. @param {import("../protocol.js").Layer[]} layers
 * @param {"gradient" | "weights" | "change"} what */
export const totalOf = (layers, what) => Math.hypot(...layers.map((layer) => layer[what]));
