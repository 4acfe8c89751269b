// The experiment as a Python script that trains the same GAN with PyTorch: what it is made of, in the order in which it
// runs. Pure: text from an experiment. Only what the experiment uses is written, so that the script can be read.
//
// What the script computes has to be what `src/` computes, but for random numbers; tests/pytorch/scripts.py holds it to that.
import { dataPart } from "./data.js";
import { docstring, imports, options, settings } from "./heading.js";
import { netsPart } from "./nets.js";
import { objectivePart } from "./objective.js";
import { joined } from "./python.js";
import { samplesPart } from "./samples.js";
import { trainingPart } from "./training.js";

/**
 * @typedef {import("../../protocol.js").Experiment} Experiment
 *
 * Where the experiment comes from, and what it needs besides.
 * @typedef {object} Origin
 * @property {string} name  the script's own, such as gan-ring.py
 * @property {string} about  what the experiment is, in a few words
 * @property {string} link  that opens it in the page
 * @property {string} site  the address that data files lie below, with a slash at its end
 * @property {{file: string, shipped: boolean, steps: number} | null} model  that training goes on from, one below the site or
 *   the visitor's own file, and the steps that it was trained for
 * @property {string} dataFile  the name of the file with the visitor's own data, if there is one
 */

/** @param {Experiment} experiment @param {Origin} origin */
export function pytorchScript(experiment, origin) {
  const body = joined(2, [
    dataPart(experiment, origin),
    netsPart(experiment),
    objectivePart(experiment),
    trainingPart(experiment, origin),
    samplesPart(experiment),
  ]);
  const head = joined(1, [docstring(experiment, origin), imports(body), options(experiment, origin), settings(experiment)]);
  return `${head}\n\n\n${body}\n`;
}
