// What slow motion says: a step taken apart, stage by stage.
// Formulas are of the shape in `page.js`: one string a term.

/**
 * @typedef {import("../../protocol.js").Objective["kind"]} Kind
 *
 * What the sentences of a stage may need to know. Numbers are ready to be read.
 * @typedef {object} Told
 * @property {string} batch  examples in it
 * @property {string} dims  of the noise
 * @property {string} loss
 * @property {string} penalty
 * @property {boolean} penalised
 * @property {string} gradient  norm over the whole net that learns
 * @property {string} change  likewise
 * @property {string} share  of the change in the weights, in per cent
 * @property {string} rate
 * @property {number} updates  of the net that learns, in the step
 * @property {string} fooled  share of fakes that D takes for real, in per cent
 * @property {string} spotted  share of reals that D takes for real, in per cent
 * @property {boolean} pairs
 * @property {boolean} critic  whether scores stand for no probability of their own
 * @property {boolean} pictures
 */

export const SLOW = {
  title: "Slow motion",
  intro: "One training step takes some thousandths of a second. Here you can watch it stage by stage: first D learns while G is frozen, then G learns while D is frozen. All numbers are those of the real step.",
  dissect: "Take apart the next step",
  dissectHint: "Does one training step, as the button Step does, and keeps all that happened in it",
  working: "Taking it apart…",
  failed: "This run has ended, so there is no next step. Reset starts it again.",
  close: "Close slow motion",
  /** @param {number} step */
  step: (step) => `Step ${step.toLocaleString("en")}`,
  /** @param {number} now */
  behind: (now) => `The run is now at step ${now.toLocaleString("en")}.`,
  diagram: "How data flow in this step",
  strip: "Stages of the step",
  phases: { d: "D learns", g: "G learns" },
  waits: "G does not learn in this step: D has a head start.",
  controls: "Slow motion’s controls",
  previous: "Previous stage",
  next: "Next stage",
  play: "Play the stages",
  pause: "Pause",
  pace: "Pace",
  /** @param {number} seconds */
  paceOf: (seconds) => `${seconds} s a stage`,
  scrubber: "Stage",
  /** @param {number} at @param {number} count @param {string} name */
  place: (at, count, name) => `Stage ${at} of ${count}: ${name}`,
  keys: "Arrow keys go from stage to stage.",
  example: "Example",
  /** @param {number} at @param {number} count */
  exampleOf: (at, count) => `Example ${at} of ${count}`,
  previousExample: "Previous example",
  nextExample: "Next example",
  choose: "Click one to follow it.",
  follow: "Follow one example",
  fake: "Fake",
  real: "Real",
  /** @param {string} what @param {string} example */
  picture: (what, example) => `${what} ${example} is marked.`,
  legend: {
    fake: "fakes, by their noise",
    noise: "noise, by where it lies",
    real: "real",
    realBefore: "real, D’s turn",
    pull: "pull",
    before: "before",
  },
  halves: { fakes: "Fakes", reals: "Real", pull: "Pull on each pixel", after: "The same noise after the update" },
  scores: "Scores",
  /** @param {number} count @param {string} low @param {string} high @param {string} mean */
  scoresOf: (count, low, high, mean) => `${count} from ${low} to ${high}, mean ${mean}`,
  fence: "as likely real as fake",
  bars: {
    /** @type {Record<"d" | "g", string>} */
    gradients: { d: "Gradient of D’s loss, layer by layer", g: "Gradient of G’s loss, layer by layer" },
    /** @type {Record<"d" | "g", string>} */
    update: { d: "How far D’s weights moved, layer by layer", g: "How far G’s weights moved, layer by layer" },
    logarithmic: "Bars are logarithmic; the numbers are lengths (norms).",
  },
  formula: {
    /** @type {Record<"d" | "g", string>} */
    loss: { d: "D’s loss", g: "G’s loss" },
    term: "Term",
    numbers: "This batch put in",
    mean: "Mean",
    penalty: "Penalties and the like",
    penaltyHint: "What keeps D smooth (see Lipschitz), and in a conditional run what teaches D to look at the class. It is added to what D descends on, and is no part of the loss that the page shows.",
    lossHint: "The number that the net which learns makes smaller: the sum of its terms. The chart of losses has one such point for every step.",
  },
};

/** The places of the diagram. */
export const BOXES = {
  noise: { name: "Noise", sign: "z", hint: "z: random numbers, drawn anew for every fake. All that differs between two fakes comes from here." },
  g: { name: "G", sign: "generator", hint: "The generator G turns noise into fakes. It never sees real data: all it learns, it learns through D." },
  fake: { name: "Fakes", sign: "G(z)", hint: "G(z): what G makes of the noise. Each keeps the colour of its noise here, so that you can follow it." },
  real: { name: "Real", sign: "x", hint: "x: examples from the data that G is to imitate. D learns to tell them from fakes." },
  d: { name: "D", sign: "discriminator", hint: "The discriminator D gives every example a score: high for real, low for fake." },
  loss: { name: "Loss", sign: "", hint: "How wrong the net that learns is, in one number for the whole batch. Its gradient says how each weight would have to change to make it smaller." },
};

export const LOCK = {
  frozen: "frozen",
  learns: "learns",
  /** @type {Record<"d" | "g", string>} */
  hints: {
    d: "D is frozen in this phase: gradients go through it, but none of its weights change.",
    g: "G is frozen in this phase: it makes fakes, but no gradient comes back to it and none of its weights change.",
  },
};

/** Stages: `name` on the strip, `hint` on pointing at it, and what is told while it is shown.
 * @type {Record<string, {name: string, title: string, hint: string, text: (told: Told) => string}>} */
export const STAGES = {
  "d-noise": {
    name: "Noise",
    title: "Noise is drawn",
    hint: "Random numbers are drawn, one set for every fake of the batch.",
    text: ({ batch, dims }) => `${batch} times ${dims} drawn at random: the only thing that will differ from fake to fake. The plane shows the first two.`,
  },
  "d-fakes": {
    name: "Fakes",
    title: "G makes fakes",
    hint: "The frozen generator turns each noise into a fake.",
    text: () => "G, which is frozen in this phase, turns every noise into a fake. Nearby noise usually gives fakes that are alike.",
  },
  "d-reals": {
    name: "Reals",
    title: "Real examples join them",
    hint: "As many examples are drawn from the real data.",
    text: ({ batch }) => `As many real examples, ${batch}, are drawn from the data. D will see both, and only this program knows which is which.`,
  },
  "d-scores": {
    name: "Scores",
    title: "D gives every example a score",
    hint: "D judges reals and fakes, each by itself, with one number.",
    text: ({ spotted, fooled, critic }) => `One number each, C: the higher, the more real. ${critic
      ? "Only differences between scores mean something here; read as probabilities"
      : "Read as probabilities"}, D takes ${spotted} of the reals and ${fooled} of the fakes for real.`,
  },
  "d-loss": {
    name: "Loss",
    title: "How wrong was D?",
    hint: "The objective makes one number of all scores: D’s loss.",
    text: ({ loss, pairs, penalised, penalty }) => `${pairs ? "Each fake is compared with the real example beside it. " : ""}Every example adds its part; the mean of the batch is D’s loss, ${loss}.${penalised ? ` Penalties add ${penalty}.` : ""}`,
  },
  "d-gradients": {
    name: "Gradients",
    title: "Back through D",
    hint: "The loss is differentiated backwards, layer by layer, as far as D’s input.",
    text: ({ gradient }) => `Backwards from the loss, layer by layer: how would it change with each weight of D? All together, the gradient is ${gradient} long. It stops at the fakes, for G is frozen.`,
  },
  "d-update": {
    name: "Update",
    title: "D’s weights are updated",
    hint: "The optimiser moves D’s weights a little against the gradient.",
    text: (told) => updated("D", told),
  },
  "g-noise": {
    name: "Noise",
    title: "New noise for G’s turn",
    hint: "Fresh random numbers for the generator’s own phase.",
    text: ({ batch, dims }) => `Now D is frozen and G learns. ${batch} times ${dims} are drawn anew: G is not taught on the fakes that D has just seen.`,
  },
  "g-fakes": {
    name: "Fakes",
    title: "G makes fakes again",
    hint: "G turns the new noise into fakes; this time it learns from what becomes of them.",
    text: () => "This time G keeps account of how each fake came about, so that blame and praise can find their way back to its weights.",
  },
  "g-scores": {
    name: "Scores",
    title: "D, now frozen, judges them",
    hint: "D, as it is after its own update, scores the fakes.",
    text: ({ fooled, pairs }) => `D, just updated and now frozen, gives each fake a score${pairs ? ", and the real examples beside them too" : ""}. It takes ${fooled} of the fakes for real.`,
  },
  "g-loss": {
    name: "Loss",
    title: "How wrong was G?",
    hint: "The objective makes one number of the fakes’ scores: G’s loss.",
    text: ({ loss, pairs }) => `G wants high scores for its fakes${pairs ? ", higher than those of the real examples beside them" : ""}. The mean over the batch is G’s loss, ${loss}.`,
  },
  "g-pull": {
    name: "Pull",
    title: "Back through D to the fakes",
    hint: "The gradient goes back through the frozen D: which way would each fake have to move to look more real?",
    text: ({ pictures }) => (pictures
      ? "The gradient goes back through D without changing it, and arrives at the pixels: where each should be brighter or darker to look more real to D. Here D teaches G."
      : "The gradient goes back through D without changing it, and arrives at the fakes: each arrow points to where that fake would look more real to D. Here D teaches G."),
  },
  "g-gradients": {
    name: "Gradients",
    title: "Back through G",
    hint: "From the fakes further back, layer by layer, as far as the noise.",
    text: ({ gradient }) => `From the fakes on, layer by layer through G: how would its weights have to change so that all fakes follow their pull at once? The gradient is ${gradient} long.`,
  },
  "g-update": {
    name: "Update",
    title: "G’s weights are updated",
    hint: "The optimiser moves G’s weights a little against the gradient.",
    text: (told) => updated("G", told),
  },
  "g-after": {
    name: "After",
    title: "The same noise now gives …",
    hint: "What the same noise gives after the update.",
    text: ({ pictures }) => `The same noise through the updated G. One step changes little${pictures ? " to the eye" : ""}; a run is thousands of them. Then the next step begins, with D’s turn.`,
  },
};

/** @param {string} net @param {Told} told */
function updated(net, { updates, change, share, rate }) {
  if (updates === 0) return `${net} has no updates in this step (see Training), so its weights stay as they are.`;
  const last = updates > 1 ? `This was the last of ${updates} updates of ${net} in this step. ` : "";
  return `${last}The optimiser makes a step of the gradient, with learning rate ${rate}. All of ${net}’s weights together moved by ${change}, which is ${share} of their length.`;
}

/** The numbers of the example that is followed. */
export const ROWS = {
  noise: { name: "Noise z", hint: "The random numbers that this fake was made from." },
  example: { name: "Example", hint: "What D sees: the fake, and the real example that happens to stand beside it in the batch." },
  score: { name: "Score C", hint: "What D makes of the example, before it is read as a probability. With packing it is the score of the whole pack." },
  probability: { name: "Taken for real", hint: "The score read as D’s probability that the example is real." },
  term: { name: "Adds to loss", hint: "What this one example adds to the loss, before the mean is taken over the batch." },
  pull: { name: "Pull", hint: "Which way this fake would have to change to make G’s loss smaller: minus the loss’s gradient at it." },
  after: { name: "After", hint: "What the same noise gives once G has been updated." },
  /** @param {number} count */
  more: (count) => `… (${count} numbers)`,
  /** @param {string} length */
  long: (length) => `length ${length}`,
};

/** The followed example, written large: what stands before each value. */
export const PORTRAIT = {
  noise: "z = ",
  fake: "G(z) = ",
  real: "x = ",
  pull: "−∂L / ∂G(z) = ",
  before: "before: G(z) = ",
  after: "now: G(z) = ",
};

export const HEAT = { brighter: "brighter", darker: "darker" };

/** A term with smoothed labels, where D is to say less than 1 of reals. @type {Record<string, (target: string, rest: string) => string>} */
export const SMOOTHED = {
  minimax: (target, rest) => `−E (${target} ln D(x) + ${rest} ln(1 − D(x)))`,
  "non-saturating": (target, rest) => `−E (${target} ln D(x) + ${rest} ln(1 − D(x)))`,
  "least-squares": (target) => `½ E (C(x) − ${target})²`,
};

const CROSS_ENTROPY = [
  "For real examples: how surprised D is that they are real. Near 0 where D(x) is near 1, and without limit where D is sure of the contrary.",
  "For fakes: how surprised D is that they are fake. Near 0 where D(G(z)) is near 0, and without limit where a fake fools it wholly.",
];

/** What each term of a loss wants, in the order of the page's formulas. @type {Record<Kind, {d: string[], g: string[]}>} */
export const TERMS = {
  minimax: {
    d: CROSS_ENTROPY,
    g: ["The same term as D’s, with the sign turned: what D wins, G loses. Where D is sure that it sees a fake it is almost flat, and G hardly learns."],
  },
  "non-saturating": {
    d: CROSS_ENTROPY,
    g: ["How surprised D is that G’s fakes are real. It is steepest where D is sure that it sees a fake, so G learns most from its worst ones."],
  },
  "least-squares": {
    d: ["Scores of real examples are pulled towards 1: half the squared distance from there.", "Scores of fakes are pulled towards 0: half their square."],
    g: ["G wants its fakes’ scores at 1, as D wants those of reals: half the squared distance from there."],
  },
  hinge: {
    d: [
      "A real example adds something only while its score is below 1. Beyond that D has nothing more to learn from it.",
      "A fake adds something only while its score is above −1. Beyond that D has nothing more to learn from it.",
    ],
    g: ["Minus the mean score of the fakes: G simply wants it as high as it can get."],
  },
  wasserstein: {
    d: ["The mean score of the fakes, which D wants low.", "Minus the mean score of the real examples, which D wants high. The difference of both means estimates the earth mover’s distance."],
    g: ["Minus the mean score of the fakes: G wants it high, and so comes nearer to the data."],
  },
  relativistic: {
    d: ["By how much does a real example score higher than the fake beside it? Near 0 where it is far ahead; ln 2 = 0.693 where both score the same."],
    g: ["The same comparison the other way round: G wants its fake to score higher than the real example beside it."],
  },
};

/**
 * What one example adds, with its numbers put in. C of the real example and of the fake as numbers, also in brackets where
 * they are negative, P the probabilities that cross-entropy makes of them.
 * @typedef {{real: string, fake: string, realIn: string, fakeIn: string, pReal: string, pFake: string, target: string, rest: string,
 *   smooth: boolean}} Numbers
 * @type {Record<Kind, {d: ((n: Numbers) => string)[], g: ((n: Numbers) => string)[]}>}
 */
export const OWN = {
  minimax: { d: [crossReal, crossFake], g: [({ pFake }) => `ln(1 − ${pFake})`] },
  "non-saturating": { d: [crossReal, crossFake], g: [({ pFake }) => `−ln ${pFake}`] },
  "least-squares": {
    d: [({ real, target }) => `½ (${real} − ${target})²`, ({ fakeIn }) => `½ ${fakeIn}²`],
    g: [({ fake }) => `½ (${fake} − 1)²`],
  },
  hinge: { d: [({ realIn }) => `max(0, 1 − ${realIn})`, ({ fakeIn }) => `max(0, 1 + ${fakeIn})`], g: [({ fakeIn }) => `−${fakeIn}`] },
  wasserstein: { d: [({ fake }) => fake, ({ realIn }) => `−${realIn}`], g: [({ fakeIn }) => `−${fakeIn}`] },
  relativistic: {
    d: [({ real, fakeIn }) => `−ln σ(${real} − ${fakeIn})`],
    g: [({ fake, realIn }) => `−ln σ(${fake} − ${realIn})`],
  },
};

/** @param {Numbers} numbers */
function crossReal({ pReal, target, rest, smooth }) {
  return smooth ? `−(${target} ln ${pReal} + ${rest} ln(1 − ${pReal}))` : `−ln ${pReal}`;
}

/** @param {Numbers} numbers */
function crossFake({ pFake }) {
  return `−ln(1 − ${pFake})`;
}
