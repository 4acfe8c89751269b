// Every sentence that a person reads, in the language that was chosen. The sentences themselves are in `texts/`, a folder a
// language, each of the English one's shape; whatever imports them here needs not know which.
//
// Another language: a line in `LANGUAGES` (language.js), a folder `texts/<language>/` with a copy of each module of
// `texts/en/`, and a line `<language>: () => import(...)` in every module like this one (they are what calls `inLanguage`).
// TypeScript and tests/web/language.spec.js say what is missing. A further module of sentences: `texts/en/<name>.js`, the
// same in every other folder, and `<name>/texts.js` like this one.
//
// What the page itself says in another language comes at once (`texts/<language>/at-once.js`), what a view says with the view.
//
// English comes with the page and any other language is fetched, so what is in `texts/<language>/` imports nothing from
// outside its folder: bundled, it would wait for the page, which waits for it.
import { inLanguage } from "./language.js";
import * as english from "./texts/en/page.js";

/** @typedef {"retry" | "use-cpu" | "defaults" | "reset" | "own-data" | "speak" | "dismiss"} WayOn */

export const {
  PAGE, NAME, TOOLBAR, ACTIVITY, DEVICE_NAMES, whyDevice, LOADING, GUIDE, PRESET_GROUPS, HIDDEN_PRESETS, presetText, SETTINGS,
  GROUPS, FIELDS, fieldText, OPTIONS, OPTION_GROUPS, optionText, OBJECTIVES, rangeText, shortRange, inputProblem,
  STAGE, FILM, CLASSES, ABOUT, OWN, CREDIT, DRAW_PAD, PAIR_PLOT, DIAGNOSIS, DIAGNOSES, diagnosisText, VALUES, CHARTS,
  className, ALERTS, WAYS_ON, FAILURES, LINK, MODEL, COPY, LANGUAGE, linkProblem,
} = await inLanguage(english, { de: () => import("./texts/de/at-once.js").then(({ page }) => page) });
