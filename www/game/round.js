// The rules: who is right, what a round comes to, and the best score so far. Pure, but for the keeping of that.

/**
 * @typedef {import("../protocol.js").Deal} Deal
 *
 * What a person said of an example; null where time ran out.
 * @typedef {boolean | null} Answer  true is "real"
 *
 * @typedef {object} Result
 * @property {boolean} real
 * @property {"right" | "wrong" | "late"} person
 * @property {boolean} says  whether D says "real"
 * @property {boolean} discriminator  whether D is right
 */

export const COUNT = 12;
/** Seconds for an answer; 0 is without end. */
export const CLOCKS = [3, 5, 10, 0];
export const CLOCK = 5;
/** Steps that are trained between two rounds. */
export const MORE = 200;

/** @param {Deal} deal @param {number} i @param {Answer} answer @returns {Result} */
export function judge({ real: reals, probabilities }, i, answer) {
  const real = reals[i] === 1;
  const says = probabilities[i] > 0.5;
  return { real, person: answer === null ? "late" : answer === real ? "right" : "wrong", says, discriminator: says === real };
}

/** What a round comes to. An answer that did not come in time counts as a wrong one. @param {Result[]} results */
export function tally(results) {
  const count = (/** @type {(result: Result) => boolean} */ of) => results.filter(of).length;
  return {
    person: count(({ person }) => person === "right"),
    discriminator: count(({ discriminator }) => discriminator),
    fooledBoth: count(({ person, discriminator }) => person !== "right" && !discriminator),
    fooledPerson: count(({ person, discriminator }) => person !== "right" && discriminator),
    fooledDiscriminator: count(({ person, discriminator }) => person === "right" && !discriminator),
  };
}

/** One of the examples. @param {Deal} deal @param {number} i */
export function exampleOf({ examples, real }, i) {
  const size = examples.length / real.length;
  return examples.subarray(i * size, (i + 1) * size);
}

const KEY = "best-scores";

/** @returns {Record<string, number>}  best score by kind of data */
function kept() {
  try {
    const found = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    return typeof found === "object" && found !== null ? found : {};
  } catch {
    // Without storage, or with something else in its place, there is no best yet.
    return {};
  }
}

/** @param {string} kind  of data @returns {number | null} */
export function bestOf(kind) {
  const best = kept()[kind];
  return Number.isInteger(best) && best >= 0 && best <= COUNT ? best : null;
}

/** @param {string} kind @param {number} score @returns {boolean} whether it is the best so far */
export function keepBest(kind, score) {
  const before = bestOf(kind);
  if (before !== null && score <= before) return false;
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...kept(), [kind]: score }));
  } catch {
    // It is still told now, and forgotten with the page.
  }
  return true;
}
