// The script's first page: what it is, how it is run, what it imports, and the numbers that one may want to change.
import { familyOf } from "../../fields.js";
import { asksSite } from "./files.js";
import { py, quoted, real, section, wrapped } from "./python.js";

/** @typedef {import("./index.js").Experiment} Experiment @typedef {import("./index.js").Origin} Origin */

/** Steps that a trained model goes on for, where its own are done. */
const MORE_STEPS = 1000;

/** A file's name as a shell takes it. @param {string} name */
export const inShell = (name) => (/^[\w./-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`);

/** Text that ends no docstring. @param {string} text */
const plain = (text) => text.replaceAll("\\", "/").replaceAll('"', "'");

/** The step that the script trains to. @param {Experiment} experiment @param {Origin} origin */
const lastStep = ({ training }, { model }) => (model === null ? training.steps : Math.max(training.steps, model.steps + MORE_STEPS));

const LEFT = {
  figure: "leaves samples.npy and, as a picture, samples.png",
  table: "leaves samples.csv",
  pictures: "leaves samples.npy and, as a sheet of pictures, samples.png",
};

/** @param {Experiment} experiment @param {Origin} origin */
export function docstring(experiment, origin) {
  const { model, dataFile } = origin;
  const words = ["python", inShell(origin.name), dataFile && `--data ${inShell(dataFile)}`,
    model !== null && !model.shipped && `--model ${inShell(model.file)}`];
  const trains = model === null ? `It trains for ${experiment.training.steps} steps`
    : `It goes on from a model that was trained for ${model.steps} steps`;
  return py`
    """A GAN as the GAN playground trains it: ${plain(origin.about)}.

        pip install torch numpy
        ${plain(words.filter(Boolean).join(" "))}

    ${wrapped(`${trains}, and ${LEFT[familyOf(experiment)]}. Nets, losses, updates and schedules are the page's; random numbers are not, so that the same seed draws others here.`, 116).join("\n")}
    The experiment in the page: ${plain(origin.link)}
    """
  `;
}

/** What of each module the script uses. @type {[string, RegExp][]} */
const MODULES = [
  ["import copy", /\bcopy\./], ["import json", /\bjson\./], ["import math", /\bmath\./], ["import struct", /\bstruct\./],
  ["import urllib.request", /\burllib\./], ["import zlib", /\bzlib\./], ["from pathlib import Path", /\bPath\(/],
];

/** @param {string} body  all that follows */
export function imports(body) {
  const used = MODULES.filter(([, pattern]) => pattern.test(body)).map(([line]) => line);
  return py`
    import argparse
    ${used.length > 0 && used.join("\n")}

    import numpy as np
    import torch
    from torch import nn
    from torch.nn import functional as F
  `;
}

/** What can be said at the command line. @param {Experiment} experiment @param {Origin} origin */
export function options(experiment, origin) {
  const { model, dataFile, site } = origin;
  const own = "id" in experiment.data;
  const asks = asksSite(experiment, origin);
  return py`
    options = argparse.ArgumentParser()
    options.add_argument("--steps", type=int, default=${lastStep(experiment, origin)}, help="where to stop")
    ${own && `options.add_argument("--data", ${dataFile ? `default=${quoted(dataFile)}` : "required=True"}, help="the file of data that the page saved")`}
    ${asks && `options.add_argument("--assets", default=${quoted(site)}, help="the playground's site, or its folder of files")`}
    options.add_argument("--model", ${model !== null && !model.shipped ? `default=${quoted(model.file)}, ` : ""}help="a model that the page saved, to go on from")
    options = options.parse_args()
  `;
}

/** @param {Experiment} experiment */
export function settings({ seed, noise, training, data, generator, discriminator }) {
  const small = generator.kind === "mlp" && discriminator.kind === "mlp";
  const { batch, d_updates: d, g_updates: g, d_learning_rate: dRate, g_learning_rate: gRate, steps } = training;
  return py`
    ${section("Settings")}

    torch.manual_seed(${seed})
    torch.set_default_device("cuda" if torch.cuda.is_available() else "cpu")
    ${small && "torch.set_num_threads(1)  # on a CPU nets as small as these are quickest on one core"}

    STEPS = ${steps}  # the length of a run
    BATCH = ${batch}
    NOISE = ${noise.dims}  # numbers that G makes an example from
    D_UPDATES, G_UPDATES = ${d}, ${g}  # of each net in a step, D's first
    D_RATE, G_RATE = ${real(dRate)}, ${real(gRate)}  # learning rates
    ${"sigma" in data && `SIGMA = ${data.sigma}  # standard deviation of the data around its figure`}
  `;
}
