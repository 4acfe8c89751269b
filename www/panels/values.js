// The current values as plain numbers, large enough for the back of a room. Which there are follows from the settings,
// not from what has arrived, so that nothing moves when it does.
import { h, setText } from "../dom.js";
import { hasClassifier, isOfFigure } from "../fields.js";
import { number as written } from "../language.js";
import { VALUES } from "../texts.js";

/**
 * @typedef {import("../store.js").State} State
 * @typedef {import("../protocol.js").Experiment} Experiment
 *
 * @typedef {object} Value
 * @property {string} id  handle of the number
 * @property {{label: string, hint: string}} texts
 * @property {string} [tone]  which net or data the number is about
 * @property {(experiment: Experiment) => boolean} [when]
 * @property {(state: State) => string} read
 * @property {string} [afterId]
 * @property {(state: State) => string} [after]  what it is to be compared with
 */

/** @param {Experiment} experiment */
const conditional = (experiment) => experiment.conditional;
/** @param {Experiment} experiment */
const plain = (experiment) => !isOfFigure(experiment) && !conditional(experiment);

/** @type {Value[]} */
const ALL = [
  { id: "loss-d", texts: VALUES.lossD, tone: "d", read: ({ losses }) => (losses ? sixDigits(losses.d) : "") },
  { id: "loss-g", texts: VALUES.lossG, tone: "g", read: ({ losses }) => (losses ? sixDigits(losses.g) : "") },
  { id: "accuracy-real", texts: VALUES.accuracyReal, tone: "real", read: ({ report }) => share(report?.accuracyReal) },
  { id: "accuracy-fake", texts: VALUES.accuracyFake, tone: "fake", read: ({ report }) => share(report?.accuracyFake) },
  {
    id: "modes", texts: VALUES.modes, when: isOfFigure,
    read: ({ measures }) => (measures?.figure ? String(measures.figure.captured) : ""),
    after: ({ measures }) => (measures?.figure ? VALUES.of(String(measures.figure.total)) : ""),
  },
  {
    id: "hq", texts: VALUES.quality, when: isOfFigure,
    read: ({ measures }) => share(measures?.figure?.highQuality),
    afterId: "mode-width",
    after: ({ measures }) => share(measures?.figure?.width),
  },
  { id: "js", texts: VALUES.jensenShannon, when: isOfFigure, read: ({ measures }) => short(measures?.figure?.jensenShannon) },
  {
    id: "frechet", texts: VALUES.frechet, when: hasClassifier,
    read: ({ measures }) => short(measures?.pictures?.frechet),
    afterId: "frechet-floor",
    after: ({ measures }) => floor(measures?.pictures?.frechetFloor),
  },
  {
    id: "sliced", texts: VALUES.sliced,
    read: ({ measures }) => distance(measures?.sliced),
    afterId: "sliced-floor",
    after: ({ measures }) => floor(measures?.slicedFloor),
  },
  { id: "diversity", texts: VALUES.diversity, read: ({ measures }) => share(measures?.diversity) },
  { id: "saturation", texts: VALUES.saturation, tone: "d", read: ({ measures }) => share(measures?.saturation) },
  { id: "gradient-d", texts: VALUES.gradientD, tone: "d", read: ({ measures }) => short(measures?.gradientsD.total) },
  { id: "gradient-g", texts: VALUES.gradientG, tone: "g", read: ({ measures }) => short(measures?.gradientsG.total) },
  { id: "parameters-d", texts: VALUES.parametersD, when: plain, read: ({ parameters }) => String(parameters?.discriminator ?? "") },
  { id: "parameters-g", texts: VALUES.parametersG, when: plain, read: ({ parameters }) => String(parameters?.generator ?? "") },
  { id: "score-right-label", texts: VALUES.rightLabel, tone: "real", when: conditional, read: ({ measures }) => share(measures?.labels?.right) },
  { id: "score-swapped-label", texts: VALUES.swappedLabel, when: conditional, read: ({ measures }) => share(measures?.labels?.swapped) },
  {
    id: "asked-for", texts: VALUES.askedFor, tone: "g", when: conditional,
    read: ({ measures }) => share((measures?.figure ?? measures?.pictures)?.askedFor),
  },
];

export function createValues() {
  const all = ALL.map((value) => ({ value, ...cell(value) }));
  const element = h("section", { class: "values", "data-part": "values", "aria-label": VALUES.label }, ...all.map((one) => one.element));

  return {
    element,
    /** @param {State} state */
    update(state) {
      element.classList.toggle("many", conditional(state.experiment) && hasClassifier(state.experiment));
      element.classList.toggle("odd", !isOfFigure(state.experiment) && !hasClassifier(state.experiment));
      for (const { value, element: one, number, rest } of all) {
        one.hidden = value.when !== undefined && !value.when(state.experiment);
        if (one.hidden) continue;
        setText(number, written(value.read(state)));
        setText(rest, written(value.after?.(state) ?? ""));
      }
    },
  };
}

/** @param {Value} value */
function cell({ id, texts, tone = "", when, afterId }) {
  const number = h("output", { "data-testid": id, "aria-live": "off" });
  const rest = h("span", { class: "rest", ...(afterId ? { "data-testid": afterId } : {}) });
  const element = h("div", { class: when === conditional ? "value wide" : "value", "data-value": id, "data-tone": tone, title: texts.hint },
    h("span", { class: "value-name" }, texts.label),
    h("span", { class: "value-number" }, number, rest));
  return { element, number, rest };
}

/** What is smaller takes too many zeros. */
const SMALL = 1e-3;

/** Enough to compare two runs by. @param {number} loss */
const sixDigits = (loss) => (loss !== 0 && Math.abs(loss) < SMALL ? loss.toExponential(3) : loss.toPrecision(6));

/** @param {number | undefined} value  of any size */
function short(value) {
  if (value === undefined) return "";
  return value !== 0 && Math.abs(value) < SMALL ? value.toExponential(1) : value.toPrecision(3);
}

/** Of one length all through a run, so that what stands after it does not move. @param {number | undefined} value */
const distance = (value) => (value === undefined || value < SMALL || value >= 10 ? short(value) : value.toFixed(3));

/** @param {number | undefined} value  that others are compared with */
const floor = (value) => (value === undefined ? "" : value.toPrecision(2));

/** @param {number | null | undefined} part  0 to 1, NaN before there is one */
const share = (part) => (part === undefined || part === null || Number.isNaN(part) ? "" : part.toFixed(2));
