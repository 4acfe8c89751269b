// What a lesson's check asks of the figures: conditions read from text, and the figures of the run as the page has them.
// Pure; it knows nothing of lessons or of the page.

/**
 * @typedef {import("../store.js").State} State
 * @typedef {"<" | "<=" | ">" | ">="} Relation
 * A figure compared with a number, or with that many times another figure.
 * @typedef {{figure: string, relation: Relation, factor: number, other: string | null}} Comparison
 * By name; what the run does not have is left out.
 * @typedef {Record<string, number>} Figures
 * @typedef {Pick<State, "measures" | "lossHistory">} Measured
 */

/** Over how many steps a loss is averaged, as one step's is mostly noise. */
const LOSS_STEPS = 50;

/** @type {Record<string, (state: Measured) => number | null | undefined>} */
const FIGURES = {
  step: ({ measures }) => measures?.step,
  modes: ({ measures }) => measures?.figure?.captured,
  modes_total: ({ measures }) => measures?.figure?.total,
  high_quality: ({ measures }) => measures?.figure?.highQuality,
  width: ({ measures }) => measures?.figure?.width,
  jensen_shannon: ({ measures }) => measures?.figure?.jensenShannon,
  accuracy_real: ({ measures }) => measures?.accuracyReal,
  accuracy_fake: ({ measures }) => measures?.accuracyFake,
  accuracy: ({ measures }) => measures && (measures.accuracyReal + measures.accuracyFake) / 2,
  saturation: ({ measures }) => measures?.saturation,
  diversity: ({ measures }) => measures?.diversity,
  sliced: ({ measures }) => measures?.sliced,
  sliced_floor: ({ measures }) => measures?.slicedFloor,
  gradient_d: ({ measures }) => measures?.gradientsD.total,
  gradient_g: ({ measures }) => measures?.gradientsG.total,
  frechet: ({ measures }) => measures?.pictures?.frechet,
  frechet_floor: ({ measures }) => measures?.pictures?.frechetFloor,
  as_asked: ({ measures }) => (measures?.figure ?? measures?.pictures)?.askedFor,
  right_label: ({ measures }) => measures?.labels?.right,
  wrong_label: ({ measures }) => measures?.labels?.swapped,
  loss_d: ({ lossHistory }) => lately(lossHistory, 1),
  loss_g: ({ lossHistory }) => lately(lossHistory, 2),
};

/** Those that are shares of a whole, and read as per cent. */
const SHARES = ["high_quality", "accuracy_real", "accuracy_fake", "accuracy", "saturation", "as_asked", "right_label", "wrong_label"];

export const FIGURE_NAMES = Object.keys(FIGURES);

/** @param {string} name */
export const isShare = (name) => SHARES.includes(name);

/** @param {Measured} state @returns {Figures} */
export function figuresOf(state) {
  /** @type {Figures} */
  const figures = {};
  for (const [name, read] of Object.entries(FIGURES)) {
    const value = read(state);
    if (typeof value === "number" && !Number.isNaN(value)) figures[name] = value;
  }
  return figures;
}

/** The mean of a loss over the last steps; in a long run an entry of the history stands for some of them already.
 * @param {import("../charts/history.js").History} history @param {number} column */
function lately(history, column) {
  const last = history.view()[column].slice(-Math.ceil(LOSS_STEPS / history.stride));
  return last.length === 0 ? null : last.reduce((sum, value) => sum + value, 0) / last.length;
}

/** Comparisons joined by "and", such as "modes <= 4 and gradient_g < 0.5 * gradient_d".
 * @param {string} text
 * @returns {{ok: true, comparisons: Comparison[]} | {ok: false, reason: "condition" | "figure", value: string}} */
export function parseCondition(text) {
  /** @type {Comparison[]} */
  const comparisons = [];
  for (const part of text.trim().split(/\s+and\s+/)) {
    const found = /^([a-z_]+)\s*(<=|>=|<|>)\s*(-?\d*\.?\d+)(?:\s*\*\s*([a-z_]+))?$/.exec(part);
    if (!found) return { ok: false, reason: "condition", value: part };
    const [, figure, relation, factor, other = null] = found;
    const unknown = [figure, other].find((name) => name !== null && !(name in FIGURES));
    if (unknown) return { ok: false, reason: "figure", value: unknown };
    comparisons.push({ figure, relation: /** @type {Relation} */ (relation), factor: Number(factor), other });
  }
  return { ok: true, comparisons };
}

/** @type {Record<Relation, (a: number, b: number) => boolean>} */
const HOLDS = { "<": (a, b) => a < b, "<=": (a, b) => a <= b, ">": (a, b) => a > b, ">=": (a, b) => a >= b };

/** What the run has no figure for is not met. @param {Comparison[]} comparisons @param {Figures} figures */
export function isMet(comparisons, figures) {
  // A comparison with what is not there is one with NaN, which no relation holds for.
  return comparisons.every(({ figure, relation, factor, other }) =>
    HOLDS[relation](figures[figure] ?? NaN, other === null ? factor : factor * (figures[other] ?? NaN)));
}
