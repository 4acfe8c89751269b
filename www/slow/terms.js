// What each example adds to a loss, under each objective, from D's raw scores. A term is a mean of such numbers, and the
// terms of a net's loss add up to it. Pure. Terms stand in the order in which `OBJECTIVES` of the page's texts writes them.

/**
 * @typedef {import("../protocol.js").Objective} Objective
 *
 * What one number of a term is of: a real example, a fake, or one of each side by side.
 * @typedef {"real" | "fake" | "pair"} Judged
 * @typedef {{of: Judged, values: number[]}} Term
 */

/** ln(1 + eˣ), which is −ln σ(−x), without an overflow. @param {number} x */
export const softplus = (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

/** What D is to say of real examples. @param {Objective} objective */
export const realTarget = (objective) => ("label_smoothing" in objective ? 1 - objective.label_smoothing : 1);

/** @param {ArrayLike<number>} values */
export const mean = (values) => Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;

/** @param {Objective} objective @param {ArrayLike<number>} real  scores @param {ArrayLike<number>} fake  scores
 * @returns {Term[]} */
export function discriminatorTerms(objective, real, fake) {
  const target = realTarget(objective);
  const ofReal = termOf("real", real);
  const ofFake = termOf("fake", fake);
  switch (objective.kind) {
    case "minimax":
    case "non-saturating":
      return [ofReal((score) => target * softplus(-score) + (1 - target) * softplus(score)), ofFake(softplus)];
    case "least-squares":
      return [ofReal((score) => (score - target) ** 2 / 2), ofFake((score) => score ** 2 / 2)];
    case "hinge":
      return [ofReal((score) => Math.max(0, 1 - score)), ofFake((score) => Math.max(0, 1 + score))];
    case "wasserstein":
      return [ofFake((score) => score), ofReal((score) => -score)];
    case "relativistic":
      return [pairs(real, fake)];
  }
}

/** @param {Objective} objective @param {ArrayLike<number>} fake  scores
 * @param {ArrayLike<number>} real  scores of the examples beside them, where they are compared @returns {Term[]} */
export function generatorTerms(objective, fake, real) {
  const ofFake = termOf("fake", fake);
  switch (objective.kind) {
    case "minimax":
      return [ofFake((score) => -softplus(score))];
    case "non-saturating":
      return [ofFake((score) => softplus(-score))];
    case "least-squares":
      return [ofFake((score) => (score - 1) ** 2 / 2)];
    case "hinge":
    case "wasserstein":
      return [ofFake((score) => -score)];
    case "relativistic":
      return [pairs(fake, real)];
  }
}

/** @param {Judged} of @param {ArrayLike<number>} scores */
const termOf = (of, scores) => (/** @type {(score: number) => number} */ each) => ({ of, values: Array.from(scores, each) });

/** How far the one falls short of the other. @param {ArrayLike<number>} wanted @param {ArrayLike<number>} other
 * @returns {Term} */
const pairs = (wanted, other) => ({ of: "pair", values: Array.from(wanted, (score, i) => softplus(other[i] - score)) });
