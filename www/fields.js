// What settings there are, and how one is read, written and checked. Everything follows from the catalogue
// (`fields.json`, generated from the crate), which callers pass in: nothing here knows the page or the URL.

/**
 * @typedef {import("./protocol.js").Experiment} Experiment
 * @typedef {import("./protocol.js").DataKind} DataKind
 *
 * One setting. `kinds` says for which values of a choice it exists at all.
 * @typedef {object} Field
 * @property {string} path  dotted, such as "training.batch"
 * @property {"integer" | "number" | "choice" | "switch" | "list" | "text"} type
 * @property {number} [min]
 * @property {number} [max]
 * @property {string[]} [options]
 * @property {number} [minItems]
 * @property {number} [maxItems]
 * @property {number} [maxLength]
 * @property {FieldValue} default  what it is when its owner becomes of a kind that has it
 * @property {boolean} rebuilds  whether a change starts the run over
 * @property {Record<string, string[]>} [kinds]
 *
 * A run that shows one thing.
 * @typedef {{name: string, experiment: Experiment, model: string | null}} Preset  with the model that it goes on from
 *
 * @typedef {object} Catalogue
 * @property {Preset[]} presets
 * @property {Record<DataKind, string>} starts  the preset that a kind of data starts from
 * @property {Record<DataKind, Family>} families  what kind of examples a kind of data has
 * @property {Field[]} fields
 *
 * @typedef {"figure" | "table" | "pictures"} Family
 *
 * @typedef {number | string | boolean | number[]} FieldValue
 * @typedef {{ok: true, value: FieldValue} | {ok: false, reason: "unreadable" | "range" | "mismatch"}} Parsed
 */

/** Kinds of data that are no figures in the plane. A test holds them against the catalogue's families.
 * @type {Record<string, Family>} */
const FAMILIES = {
  digits: "pictures", fashion: "pictures", animals: "pictures", faces: "pictures", "own-pictures": "pictures", "own-table": "table",
};

/** @param {Experiment} experiment @returns {Family} */
export const familyOf = ({ data }) => FAMILIES[data.kind] ?? "figure";

/** @param {Experiment} experiment */
export const isOfPictures = (experiment) => familyOf(experiment) === "pictures";

/** Whether it has a figure, whose parts can be counted. @param {Experiment} experiment */
export const isOfFigure = (experiment) => familyOf(experiment) === "figure";

/** How its examples are drawn: two numbers are a point. @param {Experiment} experiment
 * @returns {import("./protocol.js").Picture["kind"]} */
export function drawnAs(experiment) {
  if (isOfPictures(experiment)) return "images";
  return experiment.data.kind === "own-table" && experiment.data.columns.length > 2 ? "table" : "points";
}

/** Whether there is a classifier that judges fakes. @param {Experiment} experiment */
export const hasClassifier = (experiment) => isOfPictures(experiment) && experiment.data.kind !== "own-pictures";

/** @param {Catalogue} catalogue @param {string} path @returns {Field} */
export function findField(catalogue, path) {
  const found = catalogue.fields.find((field) => field.path === path);
  if (!found) throw new Error(`the catalogue has no ${path}`);
  return found;
}

/** @param {Catalogue} catalogue @param {string} name  of one that is known to be there @returns {Preset} */
export function presetNamed(catalogue, name) {
  const found = catalogue.presets.find((preset) => preset.name === name);
  if (!found) throw new Error(`the catalogue has no preset ${name}`);
  return found;
}

/** What makes nets what they are, and what their numbers mean: weights for one are good for no other. */
const NETS = ["conditional", "noise", "generator", "output", "discriminator", "stabilisers.packing", "lipschitz.spectral_norm"];

/** Whether weights trained in one experiment can be gone on with in another. Pictures without classes may be others of
 * their kind. @param {Experiment} a @param {Experiment} b */
export function sameNets(a, b) {
  const same = (/** @type {unknown} */ one, /** @type {unknown} */ other) => JSON.stringify(one) === JSON.stringify(other);
  const otherPictures = isOfPictures(a) && !a.conditional && !("id" in a.data) && a.data.kind === b.data.kind;
  return (otherPictures || same(a.data, b.data)) && NETS.every((path) => same(readField(a, path), readField(b, path)));
}

/** A preset's experiment, to be changed freely. @param {Catalogue} catalogue @param {string} name
 * @returns {Experiment | undefined} */
export function presetOf(catalogue, name) {
  const found = catalogue.presets.find((preset) => preset.name === name);
  return found && structuredClone(found.experiment);
}

/** The same of a name that is known to be there. @param {Catalogue} catalogue @param {string} name */
export function knownPreset(catalogue, name) {
  const experiment = presetOf(catalogue, name);
  if (!experiment) throw new Error(`the catalogue has no preset ${name}`);
  return experiment;
}

/** The value at a dotted path, or undefined where the experiment has none. @param {Experiment} experiment
 * @param {string} path @returns {FieldValue | undefined} */
export function readField(experiment, path) {
  /** @type {any} */
  let value = experiment;
  for (const part of path.split(".")) value = value?.[part];
  return value;
}

/** Whether a field exists in this experiment (the ring's radius does not among digits).
 * @param {Field} field @param {Experiment} experiment */
export function fieldApplies(field, experiment) {
  return Object.entries(field.kinds ?? {}).every(([path, kinds]) => kinds.includes(String(readField(experiment, path))));
}

/** Whether a field exists here and is not what it is in `base`, or, where `base` has no such field, at first.
 * @param {Field} field @param {Experiment} experiment @param {Experiment} base */
export function fieldDiffers(field, experiment, base) {
  const value = readField(experiment, field.path);
  if (value === undefined || !fieldApplies(field, experiment)) return false;
  return !sameValue(value, readField(base, field.path) ?? field.default);
}

/** @param {FieldValue} a @param {FieldValue} b */
export const sameValue = (a, b) => formatValue(a) === formatValue(b);

/** The options of a choice that go with the rest of the experiment. A convolution needs a picture.
 * @param {Field} field @param {Experiment} experiment @returns {string[]} */
export function openOptions(field, experiment) {
  const options = field.options ?? [];
  const isNet = field.path === "generator.kind" || field.path === "discriminator.kind";
  return isNet && !isOfPictures(experiment) ? options.filter((option) => option === "mlp") : options;
}

/**
 * A copy of the experiment with one field changed. Another kind of data brings its whole preset, for hardly a
 * setting suits both. Another kind of anything else brings the fields of that kind, and keeps those that both have.
 * @param {Catalogue} catalogue @param {Experiment} experiment @param {string} path @param {FieldValue} value
 * @returns {Experiment}
 */
export function withField(catalogue, experiment, path, value) {
  if (path === "data.kind") {
    const preset = knownPreset(catalogue, catalogue.starts[/** @type {DataKind} */ (value)]);
    return { ...preset, seed: experiment.seed, device: experiment.device };
  }
  /** @type {any} */
  const next = structuredClone(experiment);
  if (path.endsWith(".kind")) {
    const owner = path.slice(0, -".kind".length);
    next[owner] = { kind: value };
    for (const field of catalogue.fields) {
      if (field.path.startsWith(`${owner}.`) && field.path !== path && fieldApplies(field, next)) {
        write(next, field.path, readField(experiment, field.path) ?? field.default);
      }
    }
  } else {
    write(next, path, value);
  }
  return next;
}

/** @param {any} target @param {string} path @param {FieldValue} value */
function write(target, path, value) {
  const parts = path.split(".");
  const last = /** @type {string} */ (parts.pop());
  for (const part of parts) target = target[part];
  target[last] = structuredClone(value);
}

/** What a person typed, or a link carried, as the field's value. @param {Field} field @param {string} text
 * @param {Experiment} experiment  what the value has to go with @returns {Parsed} */
export function parseValue(field, text, experiment) {
  if (field.type === "choice") {
    if (!field.options?.includes(text)) return { ok: false, reason: "range" };
    return openOptions(field, experiment).includes(text) ? { ok: true, value: text } : { ok: false, reason: "mismatch" };
  }
  if (field.type === "switch") {
    return text === "true" || text === "false" ? { ok: true, value: text === "true" } : { ok: false, reason: "range" };
  }
  if (field.type === "text") {
    const fits = /^[\w.-]*$/.test(text) && text.length <= (field.maxLength ?? Infinity);
    return fits ? { ok: true, value: text } : { ok: false, reason: "range" };
  }
  if (field.type === "list") {
    const items = text.trim() === "" ? [] : text.split(",").map((item) => parseNumber(item, true));
    if (items.includes(null)) return { ok: false, reason: "unreadable" };
    const numbers = /** @type {number[]} */ (items);
    const fits = numbers.length >= (field.minItems ?? 0) && numbers.length <= (field.maxItems ?? Infinity);
    return fits && numbers.every((number) => inRange(field, number))
      ? { ok: true, value: numbers } : { ok: false, reason: "range" };
  }
  const number = parseNumber(text, field.type === "integer");
  if (number === null) return { ok: false, reason: "unreadable" };
  return inRange(field, number) ? { ok: true, value: number } : { ok: false, reason: "range" };
}

/** @param {string} text @param {boolean} whole @returns {number | null} */
function parseNumber(text, whole) {
  const trimmed = text.trim();
  const shape = whole ? /^-?\d+$/ : /^-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
  return shape.test(trimmed) ? Number(trimmed) : null;
}

/** @param {Field} field @param {number} value */
function inRange(field, value) {
  return value >= (field.min ?? -Infinity) && value <= (field.max ?? Infinity);
}

/** The value as a person would type it. @param {FieldValue} value */
export function formatValue(value) {
  return Array.isArray(value) ? value.join(",") : String(value);
}
