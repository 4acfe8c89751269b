// The last runs of the page, kept in this browser when they end: what they were of, as a link, their curves, thinned, and their last
// figures. Where the browser stores nothing they last as long as the page. It must not know how they are shown.
import { smooth } from "../charts/smooth.js";
import { knownPreset } from "../fields.js";
import { WHOLE_PAGE, writeHash } from "../hash.js";

/**
 * @typedef {import("../store.js").State} State
 *
 * Columns of a chart, the step first.
 * @typedef {number[][]} Curve
 *
 * @typedef {object} Kept
 * @property {number} id  counts up, and is what the charts call it
 * @property {string} link  opens its experiment
 * @property {string | null} file  the model that it went on from, which no link can tell
 * @property {number} steps  where it ended
 * @property {"figure" | "pictures" | null} judged  by what: its quality is modes and high quality as shares, or the Frechet distance
 * @property {{losses: Curve, accuracy: Curve, quality: Curve}} curves  of losses and accuracy the smoothed ones
 * @property {{lossD: number, lossG: number, captured: number | null, highQuality: number | null, frechet: number | null}} last  figures
 */

const KEY = "last-runs";
export const MOST_KEPT = 6;
/** A run of fewer steps was only looked into. */
export const LEAST_STEPS = 100;
const LEAST_POINTS = 2;
const MOST_POINTS = 300;
const DIGITS = 4;

/** @param {import("../fields.js").Catalogue} catalogue @param {() => Storage} [storageOf]  throws where the browser forbids it */
export function createKeptRuns(catalogue, storageOf = () => localStorage) {
  /** @type {Kept[]} */
  let held = [];
  let stored = true;
  /** @type {(() => void)[]} */
  const listeners = [];

  /** The newest first. Another tab may have kept some since. @returns {Kept[]} */
  function list() {
    try {
      if (stored) held = (JSON.parse(storageOf().getItem(KEY) ?? "[]")).filter(isKept);
    } catch {
      // Not to be read: what this page holds is all there is.
    }
    return held;
  }

  /** @param {Kept[]} next */
  function write(next) {
    held = next;
    try {
      storageOf().setItem(KEY, JSON.stringify(held));
      stored = true;
    } catch {
      stored = false;
    }
    listeners.forEach((listener) => listener());
  }

  return {
    list,
    /** Whether they outlast the page. */
    isStored: () => stored,
    /** @param {() => void} listener */
    onChange: (listener) => { listeners.push(listener); },
    /** @param {State} state  of a run that ends */
    keep(state) {
      const before = list();
      const id = Math.max(0, ...before.map((run) => run.id)) + 1;
      const run = keptOf(state, id, catalogue);
      if (run) write([run, ...before].slice(0, MOST_KEPT));
    },
    /** @param {number} id */
    remove: (id) => write(list().filter((run) => run.id !== id)),
  };
}

/** @typedef {ReturnType<typeof createKeptRuns>} KeptRuns */

/** What somebody else wrote there must not break the page. @param {any} value */
const isKept = (value) => Number.isInteger(value?.id) && typeof value.link === "string"
  && ["losses", "accuracy", "quality"].every((name) => Array.isArray(value.curves?.[name])) && typeof value.last === "object";

/** @param {State} state @param {number} id @param {import("../fields.js").Catalogue} catalogue @returns {Kept | null} */
export function keptOf(state, id, catalogue) {
  const { preset, experiment, loaded, losses, measures, report } = state;
  const [steps, lossD, lossG] = state.lossHistory.view();
  // Of the curves' own steps the last may be a mean of several.
  if (!losses || !report || steps.length < LEAST_POINTS || report.step - steps[0] + 1 < LEAST_STEPS) return null;
  const [accuracySteps, real, fake] = state.accuracyHistory.view();
  // The device is of the visitor's machine and not of the run.
  const { device } = knownPreset(catalogue, preset);
  return {
    id,
    link: writeHash({ preset, experiment: { ...experiment, device }, speed: null, transport: false, view: WHOLE_PAGE }, catalogue),
    file: loaded?.name ?? null,
    steps: report.step,
    judged: measures?.figure ? "figure" : measures?.pictures ? "pictures" : null,
    curves: {
      losses: thin([steps, smooth(lossD), smooth(lossG)]),
      accuracy: thin([accuracySteps, smooth(real), smooth(fake)]),
      quality: thin(state.qualityHistory.view()),
    },
    last: {
      lossD: losses.d,
      lossG: losses.g,
      captured: measures?.figure?.captured ?? null,
      highQuality: measures?.figure?.highQuality ?? null,
      frechet: measures?.pictures?.frechet ?? null,
    },
  };
}

/** At most so many of the entries, evenly, the last one among them. @param {Float64Array[]} columns @returns {Curve} */
export function thin(columns) {
  const { length } = columns[0];
  const count = Math.min(length, MOST_POINTS);
  const chosen = Array.from({ length: count }, (_, i) => (count === 1 ? 0 : Math.round((i * (length - 1)) / (count - 1))));
  return columns.map((column) => chosen.map((at) => Number(column[at].toPrecision(DIGITS))));
}
