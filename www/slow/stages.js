// The stages that a step is taken apart into, in the order in which they happen, and what of the diagram each lights up.
// Pure; what is said of a stage is in the texts, by its name.

/**
 * @typedef {"d" | "g"} Net  in whose phase it is: that net learns, and the other is frozen
 * @typedef {"noise" | "fakes" | "reals" | "scores" | "loss" | "gradients" | "pull" | "update" | "after"} What
 * @typedef {"noise" | "g" | "fake" | "real" | "d" | "loss"} Box
 * @typedef {"noise-g" | "g-fake" | "fake-d" | "real-d" | "d-loss"} Way
 *
 * @typedef {object} Stage
 * @property {string} name  such as "d-noise"
 * @property {Net} phase
 * @property {What} what
 * @property {Box[]} boxes
 * @property {Way[]} ways
 * @property {boolean} back  whether what flows is a gradient, against the arrows
 * @property {Way | null} stop  where a gradient goes no further
 */

/** @param {Net} phase @param {What} what @param {Box[]} boxes @param {Way[]} ways @param {{back?: boolean, stop?: Way}} [how]
 * @returns {Stage} */
const stage = (phase, what, boxes, ways, { back = false, stop } = {}) =>
  ({ name: `${phase}-${what}`, phase, what, boxes, ways, back, stop: stop ?? null });

const DISCRIMINATOR = [
  stage("d", "noise", ["noise"], []),
  stage("d", "fakes", ["noise", "g", "fake"], ["noise-g", "g-fake"]),
  stage("d", "reals", ["real"], []),
  stage("d", "scores", ["fake", "real", "d"], ["fake-d", "real-d"]),
  stage("d", "loss", ["d", "loss"], ["d-loss"]),
  stage("d", "gradients", ["loss", "d"], ["d-loss"], { back: true, stop: "fake-d" }),
  stage("d", "update", ["d"], []),
];

/** @param {boolean} pairs  whether fakes are judged beside real examples @returns {Stage[]} */
const generator = (pairs) => [
  stage("g", "noise", ["noise"], []),
  stage("g", "fakes", ["noise", "g", "fake"], ["noise-g", "g-fake"]),
  pairs ? stage("g", "scores", ["fake", "real", "d"], ["fake-d", "real-d"]) : stage("g", "scores", ["fake", "d"], ["fake-d"]),
  stage("g", "loss", ["d", "loss"], ["d-loss"]),
  stage("g", "pull", ["loss", "d", "fake"], ["d-loss", "fake-d"], { back: true }),
  stage("g", "gradients", ["fake", "g"], ["g-fake"], { back: true, stop: "noise-g" }),
  stage("g", "update", ["g"], []),
  stage("g", "after", ["noise", "g", "fake"], ["noise-g", "g-fake"]),
];

/** @param {{learns: boolean, pairs: boolean}} how  whether G learns in this step, and whether the objective compares pairs */
export const stagesOf = ({ learns, pairs }) => (learns ? [...DISCRIMINATOR, ...generator(pairs)] : DISCRIMINATOR);

/** What an example's numbers are known by: the stage of its phase that first shows them. */
const ORDER = /** @type {const} */ (["noise", "fakes", "reals", "scores", "loss", "gradients", "pull", "update", "after"]);

/** Whether at that stage what another stage of the same phase shows is known already. @param {Stage} now @param {What} what */
export function isKnown(now, what) {
  // The pull on the fakes comes before the gradients of G, and after those of D there is none.
  const place = (/** @type {What} */ one) => (one === "gradients" && now.phase === "g" ? ORDER.indexOf("pull") + 0.5 : ORDER.indexOf(one));
  return place(now.what) >= place(what);
}
