// The sentences of what can be taken along for a report, in English; see ../../export/texts.js.

export const EXPORT = {
  title: "Export for a report",
  close: "Close",
  /** @param {string} preset @param {number} step */
  of: (preset, step) => `${preset}, as it is after ${count(step, "step")}.`,
  running: "The run goes on meanwhile: each file holds it as it is when you save.",
  /** @param {string} name */
  saved: (name) => `Saved ${name}.`,
  /** @param {unknown} cause */
  notSaved: (cause) => `This could not be saved: ${cause instanceof Error ? cause.message : String(cause)}.`,
  copied: "Copied.",
  /** @param {unknown} cause */
  notCopied: (cause) => `The browser did not let the page copy (${cause instanceof Error ? cause.message : String(cause)}). Select the text and copy it by hand.`,
  copy: "Copy",

  numbers: {
    title: "The run as numbers",
    help: "The charts’ series as a table for a spreadsheet, a row a step; all other values and settings as a second one; or everything in one file for scripts.",
    series: "Series (CSV)",
    values: "Values and settings (CSV)",
    json: "Everything (JSON)",
    /** @param {number} n */
    thinned: (n) => `This run is long, so the page keeps means: of ${n} steps for the losses. The files say so at each series.`,
    nothing: "There are no numbers yet: press Play, then come back.",
  },

  figures: {
    title: "Figures",
    help: "Each chart drawn anew from its numbers, with its axes, legend and caption: SVG stays sharp at any size, PNG goes anywhere.",
    colours: "Colours",
    light: "For paper (light)",
    dark: "For slides (dark)",
    /** @param {string} kind @param {string} chart */
    save: (kind, chart) => `Save “${chart}” as ${kind}`,
    nothing: "no numbers yet",
  },

  command: {
    title: "At a terminal",
    help: "gan-train is this trainer without the page, built from the project’s source. The same seed makes the same run, up to rounding.",
    file: "Save experiment.json",
    fileHelp: "These settings are more than a command line holds: save the file beside it.",
    model: "It goes on from the trained model; a schedule of learning rates stretches to the steps that are named.",
    label: "Command line",
  },

  pytorch: {
    title: "In PyTorch",
    help: "One readable script that trains this same GAN: the same data, nets, losses and updates. It needs torch and numpy. Only the random numbers are others.",
    save: "Save script (.py)",
    label: "The script",
    show: "Read the script",
  },

  own: {
    help: "Your own data are only in this browser. Command and script need them as a file beside them:",
    save: "Save my data",
    missing: "The data that this experiment was made with are not in this browser, so that command and script need their file from whoever has it.",
  },

  /** Axes and dashed lines of the figures. */
  axes: {
    step: "training step",
    losses: "loss", quality: "share", frechet: "Fréchet distance", accuracy: "share that D gets right", gradients: "norm of the gradient",
    saturation: "share of D’s answers", balance: "D’s accuracy on both", layers: "norm of the gradient", classes: "share of the fakes",
  },
  references: {
    losses: "if D could only guess", accuracy: "a coin toss", balance: "a coin toss", frechet: "reals among themselves", classes: "an equal share",
  },
  balance: "D ahead above, G ahead below",
  smoothed: "Faint: each value; bold: smoothed.",
  /** @param {number} n @param {"step" | "report" | "measurement"} reading */
  means: (n, reading) => `Each value is the mean of ${n} ${{ step: "steps", report: "reports", measurement: "measurements" }[reading]}.`,
  /** What the stage shows. @type {Record<import("../../protocol.js").Picture["kind"], {title: string, caption: string}>} */
  stage: {
    points: { title: "Real points and fakes", caption: "Real points and those that G makes, over D’s opinion of each place." },
    table: { title: "Real rows and fakes", caption: "Each pair of columns, of real rows and of those that G makes." },
    images: { title: "Fakes and real pictures", caption: "Pictures that G makes, beside real ones." },
  },
  surface: /** @type {[string, string]} */ (["D says fake", "D says real"]),
  real: "Real",
  fake: "Fakes by G",
  /** Where a figure comes from. @param {string} preset @param {number} step @param {number} seed @param {string} device */
  source: (preset, step, seed, device) => `GAN playground: ${preset}, after ${count(step, "step")}, seed ${seed}${device === "" ? "" : `, on ${device}`}.`,
  /** @param {string} preset */
  changed: (preset) => `${preset}, with other settings`,
};

/** @param {number} n @param {string} word */
const count = (n, word) => `${n.toLocaleString("en")} ${word}${n === 1 ? "" : "s"}`;
