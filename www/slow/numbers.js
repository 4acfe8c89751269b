// Numbers as slow motion writes them: three significant digits, so that a sum can be followed by eye. Pure.
import { number } from "../language.js";

/** From here on a plain number takes too many zeros. */
const SMALL = 1e-3;
const LARGE = 1e5;

/** @param {number} value */
export function three(value) {
  if (Number.isNaN(value)) return "–";
  const size = Math.abs(value);
  if (size === Infinity) return minus(value > 0 ? "∞" : "-∞");
  if (size === 0) return "0";
  if (size < SMALL || size >= LARGE) {
    const [digits, exponent] = value.toExponential(2).split("e");
    return minus(`${number(digits)} · 10${raised(Number(exponent))}`);
  }
  const rounded = Number(value.toPrecision(3));
  // Of 1,230 and more all digits before the point are shown, and none after it.
  return minus(Math.abs(rounded) < 1000 ? number(rounded.toPrecision(3)) : String(Math.round(value)));
}

/** A probability so near 1 that three digits would round it to 1 is told by what it lacks. @param {number} logit  of it */
export function chance(logit) {
  const lacking = 1 / (1 + Math.exp(logit));
  return lacking < 0.0005 ? `(1 − ${three(lacking)})` : three(1 / (1 + Math.exp(-logit)));
}

/** One that is subtracted or multiplied: what is negative needs brackets. @param {number} value */
export const inBrackets = (value) => (value < 0 ? `(${three(value)})` : three(value));

/** @param {string} text  @returns {string} with the sign that is as wide as a plus */
const minus = (text) => text.replace(/^-/, "−");

/** @param {number} exponent */
const raised = (exponent) => String(exponent).replace("-", "⁻").replace(/\d/g, (digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)]);
