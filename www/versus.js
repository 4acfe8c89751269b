// What B of a comparison differs in from A, and B's experiment that follows from it. Pure: it knows no store and no link.
import { fieldApplies, findField, openOptions, withField } from "./fields.js";

/**
 * @typedef {import("./fields.js").Catalogue} Catalogue
 * @typedef {import("./fields.js").Field} Field
 * @typedef {import("./protocol.js").Experiment} Experiment
 *
 * A setting, and what B has there.
 * @typedef {{path: string, value: import("./fields.js").FieldValue}} Difference
 */

/** Other data make another game, and the device is A's, so that the two are compared on equal terms. */
const SHARED = ["device", "data.kind", "data.id", "data.strokes", "data.only", "data.columns"];

/** @param {Field} field */
export const canDiffer = ({ path }) => !SHARED.includes(path);

/** B's experiment, and those of the differences that mean anything beside this A. The others wait until they do: a smoothing of
 * labels comes back with an objective that has labels. Kinds come first, for they decide which settings there are.
 * @param {Catalogue} catalogue @param {Experiment} experiment  A's @param {Difference[]} versus */
function follow(catalogue, experiment, versus) {
  const kind = (/** @type {Difference} */ { path }) => path.endsWith(".kind");
  /** @type {Difference[]} */
  const applied = [];
  let b = experiment;
  for (const difference of [...versus.filter(kind), ...versus.filter((one) => !kind(one))]) {
    const { path, value } = difference;
    const field = findField(catalogue, path);
    if (!fieldApplies(field, b) || (field.type === "choice" && !openOptions(field, b).includes(String(value)))) continue;
    b = withField(catalogue, b, path, value);
    applied.push(difference);
  }
  return { b, applied };
}

/** @param {Catalogue} catalogue @param {Experiment} experiment @param {Difference[]} versus */
export const withDifferences = (catalogue, experiment, versus) => follow(catalogue, experiment, versus).b;

/** @param {Catalogue} catalogue @param {Experiment} experiment @param {Difference[]} versus */
export const differencesThatApply = (catalogue, experiment, versus) => follow(catalogue, experiment, versus).applied;

/** The differences with one more, or another value of one. @param {Difference[]} versus @param {Difference} one */
export function differingIn(versus, one) {
  const at = versus.findIndex(({ path }) => path === one.path);
  return at === -1 ? [...versus, one] : versus.with(at, one);
}
