// What a run is of, in words: its preset and what differs from it. Words alone.
import { fieldDiffers, formatValue, knownPreset, readField } from "../fields.js";
import { parseHash } from "../hash.js";
import { BETWEEN, number } from "../language.js";
import { OPTIONS, fieldText, optionText, presetText } from "../texts.js";
import { COMPARE } from "./texts.js";

/**
 * @typedef {import("../fields.js").Catalogue} Catalogue
 * @typedef {import("../fields.js").FieldValue} FieldValue
 */

/** Differences that a name has room for. */
const NAMED = 2;

/** A setting by its group where its own name says too little: both nets have hidden layers. @param {string} path */
export function settingText(path) {
  const { label } = fieldText(path);
  const net = { generator: "G", discriminator: "D" }[path.split(".")[0]];
  return net && path.includes(".") ? `${net}: ${label}` : label;
}

/** @param {string} path @param {FieldValue} value */
export function valueText(path, value) {
  if (typeof value === "boolean") return value ? COMPARE.on : COMPARE.off;
  if (Array.isArray(value)) return value.length === 0 ? "–" : value.join(", ");
  if (typeof value === "number") return number(formatValue(value));
  return OPTIONS[path] ? optionText(path, String(value)) : formatValue(value);
}

/** @param {import("./kept.js").Kept} run @param {Catalogue} catalogue */
export function nameOf({ link, file }, catalogue) {
  const { preset, experiment } = parseHash(link, catalogue);
  const base = knownPreset(catalogue, preset);
  const differing = catalogue.fields.filter((field) => fieldDiffers(field, experiment, base));
  const told = differing.slice(0, NAMED).map(({ path }) =>
    `${settingText(path)} ${valueText(path, /** @type {FieldValue} */ (readField(experiment, path)))}`);
  const more = differing.length > NAMED ? [COMPARE.kept.more(differing.length - NAMED)] : [];
  return [file === null ? presetText(preset).title : COMPARE.kept.file(file), ...told, ...more].join(BETWEEN);
}
