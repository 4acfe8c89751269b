// Writes the page's PyTorch scripts for scripts.py: of every experiment in a folder, FOLDER/name.json to FOLDER/name.py. With
// `all` it first puts experiments there: every preset, and every option of every setting, each on a preset that it suits.
//
//     node tests/pytorch/scripts.mjs FOLDER ASSETS [all]
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pytorchScript } from "../../www/export/pytorch/index.js";
import { fieldApplies, findField, knownPreset, openOptions, withField } from "../../www/fields.js";

const [folder, assets, which] = process.argv.slice(2);
/** @type {import("../../www/fields.js").Catalogue} */
const catalogue = JSON.parse(readFileSync(new URL("../../www/fields.json", import.meta.url), "utf8"));

/** What is changed of a preset. @typedef {[path: string, value: import("../../www/fields.js").FieldValue][]} Changes */

/** @param {string} name @param {string} preset @param {Changes} changes */
function put(name, preset, changes) {
  const experiment = changes.reduce((before, [path, value]) => withField(catalogue, before, path, value), knownPreset(catalogue, preset));
  writeFileSync(join(folder, `${name}.json`), JSON.stringify(experiment));
}

/** Numbers that turn something on which the presets have off, beside what they need. @type {Record<string, Changes>} */
const TURNED_ON = {
  smoothing: [["objective.label_smoothing", 0.1]],
  "smoothing-least-squares": [["objective.kind", "least-squares"], ["objective.label_smoothing", 0.1]],
  "gradient-penalty": [["lipschitz.gradient_penalty", 10]],
  r1: [["lipschitz.r1", 1]],
  r2: [["lipschitz.r2", 1]],
  "weight-clip": [["lipschitz.weight_clip", 0.01]],
  "head-start": [["stabilisers.d_head_start", 1]],
  packing: [["stabilisers.packing", 4], ["lipschitz.gradient_penalty", 1], ["lipschitz.r1", 1], ["conditional", true]],
  "instance-noise": [["stabilisers.instance_noise", 0.3], ["conditional", true], ["objective.kind", "relativistic"]],
  "gradient-clip": [["stabilisers.gradient_clip", 0.5]],
  "no-updates": [["training.d_updates", 0], ["training.g_updates", 3]],
  "no-hidden-layer": [["generator.hidden", []], ["discriminator.hidden", []], ["lipschitz.spectral_norm", true]],
  "falling-penalties": [["lipschitz.gradient_penalty", 1], ["lipschitz.r1", 1], ["schedule.kind", "linear"], ["schedule.penalty_end", 0.5], ["schedule.learning_rate_end", 1]],
};

/** Every option of every choice and switch. @param {string} label @param {string} preset @param {Changes} first */
function putOptions(label, preset, first) {
  const base = first.reduce((before, [path, value]) => withField(catalogue, before, path, value), knownPreset(catalogue, preset));
  for (const field of catalogue.fields) {
    if (!fieldApplies(field, base) || ["device", "data.kind"].includes(field.path)) continue;
    const values = field.type === "switch" ? [true, false] : field.type === "choice" ? openOptions(field, base) : [];
    for (const value of values) {
      put(`${label}-${field.path}-${value}`, preset, [...first, [field.path, value]]);
    }
  }
}

if (which === "all") {
  for (const { name } of catalogue.presets) put(`preset-${name}`, name, []);
  for (const [name, changes] of Object.entries(TURNED_ON)) put(`on-${name}`, "healthy", changes);
  putOptions("points", "two-gaussians", []);
  // Faces are small.
  const small = /** @type {Changes} */ ([["training.batch", 8], ["generator.channels", 4], ["discriminator.channels", 4]]);
  for (const attribute of findField(catalogue, "data.attribute").options ?? []) {
    put(`faces-${attribute}`, "faces", [...small, ["data.attribute", attribute], ["conditional", true]]);
  }
  for (const kind of ["mlp", "conv", "residual"]) {
    for (const activation of ["leaky-relu", "relu", "tanh", "silu"]) {
      put(`faces-${kind}-${activation}`, "faces", [...small, ["generator.kind", kind], ["discriminator.kind", kind],
        ["generator.activation", activation], ["discriminator.activation", activation], ["lipschitz.spectral_norm", activation === "silu"]]);
    }
  }
  put("faces-packed", "faces", [...small, ["stabilisers.packing", 2], ["conditional", true], ["output", "linear"], ["noise.distribution", "uniform"]]);
  put("digits-only", "digits", [["data.only", [8, 3]], ["data.sheets", 2], ["conditional", true], ["training.batch", 8]]);
  put("pictures-conditional", "own-pictures", [...small, ["conditional", true], ["data.only", [1, 2]]]);
  put("table-conditional", "own-table", [["conditional", true], ["data.columns", [2, 0]], ["output", "tanh"]]);
}

for (const file of readdirSync(folder).filter((name) => name.endsWith(".json"))) {
  const name = file.slice(0, -".json".length);
  const experiment = JSON.parse(readFileSync(join(folder, file), "utf8"));
  const preset = catalogue.presets.find((one) => name === `preset-${one.name}`);
  const model = preset?.model ? { file: preset.model, shipped: true, steps: preset.experiment.training.steps } : null;
  writeFileSync(join(folder, `${name}.py`), pytorchScript(experiment, {
    name: `${name}.py`, about: name, link: "https://example.org/", site: assets, model, dataFile: "id" in experiment.data ? "own.bin" : "",
  }));
}
