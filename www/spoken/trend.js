// Which way a line on a chart goes of late, as a person would say who looks at it. Pure; the words are in the texts.

/** @typedef {"unknown" | "steady" | "up" | "up-little" | "down" | "down-little"} Trend */

/** Entries without which a line shows nothing but chance. */
const LEAST = 12;
/** Of the chart's height: less than this nobody sees, and less than that is only a little. */
const SEEN = 0.02;
const MUCH = 0.15;
/** Standard errors that chance alone may make. */
const SURE = 2.5;

/** "Of late" is the last third of what is shown: its beginning against its end.
 * @param {ArrayLike<number>} line @param {number} height  that the chart spans, in the line's own units @returns {Trend} */
export function trendOf(line, height) {
  const values = Array.from(line).filter(Number.isFinite);
  if (values.length < LEAST) return "unknown";
  const late = values.slice(-Math.max(LEAST, Math.ceil(values.length / 3)));
  const quarter = Math.ceil(late.length / 4);
  const before = spread(late.slice(0, quarter));
  const after = spread(late.slice(-quarter));
  const change = after.mean - before.mean;
  const chance = SURE * Math.sqrt((before.variance + after.variance) / quarter);
  if (Math.abs(change) <= Math.max(SEEN * height, chance)) return "steady";
  const way = change > 0 ? "up" : "down";
  return Math.abs(change) < MUCH * height ? `${way}-little` : way;
}

/** Where a noisy line stands: the mean of its end. @param {ArrayLike<number>} line */
export function standOf(line) {
  const values = Array.from(line).filter(Number.isFinite);
  return values.length === 0 ? NaN : spread(values.slice(-Math.ceil(values.length / 12))).mean;
}

/** @param {number[]} values @returns {{mean: number, variance: number}} */
export function spread(values) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length - 1);
  return { mean, variance };
}
