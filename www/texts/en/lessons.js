// What the page says around a lesson, in English: the list, the way through one, and what is wrong with a file. The lessons
// themselves are in www/lessons. Words alone: no elements, no state.
import { linkProblem } from "./page.js";

/** @typedef {import("../../lessons/parse.js").Mistake} Mistake */

/** @param {number} n */
const minutes = (n) => `${n} minutes`;

export const LIST = {
  title: "Lessons",
  intro: "Read a little, say what you expect, press Run, and see whether it happens. Begin anywhere.",
  loading: "Fetching the lessons…",
  none: "There are no lessons here.",
  /** @param {string} name */
  unknown: (name) => `There is no lesson called “${name}”. Here are those that there are.`,
  minutes,
  /** @param {number} done @param {number} of */
  done: (done, of) => (done === 0 ? "" : done >= of ? "finished" : `${done} of ${of} steps done`),
  /** @param {number} count */
  mistakes: (count) => `This lesson cannot be shown: ${count === 1 ? "one thing" : `${count} things`} in its file must be mended. Open it to see what.`,
  kept: "Your answers and finished steps are kept in this browser only.",
  forget: "Forget my answers",
  forgotten: "Forgotten.",
};

export const LESSON = {
  all: "All lessons",
  close: "Close the lesson",
  closeList: "Close the lessons",
  loading: "Fetching the lesson…",
  /** @param {string} detail */
  failed: (detail) => `The lesson did not arrive (${detail}). The run goes on; check the connection and try again.`,
  retry: "Try again",
  minutes: (/** @type {number} */ n) => `about ${minutes(n)}`,
  /** @param {number} at @param {number} of */
  place: (at, of) => `Step ${at} of ${of}`,
  steps: "Steps of this lesson",
  stepDone: "done",
  previous: "Previous step",
  next: "Next step",
  /** @param {string} title */
  nextStep: (title) => `Next: ${title}`,
  finish: "Finish the lesson",
  /** @param {number} of */
  beyond: (of) => `This lesson has ${of} steps; this is the last.`,
  settings: "Show all settings",
  fewer: "Hide the settings",
  teacher: "For the teacher",
  picture: "Show the picture",
  back: "Back to the lesson",
  outcome: "See how it went",
  mistakes: "This lesson cannot be shown yet: its file has mistakes.",
  /** Read by whoever chose another language: a lesson without a translation is shown in English. */
  untranslated: "This lesson is not translated yet, so here it is in English.",
};

export const STEP = {
  predict: "What do you expect?",
  first: "Choose what you expect, and then run it.",
  run: "Run it",
  pause: "Pause",
  goOn: "Go on",
  again: "Run it again",
  answer: "Check my answer",
  otherSeed: "Try another seed",
  otherSeedHint: "The same settings, begun from other random numbers",
  own: "Back to this step’s experiment",
  changed: "The settings are not this step’s any more, so what happens is an experiment of your own.",
  otherNumbers: "This run has another seed than the step’s, so it may go another way.",
  progress: "Steps done of this run",
  /** @param {number} step @param {number | null} until */
  steps: (step, until) => (until === null ? `step ${step.toLocaleString("en")}` : `step ${Math.min(step, until).toLocaleString("en")} of ${until.toLocaleString("en")}`),
  right: "Your prediction was right.",
  wrong: "Your prediction was wrong: see the answer that is marked.",
  none: "You made no prediction this time. The answer is marked.",
  open: "The run went another way than the lesson’s, so your prediction is not judged.",
  isRight: "the answer",
  isChosen: "yours",
};

export const POINT = {
  /** @param {string} words  that were pressed */
  shown: (words) => `Ringed on the page for some seconds: ${words}.`,
  absent: "That part of the page is not shown at the moment: it belongs to other data, or was hidden.",
  notHere: "This cannot be opened here.",
};

/** A figure's value, as a sentence has it. @param {number} value @param {boolean} share  whether it is one of a whole */
export function figureText(value, share) {
  if (share) {
    // Nearly all is not all.
    const fine = value !== 0 && value !== 1 && (value < 0.01 || value > 0.99);
    return `${(100 * value).toLocaleString("en", { maximumFractionDigits: fine ? 1 : 0 })}\u00a0%`;
  }
  return Number.isInteger(value) ? value.toLocaleString("en") : value.toLocaleString("en", { maximumSignificantDigits: 3 });
}

/** @param {Mistake} mistake */
export const mistakeText = (mistake) => `Line ${mistake.line}: ${whatIsWrong(mistake)}`;

/** @param {Mistake} mistake @returns {string} */
function whatIsWrong({ kind, value, problem }) {
  switch (kind) {
    case "head": return "a lesson begins with a line of three hyphens, then title, summary, minutes and order, then three hyphens again.";
    case "head-line": return `“${value}” is not of the form “name: value”.`;
    case "head-key": return `“${value}” is not known here; there may be title, summary, minutes, order and hide.`;
    case "head-missing": return `the lesson has no ${value}; write “${value}: …” between the lines of hyphens.`;
    case "head-number": return `${value} must be a whole number.`;
    case "part": return `the page has no part called “${value}”.`;
    case "title": return `“${value}”: a step begins with two # and its title; the lesson’s own title stands at the top.`;
    case "no-step": return "the lesson has no steps; each begins with a line such as “## Its title”.";
    case "before-step": return `“${value}” stands before the first step, where nobody would see it; begin a step above it with “## Its title”.`;
    case "block": return `“${value}” is no kind of block; there are experiment, predict, check and teacher.`;
    case "twice": return `this step has a ${value} block already; a step has one at most.`;
    case "until": return `“${value}”: after until there must be a whole number of steps, 1 or more.`;
    case "experiment": return problem ? linkProblem(problem) : `“${value}” is no experiment.`;
    case "line": return `“${value}”: an experiment is one line, and may have one more that begins with “until:”.`;
    case "options": return "a prediction has a question, and below it at least two lines that begin with “- [ ]”.";
    case "right": return "exactly one answer of a prediction must be marked as right, with “- [x]”.";
    case "condition": return `“${value}” is no condition; write one such as “modes <= 4” or “gradient_g < 0.5 * gradient_d”, several joined by “and”.`;
    case "sentences": return `the check has no sentence that begins with “${value}:”.`;
    case "figure": return `there is no figure called “${value}”.`;
    case "formula": return `the formula cannot be read: ${value}`;
    case "arrow": return `${value}: an arrow or a circle of this kind cannot be shown here; write \\mathbf{x} for a vector.`;
    case "link": return `“${value}”: a link leads to part:, open: or lesson: and a name, or to an address that begins with https:.`;
    case "open": return `“${value}” cannot be opened; there are slow, game and compare.`;
    case "lesson": return `there is no lesson called “${value}”.`;
    case "picture": return `${value}: a lesson cannot have pictures; point at a part of the page with a link to part: and its name.`;
  }
}
