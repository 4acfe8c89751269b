// How it stands with a step's run: whether a prediction was made, whether the run has come to where it is judged, and what
// came of it. Pure; step.js shows it.
import { figuresOf, isMet } from "./condition.js";

/**
 * @typedef {import("../store.js").State} State
 * @typedef {import("./parse.js").Step} Step
 * @typedef {import("./condition.js").Figures} Figures
 * @typedef {"own" | "seed" | "changed"} Settings  whether the run has the step's settings, all but the seed, or others
 *
 * @typedef {object} Attempt
 * @property {number | null} answer  the option that was chosen
 * @property {boolean} begun  whether the run was set going since the step was opened, which closes the prediction
 * @property {{met: boolean, figures: Figures, settings: Settings} | null} verdict  of the run as it is
 * @property {"right" | "wrong" | "none" | "open" | null} outcome  of the prediction, by the first run that could tell
 */

/** @param {number | null} answer  that was given before @returns {Attempt} */
export const newAttempt = (answer) => ({ answer, begun: false, verdict: null, outcome: null });

/** Whether a prediction is to be judged at once, by what there is, as no step is named at which a run is to tell.
 * @param {Step} step */
export const isQuestion = ({ experiment, predict }) => predict !== null && (experiment?.until ?? null) === null;

/** Whether the prediction has had its answer. @param {Attempt} attempt */
export const isJudged = ({ outcome }) => outcome !== null && outcome !== "open";

/** @param {Attempt} attempt @param {Step} step @param {Pick<State, "status" | "report" | "measures" | "lossHistory">} state
 * @param {Settings} settings @returns {Attempt} */
export function advance(attempt, step, state, settings) {
  const { status, report, measures } = state;
  const question = isQuestion(step);
  // Then there are no figures to wait for.
  if (question && step.check === null) return attempt;
  const until = step.experiment?.until ?? null;
  const now = report?.step ?? 0;
  const measured = status !== "loading" && measures !== null && measures.step === now;
  const begun = attempt.begun || (!question && (status === "playing" || (measured && now === until)));
  const over = until === null ? begun && status === "ready" : now === until;
  let { verdict } = attempt;
  // It is of this run alone; and where no step is named, of where the run stands.
  const stale = verdict && (status === "loading" || now < verdict.figures.step || (until === null && now > verdict.figures.step));
  if (stale) verdict = null;
  if (!verdict && over && measured) {
    const figures = figuresOf(state);
    verdict = { met: step.check === null || isMet(step.check.comparisons, figures), figures, settings };
  }
  const next = { ...attempt, begun, verdict };
  return isJudged(attempt) ? next : { ...next, outcome: outcomeOf(next, step) ?? attempt.outcome };
}

/** A question's answer is final; a check still has its word. @param {Attempt} attempt @param {Step} step @returns {Attempt} */
export const answered = (attempt, step) => ({ ...attempt, begun: true, outcome: step.check === null ? judged(attempt, step) : null });

/** @param {Attempt} attempt @param {Step} step @returns {Attempt["outcome"]} */
function outcomeOf({ verdict, answer }, step) {
  // What another experiment does says nothing of this one's prediction.
  if (!step.predict || !verdict || verdict.settings === "changed") return null;
  if (!verdict.met) return "open";
  return judged({ answer }, step);
}

/** @param {Pick<Attempt, "answer">} attempt @param {Step} step @returns {"right" | "wrong" | "none"} */
function judged({ answer }, { predict }) {
  if (answer === null) return "none";
  return predict?.options[answer]?.right ? "right" : "wrong";
}
