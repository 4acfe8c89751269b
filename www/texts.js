// Every sentence that a person reads, in the language that was chosen. The sentences themselves are in `texts/`, a folder a
// language, each of the English one's shape; whatever imports them here needs not know which.
import * as english from "./texts/en/page.js";

/** @typedef {"retry" | "use-cpu" | "defaults" | "reset" | "own-data" | "dismiss"} WayOn */

/** @type {typeof english} */
const words = english;

export const {
  NAME, TOOLBAR, ACTIVITY, DEVICE_NAMES, whyDevice, LOADING, GUIDE, PRESET_GROUPS, HIDDEN_PRESETS, presetText, SETTINGS,
  GROUPS, FIELDS, fieldText, OPTIONS, OPTION_GROUPS, optionText, OBJECTIVES, rangeText, shortRange, inputProblem,
  STAGE, FILM, CLASSES, ABOUT, OWN, CREDIT, DRAW_PAD, PAIR_PLOT, DIAGNOSIS, DIAGNOSES, diagnosisText, VALUES, CHARTS,
  className, ALERTS, WAYS_ON, FAILURES, LINK, MODEL, COPY, linkProblem,
} = words;
