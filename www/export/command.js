// The experiment as a command line of `gan-train`, the same trainer at a terminal: a preset by name where that is all there
// is to it, else a file beside it. Pure.
import { fieldDiffers, knownPreset } from "../fields.js";
import { inShell } from "./pytorch/heading.js";

/**
 * @typedef {import("../protocol.js").Experiment} Experiment
 * @typedef {import("./pytorch/index.js").Origin} Origin
 */

/** The experiment's own file, as the command names it. */
export const EXPERIMENT_FILE = "experiment.json";

/** What a command line can say by itself, and what changes nothing of what is trained on the CPU. */
const SAID = ["seed", "training.steps", "device"];

/**
 * @param {Experiment} experiment @param {string} preset  that it was begun from
 * @param {Pick<Origin, "model" | "dataFile">} origin @param {import("../fields.js").Catalogue} catalogue
 * @returns {{command: string, needsFile: boolean}}  whether it needs the experiment's file beside it
 */
export function commandOf(experiment, preset, { model, dataFile }, catalogue) {
  const base = knownPreset(catalogue, preset);
  const needsFile = catalogue.fields.some((field) => !SAID.includes(field.path) && fieldDiffers(field, experiment, base));
  const words = ["gan-train", ...(needsFile ? ["--experiment", EXPERIMENT_FILE] : ["--preset", preset, "--seed", String(experiment.seed)])];
  // A model that has been trained to the end needs somewhere to go on to.
  const steps = Math.max(experiment.training.steps, model ? model.steps + 1000 : 0);
  if (steps !== (needsFile ? experiment : base).training.steps) words.push("--steps", String(steps));
  if (model) words.push("--model", inShell(model.shipped ? `assets/${model.file}` : model.file));
  /** @type {string[]} */
  const before = [];
  if ("id" in experiment.data) {
    before.push("mkdir -p gan-data/own", `cp ${inShell(dataFile)} gan-data/own/${inShell(experiment.data.id)}`);
    words.push("--assets", "gan-data");
  }
  return { command: [...before, words.join(" ")].join("\n"), needsFile };
}

/** The experiment as a file that `gan-train --experiment` reads. @param {Experiment} experiment */
export const experimentFile = (experiment) => `${JSON.stringify(experiment, null, 2)}\n`;
