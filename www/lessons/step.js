// One step of a lesson on the page: its text, the prediction, the button that runs its experiment, and what came of it. What
// is decided when is attempt.js's; where the lesson goes on is the panel's.
import { h, setText } from "../dom.js";
import { fieldDiffers } from "../fields.js";
import { parseHash } from "../hash.js";
import { advance, answered, isJudged, isQuestion, newAttempt } from "./attempt.js";
import { render } from "./render.js";
import { STEP } from "./texts.js";

/**
 * @typedef {import("../store.js").State} State
 * @typedef {import("./parse.js").Lesson} Lesson
 * @typedef {import("./parse.js").Step} Step
 *
 * @typedef {object} Options
 * @property {import("../store.js").Store} store
 * @property {import("../fields.js").Catalogue} catalogue
 * @property {import("./kept.js").Kept} kept
 * @property {import("./render.js").Follow} follow
 * @property {string} teacherTitle
 * @property {() => void} onRun  the experiment was set going from here
 * @property {() => void} onDone  the step is finished
 */

/** @param {Lesson} lesson @param {number} at  from 1 @param {Options} options */
export function createStep(lesson, at, { store, catalogue, kept, follow, teacherTitle, onRun, onDone }) {
  const step = lesson.steps[at - 1];
  const settingsOf = comparer(step, catalogue);
  const before = kept.of(lesson.name).answers[at] ?? null;
  let attempt = newAttempt(step.predict?.options[before ?? -1] ? before : null);
  /** What the outcome on the page was made of. @type {unknown[]} */
  let drawn = [];
  let seedNow = 0;
  let playing = false;

  const prediction = step.predict ? createPrediction(step.predict, { at, follow, onAnswer: choose }) : null;
  const run = h("button", { type: "button", class: "primary", "data-testid": "lesson-run", click: press }, STEP.run);
  const hint = h("p", { class: "help", id: "lesson-hint", hidden: true }, STEP.first);
  run.setAttribute("aria-describedby", hint.id);
  const until = step.experiment?.until ?? null;
  const bar = h("progress", { max: String(until ?? 1), value: "0", "aria-label": STEP.progress, hidden: until === null });
  const count = h("span", { class: "unit" });
  const changed = h("p", { class: "help", "data-testid": "lesson-changed", hidden: true });
  const own = h("button", { type: "button", "data-testid": "lesson-own", hidden: true, click: back }, STEP.own);
  // It is there before there is anything to say, so that a screen reader says it when it comes.
  const outcome = h("div", { class: "lesson-outcome", role: "status", "data-testid": "lesson-outcome" });
  const seed = h("button", { type: "button", title: STEP.otherSeedHint, "data-testid": "lesson-seed", hidden: true, click: otherSeed }, STEP.otherSeed);
  const asks = step.check !== null || step.predict !== null;
  const runs = step.experiment !== null || asks;
  const area = h("div", { class: "lesson-run" },
    h("div", { class: "lesson-row" }, run, h("span", { class: "lesson-progress" }, bar, count)), hint, outcome, changed,
    h("div", { class: "lesson-row" }, own, seed));

  const heading = h("h3", { tabindex: "-1", "data-testid": "lesson-step" }, step.title);
  const element = h("article", { class: "lesson-step" }, heading, ...body());
  prediction?.show(attempt);

  /** The run stands after the prediction, or where the check is, or last. */
  function body() {
    /** @type {Node[]} */
    const parts = [];
    let placed = !runs;
    for (const block of step.blocks) {
      if (block.kind === "text") {
        parts.push(...render(block.tokens, { follow }));
      } else if (block.kind === "teacher") {
        parts.push(h("details", { class: "lesson-teacher" }, h("summary", {}, teacherTitle), ...render(block.tokens, { follow })));
      } else if (block.kind === "predict" || step.predict === null) {
        if (prediction) parts.push(prediction.element);
        parts.push(area);
        placed = true;
      }
    }
    return placed ? parts : [...parts, area];
  }

  /** @param {number} option */
  function choose(option) {
    attempt = { ...attempt, answer: option };
    kept.answer(lesson.name, at, option);
    store.touch();
  }

  function press() {
    if (isQuestion(step)) {
      attempt = answered(attempt, step);
      if (isJudged(attempt)) finish();
      // A check's figures are those of a run that stands still.
      else if (playing) store.togglePlay();
      store.touch();
      return;
    }
    if (attempt.verdict && run.dataset.state === "again") store.reset();
    store.togglePlay();
    if (run.dataset.state !== "pause") onRun();
  }

  function back() {
    // A prediction that no run has judged yet is open again.
    if (!isJudged(attempt)) attempt = newAttempt(attempt.answer);
    if (step.experiment) store.openExperiment(step.experiment.hash);
  }

  function otherSeed() {
    store.setField("seed", (seedNow + 1) % 2 ** 32);
    store.togglePlay();
    onRun();
  }

  function finish() {
    kept.finish(lesson.name, at);
    onDone();
  }

  /** @param {State} state @param {import("./attempt.js").Settings} settings */
  function drawRun({ status, report }, settings) {
    const now = report?.step ?? 0;
    const question = isQuestion(step);
    const unanswered = step.predict !== null && attempt.answer === null && !attempt.begun;
    const mode = status === "playing" ? "pause" : attempt.verdict && until !== null ? "again" : attempt.begun && now > 0 ? "goOn" : "run";
    run.dataset.state = mode;
    setText(run, question ? STEP.answer : STEP[mode]);
    run.disabled = unanswered || (question && attempt.begun) || (status === "loading" && report === null);
    run.classList.toggle("primary", asks && attempt.verdict === null && !isJudged(attempt));
    hint.hidden = !unanswered;
    bar.value = until === null ? 0 : Math.min(now, until);
    setText(count, question || now === 0 ? "" : STEP.steps(now, until));
    own.hidden = settings === "own";
    changed.hidden = settings === "own";
    setText(changed, settings === "own" ? "" : settings === "seed" ? STEP.otherNumbers : STEP.changed);
    seed.hidden = attempt.verdict === null || until === null;
  }

  function drawOutcome() {
    const { verdict, outcome: judged } = attempt;
    if (drawn[0] === verdict && drawn[1] === judged) return;
    drawn = [verdict, judged];
    prediction?.show(attempt);
    const figures = verdict?.figures ?? {};
    const told = (/** @type {import("./markdown.js").Token[]} */ tokens) => render(tokens, { follow, figures });
    /** @type {Node[]} */
    const parts = [];
    if (verdict && step.check) {
      parts.push(h("p", { class: "lesson-verdict", "data-testid": "lesson-verdict", "data-met": String(verdict.met) },
        ...told(verdict.met ? step.check.yes : step.check.no)));
    }
    // What was judged by an earlier run stays, but is said beside a verdict only.
    if (step.predict && judged && (verdict || isQuestion(step))) {
      parts.push(h("p", { class: "lesson-judged", "data-testid": "lesson-judged", "data-outcome": judged }, STEP[judged]));
      if (judged !== "open" && step.predict.because.length > 0) parts.push(h("p", {}, ...told(step.predict.because)));
    }
    outcome.replaceChildren(...parts);
  }

  return {
    element,
    heading,
    /** Whether nothing is left to do in it but to go on. */
    isOver: () => !asks || attempt.verdict !== null || (isQuestion(step) && isJudged(attempt)),
    /** Whether there is something to read that came of a run. */
    hasOutcome: () => outcome.childElementCount > 0,
    /** @param {State} state */
    update(state) {
      seedNow = state.experiment.seed;
      playing = state.status === "playing";
      if (!runs) return;
      const settings = settingsOf(state);
      const { begun, verdict } = attempt;
      attempt = advance(attempt, step, state, settings);
      if (attempt.begun !== begun) {
        if (step.predict && attempt.answer === null) kept.answer(lesson.name, at, null);
        prediction?.show(attempt);
      }
      if (attempt.verdict && !verdict && settings !== "changed") finish();
      drawRun(state, settings);
      drawOutcome();
    },
  };
}

/** Whether a run has the settings of the step's experiment. The device is the visitor's.
 * @param {Step} step @param {import("../fields.js").Catalogue} catalogue */
function comparer({ experiment: wanted }, catalogue) {
  const base = wanted && parseHash(wanted.hash, catalogue);
  const compared = catalogue.fields.filter(({ path }) => path !== "device" && path !== "seed");
  /** @type {State["experiment"] | null} */
  let seen = null;
  /** @type {import("./attempt.js").Settings} */
  let result = "own";
  return (/** @type {State} */ { experiment, preset, loaded }) => {
    if (!base || experiment === seen) return result;
    seen = experiment;
    const differs = loaded !== null || preset !== base.preset || compared.some((field) => fieldDiffers(field, experiment, base.experiment));
    result = differs ? "changed" : experiment.seed === base.experiment.seed ? "own" : "seed";
    return result;
  };
}

/** @param {import("./parse.js").Prediction} prediction
 * @param {{at: number, follow: import("./render.js").Follow, onAnswer: (option: number) => void}} options */
function createPrediction({ question, options }, { at, follow, onAnswer }) {
  const entries = options.map(({ text, right }, i) => {
    const input = h("input", { type: "radio", name: `prediction-${at}`, value: String(i), "data-testid": "lesson-option", change: () => onAnswer(i) });
    const mark = h("span", { class: "lesson-option-mark" });
    return { input, mark, right, label: h("label", { class: "lesson-option" }, input, h("span", {}, ...render(text, { follow })), mark) };
  });
  const element = h("fieldset", { class: "lesson-predict", "data-testid": "lesson-predict" },
    h("legend", {}, h("span", { class: "lesson-predict-title" }, STEP.predict), h("span", {}, ...render(question, { follow }))),
    ...entries.map(({ label }) => label));
  return {
    element,
    /** @param {import("./attempt.js").Attempt} attempt */
    show(attempt) {
      element.disabled = attempt.begun;
      entries.forEach(({ input, mark, right, label }, i) => {
        input.checked = attempt.answer === i;
        const chosen = attempt.answer === i;
        label.dataset.chosen = String(chosen);
        label.dataset.mark = !isJudged(attempt) ? "" : right ? "right" : chosen ? "chosen" : "";
        setText(mark, { right: STEP.isRight, chosen: STEP.isChosen, "": "" }[label.dataset.mark] ?? "");
      });
    },
  };
}
