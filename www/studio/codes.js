// The arithmetic of codes: a code is the noise that G makes one sample from, a number in sigmas for each dimension.
// Pure: every function gives a new code, and the same for the same arguments.

/** @typedef {"gaussian" | "uniform"} Distribution */
/** @typedef {() => number} Random  evenly from 0 up to, but without, 1 */

/** Where even noise of variance 1 ends. */
const UNIFORM_REACH = Math.sqrt(3);

/** How far sliders reach. @param {Distribution} distribution */
export const reachOf = (distribution) => (distribution === "uniform" ? UNIFORM_REACH : 3);

/** Two codes whose angle has a smaller sine than this are taken for parallel. */
const PARALLEL = 1e-4;

/** A stream of random numbers that follows from its seed (mulberry32). @param {number} seed @returns {Random} */
export function seededRandom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** @param {number} dims @param {Distribution} distribution @param {Random} random */
export function randomCode(dims, distribution, random) {
  return Float32Array.from({ length: dims }, () => (distribution === "uniform"
    ? (2 * random() - 1) * UNIFORM_REACH
    // Box and Muller; 1 − u is never 0.
    : Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())));
}

/** @param {Float32Array} code */
export const lengthOf = (code) => Math.hypot(...code);

/** @param {Float32Array} a @param {Float32Array} b */
export const dot = (a, b) => a.reduce((sum, value, k) => sum + value * b[k], 0);

/** Straight from a (t = 0) to b (t = 1). @param {Float32Array} a @param {Float32Array} b @param {number} t */
export const lerp = (a, b, t) => a.map((value, k) => (1 - t) * value + t * b[k]);

/**
 * Along the sphere from a to b: the direction turns evenly (Shoemake 1985), and the length goes evenly from a's to b's,
 * so that a way between two Gaussian codes never passes near the middle, where a Gaussian of many dimensions has no
 * samples. Parallel and opposite codes, between which there is no such way or none in particular, are joined straight.
 * @param {Float32Array} a @param {Float32Array} b @param {number} t
 */
export function slerp(a, b, t) {
  const [lengthA, lengthB] = [lengthOf(a), lengthOf(b)];
  const cosine = dot(a, b) / (lengthA * lengthB);
  const angle = Math.acos(Math.max(-1, Math.min(1, cosine)));
  // Of a code of length 0 the angle is not a number.
  if (!(Math.sin(angle) > PARALLEL)) return lerp(a, b, t);
  const length = (1 - t) * lengthA + t * lengthB;
  const [shareA, shareB] = [Math.sin((1 - t) * angle), Math.sin(t * angle)].map((sine) => (sine / Math.sin(angle)) * length);
  return a.map((value, k) => (shareA * value) / lengthA + (shareB * b[k]) / lengthB);
}

/**
 * What an analogy asks for: a is to b as the result is to c, so a − b + c. A sum of three Gaussian codes is longer than
 * any code that G was trained on, so a result longer than the longest of the three is shortened to it.
 * @param {Float32Array} a @param {Float32Array} b @param {Float32Array} c
 */
export function arithmetic(a, b, c) {
  const sum = a.map((value, k) => value - b[k] + c[k]);
  const most = Math.max(lengthOf(a), lengthOf(b), lengthOf(c));
  const length = lengthOf(sum);
  return length > most ? sum.map((value) => (value * most) / length) : sum;
}

/** psi · z + the sum of all alpha · direction. @param {Float32Array} code @param {number} psi  truncation
 * @param {{vector: Float32Array, alpha: number}[]} moves */
export function moved(code, psi, moves) {
  const result = code.map((value) => psi * value);
  for (const { vector, alpha } of moves) {
    if (alpha !== 0) for (let k = 0; k < result.length; k += 1) result[k] += alpha * vector[k];
  }
  return result;
}

/** Codes on a line along a direction: base + x · direction. @param {Float32Array} base @param {Float32Array} direction
 * @param {number[]} places  the values of x */
export const along = (base, direction, places) => places.map((x) => base.map((value, k) => value + x * direction[k]));

/** A square grid of codes, row by row from the lowest y: all values as the base has them, but for two axes, which go
 * over the whole reach. With a base of one dimension it is one row. @param {Float32Array} base @param {number} x  the
 * axis that goes across @param {number} y  the axis that goes up @param {number} side @param {number} reach */
export function noiseGrid(base, x, y, side, reach) {
  const places = evenly(-reach, reach, side);
  const rows = x === y || base.length < 2 ? [base[y] ?? 0] : places;
  return rows.flatMap((up) => places.map((across) => {
    const code = base.slice();
    code[y] = up;
    code[x] = across;
    return code;
  }));
}

/** @param {number} from @param {number} to @param {number} count  two or more, with both ends */
export const evenly = (from, to, count) => Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1));

/** @param {number} count @param {number} index */
export const oneHot = (count, index) => Float32Array.from({ length: count }, (_, i) => (i === index ? 1 : 0));

/** Shares of classes, which sum to 1, out of weights; even ones where all weights are 0. @param {Float32Array} weights */
export function mixture(weights) {
  const positive = weights.map((weight) => Math.max(0, weight));
  const sum = positive.reduce((total, weight) => total + weight, 0);
  return positive.map((weight) => (sum > 0 ? weight / sum : 1 / weights.length));
}

/** Arrays one after another. @param {Float32Array[]} arrays */
export function pack(arrays) {
  const packed = new Float32Array(arrays.reduce((sum, array) => sum + array.length, 0));
  let at = 0;
  for (const array of arrays) {
    packed.set(array, at);
    at += array.length;
  }
  return packed;
}
