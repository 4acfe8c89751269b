// What the pair plots say of a table of numbers: the range of a column, how often its values occur, how two columns go
// together, and where the ticks of an axis stand. Pure.
import { number } from "../language.js";

/** Share of a range's width that is added on both of its sides. */
const MARGIN = 0.15;

/** The columns of rows that lie behind one another. @param {Float32Array} rows @param {number} k  numbers in a row */
export const columnsOf = (rows, k) =>
  Array.from({ length: k }, (_, j) => Float32Array.from({ length: Math.floor(rows.length / k) }, (_, i) => rows[i * k + j]));

/**
 * What an axis shows: from the 1st to the 99th percentile, and some more on both sides, so that a few strange values do
 * not press all others together. A column of one value gets a range around it.
 * @param {Float32Array} column @returns {[number, number]}
 */
export function rangeOf(column) {
  const sorted = column.filter(Number.isFinite).sort();
  const low = sorted[Math.round(0.01 * (sorted.length - 1))] ?? 0;
  const high = sorted[Math.round(0.99 * (sorted.length - 1))] ?? 0;
  // Rounded values are apart by more than this, which is what a number of 32 bits can tell.
  const margin = high - low > 1e-6 * Math.max(1, Math.abs(low)) ? MARGIN * (high - low) : 0.5;
  return [low - margin, high + margin];
}

/** Share of a column's values in each of `bins` equal parts of a range. Values beyond it are in none.
 * @param {Float32Array} column @param {[number, number]} range @param {number} bins */
export function histogram(column, [low, high], bins) {
  const shares = new Float64Array(bins);
  for (const value of column) {
    const bin = Math.floor(((value - low) / (high - low)) * bins);
    if (bin >= 0 && bin < bins) shares[bin] += 1 / column.length;
  }
  return shares;
}

/** @param {Float32Array} column */
export const meanOf = (column) => column.reduce((sum, value) => sum + value, 0) / column.length;

/** A column for `correlation`: its mean is 0, and the sum of its squares 1. @param {Float32Array} column */
export function unitColumn(column) {
  const mean = meanOf(column);
  const unit = Float64Array.from(column, (value) => value - mean);
  const length = Math.sqrt(unit.reduce((sum, value) => sum + value * value, 0));
  // What is left of equal numbers is rounding, and goes with nothing.
  const still = length <= 1e-6 * Math.max(1, Math.abs(mean)) * Math.sqrt(column.length);
  for (let i = 0; i < unit.length; i += 1) unit[i] = still ? NaN : unit[i] / length;
  return unit;
}

/** Pearson's coefficient of two columns; NaN where one of them does not vary, or has no finite value somewhere.
 * @param {Float64Array} a @param {Float64Array} b  both by `unitColumn` */
export function correlation(a, b) {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += a[i] * b[i];
  return Math.max(-1, Math.min(1, sum));
}

/** Round numbers within a range, and how far they are apart. @param {number} low @param {number} high
 * @param {number} most  as many, about */
export function ticksOf(low, high, most) {
  const least = (high - low) / Math.max(1, most);
  const power = 10 ** Math.floor(Math.log10(least));
  const step = power * ([1, 2, 5].find((factor) => factor * power >= least) ?? 10);
  if (!(step > 0 && Number.isFinite(step))) return { step: 0, values: [] };
  const first = Math.ceil(low / step);
  const count = Math.max(0, Math.floor(high / step) - first + 1);
  return { step, values: Array.from({ length: count }, (_, i) => (first + i) * step) };
}

/** A number of an axis, with as many digits as tell it from its neighbours. @param {number} value @param {number} step
 * @param {number} largest  on that axis, without its sign: one axis writes all its numbers in one way */
export function tickText(value, step, largest) {
  if (value === 0) return "0";
  const digits = Math.max(1, Math.min(15, Math.ceil(Math.log10(Math.abs(value) / step)) + 1));
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const text = largest >= 1e5 ? number(value, { notation: "compact", maximumSignificantDigits: digits })
    : decimals > 5 ? number(String(Number(value.toPrecision(digits))))
    : number(value, { maximumFractionDigits: decimals, useGrouping: "min2" });
  return text.replace("-", "−");
}
