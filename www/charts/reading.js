// How the charts' numbers are to be read: what to compare losses with, and how numbers are written at an axis. Pure.

/** The losses of a D that can only guess, D's and G's. @param {import("../protocol.js").Objective} objective
 * @returns {import("./line-chart.js").Reference[]} */
export function equilibrium(objective) {
  // Smoothed labels move it, by what depends on D.
  if ("label_smoothing" in objective && objective.label_smoothing > 0) return [];
  const at = {
    minimax: [2 * Math.LN2, -Math.LN2],
    "non-saturating": [2 * Math.LN2, Math.LN2],
    "least-squares": [0.25, 0.125],
    hinge: [2, 0],
    wasserstein: [0, 0],
    relativistic: [Math.LN2, Math.LN2],
  }[objective.kind];
  return [{ at: at[0], colour: "d" }, { at: at[1], colour: "g" }];
}

/** @param {number} value */
export const percent = (value) => `${Math.round(value * 100)} %`;

/** @param {number} value */
export function powerOfTen(value) {
  const exponent = Math.round(Math.log10(value));
  if (exponent >= 0 && exponent <= 3) return String(10 ** exponent);
  return `10${String(exponent).replace("-", "⁻").replace(/\d/g, (digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)])}`;
}

/** To a number that stays put while values wander a little. @param {number} value */
export function roundUp(value) {
  const size = 10 ** Math.floor(Math.log10(value));
  const steps = [1, 1.5, 2, 3, 4, 5, 6, 8, 10];
  return size * /** @type {number} */ (steps.find((step) => step * size >= value));
}
