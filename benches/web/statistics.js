// Medians and ranges. Medians, as one round that another process disturbed must not move the figure.

/** @typedef {{median: number, min: number, max: number, values: number[]}} Summary */

/** @param {number[]} values  at least one @returns {Summary} */
export function summarise(values) {
  if (values.length === 0) throw new Error("There is nothing to summarise.");
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  const median = sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  return { median, min: sorted[0], max: sorted[sorted.length - 1], values };
}

/** Each round of the one over the same round of the other: what slows the machine for a while slows both.
 * @param {number[]} ours @param {number[]} theirs @returns {Summary} */
export function summariseRatios(ours, theirs) {
  if (ours.length !== theirs.length) throw new Error("Ratios need rounds in pairs.");
  return summarise(ours.map((value, i) => value / theirs[i]));
}
