// What the game says: the visitor plays the discriminator.

/** @param {boolean} real */
const name = (real) => (real ? "real" : "fake");

/** Keys that answer, beside the arrows. */
export const KEYS = { real: "r", fake: "f" };

export const GAME = {
  title: "You are the discriminator",
  close: "Close the game",
  intro: "Twelve examples, one after another: some are from the real data, some has G made just now. Say of each whether it is real or fake, against the clock. D judges the very same ones.",
  study: "Before a round of points or numbers you are shown real ones, for you do not know them as well as D does.",
  clock: "Time for each",
  /** @param {number} seconds  0 is without end */
  clockOf: (seconds) => (seconds === 0 ? "No clock" : `${seconds} seconds`),
  start: "Deal twelve",
  dealing: "Dealing…",
  waiting: "The run is being prepared…",
  failed: "This run has ended, so G makes no fakes. Reset starts it again.",
  lost: "The run ended before the examples were dealt. Reset starts it again, and then you can play.",
  /** @param {number} step */
  step: (step) => `Fakes of step ${step.toLocaleString("en")}`,
  /** @param {number} best @param {number} of */
  best: (best, of) => `Your best on these data: ${best} of ${of}`,
  /** @param {number} at @param {number} of */
  at: (at, of) => `${at} of ${of}`,
  /** @param {number} at @param {number} of @param {string} about */
  question: (at, of, about) => `Example ${at} of ${of}: real or fake? ${about}`.trim(),
  ask: "Real or fake?",
  /** @param {string} asked  a class */
  asked: (asked) => `It is meant to be: ${asked}.`,
  beyond: "It lies beyond the edge.",
  /** @param {string} x @param {string} y */
  point: (x, y) => `A point at x ${x}, y ${y}.`,
  look: "Look well: these are real.",
  lookOn: "Start the round",
  real: "Real",
  fake: "Fake",
  realHint: "Real (R, or arrow left)",
  fakeHint: "Fake (F, or arrow right)",
  keys: "Keys: R or ← for real, F or → for fake.",
  left: "Time left",
  /** @param {number} seconds */
  seconds: (seconds) => `${seconds} s`,
  next: "Next",
  finish: "See how it went",
  /** @param {"right" | "wrong" | "late"} how @param {boolean} real */
  verdict: (how, real) => ({ right: `Right: it is ${name(real)}.`, wrong: `Wrong: it is ${name(real)}.`, late: `Too late: it is ${name(real)}.` })[how],
  /** @param {boolean} says  whether D says "real" @param {boolean} right @param {number} percent  how sure it is of "real" */
  discriminator: (says, right, percent) => `D says ${name(says)} (${percent}\u00a0% real): ${right ? "right" : "wrong"}.`,
  you: "You",
  d: "D",
  /** @param {number} score @param {number} of */
  score: (score, of) => `${score} of ${of}`,
  /** @param {number} you @param {number} d @returns {string} */
  outcome: (you, d) => (you > d ? "You beat D." : you < d ? "D beat you." : "A draw with D."),
  /** @param {number} score @param {number} of */
  meaning: (score, of) => {
    const guess = of / 2;
    if (score >= guess + 4) return "You tell them apart: these fakes do not pass yet. Train some more, and play again.";
    if (score > guess + 1) return "Better than guessing, though some fakes pass.";
    if (score >= guess - 1) return `Around ${guess} of ${of}, 50\u00a0%, is what tossing a coin gives: to you these fakes are as good as real.`;
    return "Worse than a coin: what you take for a sign of a fake is a sign of the real data.";
  },
  /** What fooled whom. @param {number} both @param {number} you @param {number} d */
  fooled: (both, you, d) => `Fooled both of you: ${both}. Only you: ${you}. Only D: ${d}.`,
  newBest: "Your best so far on these data.",
  strip: "All twelve, with both answers",
  /** @param {number} at @param {boolean} real @param {"right" | "wrong" | "late"} you @param {boolean} d  right */
  card: (at, real, you, d) => `Example ${at} is ${name(real)}. You: ${you === "late" ? "no answer" : you}. D: ${d ? "right" : "wrong"}.`,
  again: "Again",
  /** @param {number} steps */
  train: (steps) => `Train ${steps} steps more and play again`,
  trainHint: "The fakes get better as G trains: feel how much harder they become",
  /** @param {number} now @param {number} goal */
  training: (now, goal) => `Training: step ${now.toLocaleString("en")} of ${goal.toLocaleString("en")}. Then twelve new ones are dealt.`,
  /** @param {number} now @param {number} goal */
  paused: (now, goal) => `Paused at step ${now.toLocaleString("en")} of ${goal.toLocaleString("en")}. Press Play to go on, or deal now.`,
  dealNow: "Deal now",
  plane: "The plane, with real points",
  cross: "The plane, with a cross where the example lies",
  picture: "The picture to judge",
  rows: "Real rows",
  row: "The row to judge",
  column: "Column",
  value: "Value",
};
