// A line that the eye can follow through noise: the exponential mean of all values up to each. Pure.

const KEEP = 0.93;

/** @param {ArrayLike<number>} values @returns {Float64Array} */
export function smooth(values) {
  const result = new Float64Array(values.length);
  let sum = 0;
  let weight = 0;
  for (let i = 0; i < values.length; i += 1) {
    // Divided by the weight so far, else the first values would be pulled to zero.
    sum = KEEP * sum + (1 - KEEP) * values[i];
    weight = KEEP * weight + (1 - KEEP);
    result[i] = sum / weight;
  }
  return result;
}
