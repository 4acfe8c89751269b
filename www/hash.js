// The link: an experiment and the page's own settings as the text after "#", and back. Pure; it must not touch
// the address bar (store.js does). A bad part of a link never spoils the rest of it.
import { defaultOf, fieldApplies, formatValue, parseValue, readField, withField } from "./fields.js";

/**
 * @typedef {import("./protocol.js").Experiment} Experiment
 * @typedef {import("./fields.js").Catalogue} Catalogue
 * @typedef {import("./fields.js").Field} Field
 *
 * Steps a second that are wanted; null is as fast as the device allows.
 * @typedef {number | null} Speed
 *
 * A part of a link that could not be honoured; `texts.js` makes a sentence of it.
 * @typedef {object} LinkProblem
 * @property {"unknown" | "not-here" | "unreadable" | "range" | "mismatch"} reason
 * @property {string} key
 * @property {string} value
 * @property {Field} [field]
 * @property {string} [used]  what is used in its place
 */

/** The speed is the page's own setting: it changes nothing of what is computed, so the crate does not know it.
 * @type {Field} */
export const SPEED_FIELD = { path: "speed", type: "integer", min: 1, max: 1000, rebuilds: false };

/** "data.kind" is "data" in a link. @param {string} path */
const keyOf = (path) => path.replace(/\.kind$/, "");

/** @param {string} hash with or without its "#" @param {Catalogue} catalogue
 * @returns {{experiment: Experiment, speed: Speed, problems: LinkProblem[]}} */
export function parseHash(hash, catalogue) {
  const parameters = new URLSearchParams(hash.replace(/^#/, ""));
  /** @type {LinkProblem[]} */
  const problems = [];
  let experiment = structuredClone(catalogue.presets.ring);

  // Kinds first, for they decide which other fields there are; the data's kind leads the nets'.
  const kindsFirst = [...catalogue.fields].sort((a, b) => rank(a) - rank(b));
  for (const field of kindsFirst) {
    const key = keyOf(field.path);
    const text = parameters.get(key);
    if (text === null) continue;
    parameters.delete(key);
    if (!fieldApplies(field, experiment)) {
      problems.push({ reason: "not-here", key, value: text, field });
      continue;
    }
    const parsed = parseValue(field, text, experiment);
    if (!parsed.ok) {
      const used = readField(experiment, field.path) ?? defaultOf(catalogue, experiment.data.kind, field.path);
      problems.push({ reason: parsed.reason, key, value: text, field, used: formatValue(used) });
    } else if (readField(experiment, field.path) !== parsed.value) {
      experiment = withField(catalogue, experiment, field.path, parsed.value);
    }
  }

  const speedText = parameters.get("speed") ?? "max";
  parameters.delete("speed");
  const parsedSpeed = parseSpeed(speedText);
  if (parsedSpeed === undefined) {
    problems.push({ reason: "range", key: "speed", value: speedText, field: SPEED_FIELD, used: "max" });
  }
  for (const [key, value] of parameters) problems.push({ reason: "unknown", key, value });
  return { experiment, speed: parsedSpeed ?? null, problems };
}

/** @param {Field} field */
function rank(field) {
  if (field.path === "data.kind") return 0;
  return field.path.endsWith(".kind") ? 1 : 2;
}

/** @param {string} text @returns {Speed | undefined} */
export function parseSpeed(text) {
  if (text === "max") return null;
  const value = Number(text);
  const { min = 0, max = Infinity } = SPEED_FIELD;
  return /^\d+$/.test(text) && value >= min && value <= max ? value : undefined;
}

/** Every setting is written, defaults too, so that a link means the same after a default has changed.
 * @param {Experiment} experiment @param {Speed} speed @param {Catalogue} catalogue */
export function writeHash(experiment, speed, catalogue) {
  const parts = catalogue.fields.filter((field) => fieldApplies(field, experiment)).map((field) => {
    const value = readField(experiment, field.path);
    if (value === undefined) throw new Error(`the experiment has no ${field.path}`);
    return `${keyOf(field.path)}=${encode(formatValue(value))}`;
  });
  return `#${parts.join("&")}&speed=${speed ?? "max"}`;
}

/** Commas stay as they are: a link is meant to be read. @param {string} text */
const encode = (text) => encodeURIComponent(text).replaceAll("%2C", ",");

