// The link: an experiment, the page's own settings and what of the page is shown, as the text after "#", and back. Pure; it must not touch
// the address bar (store.js does). A bad part of a link never spoils the rest of it.
import { LANGUAGES } from "./language.js";
import { PARTS } from "./parts.js";
import { canDiffer, differencesThatApply } from "./versus.js";
import { drawnAs, fieldApplies, formatValue, knownPreset, parseValue, presetOf, readField, sameValue, withField } from "./fields.js";

/**
 * @typedef {import("./protocol.js").Experiment} Experiment
 * @typedef {import("./fields.js").Catalogue} Catalogue
 * @typedef {import("./fields.js").Field} Field
 *
 * Steps a second that are wanted; null is as fast as the device allows.
 * @typedef {number | null} Speed
 *
 * All that a link says.
 * @typedef {object} Link
 * @property {string} preset  the name of the preset that the experiment is told from
 * @property {Experiment} experiment
 * @property {Speed} speed
 * @property {boolean} transport  whether the earth mover's way is shown
 * @property {View} view
 *
 * What of the page is shown, and how: nothing of it changes a run.
 * @typedef {object} View
 * @property {string | null} lesson  the name of the one that is open
 * @property {number} at  its step that is open, from 1
 * @property {"slow" | "game" | "compare" | null} open  what else is open beside the run
 * @property {"page" | "embed" | "present"} mode  the whole page, a part of somebody else's, or for a whole room to see
 * @property {string[]} hidden  names of parts (`parts.js`) that are not shown
 * @property {string[]} locked  names of parts that are shown but cannot be used
 * @property {string | null} language  which the link asks for
 * @property {import("./versus.js").Difference[]} versus  what B of a comparison differs in from the run
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
export const SPEED_FIELD = { path: "speed", type: "integer", min: 1, max: 1000, default: 1, rebuilds: false };
/** Likewise. @type {Field} */
const TRANSPORT_FIELD = { path: "transport", type: "switch", default: false, rebuilds: false };

/** @type {Readonly<View>} */
export const WHOLE_PAGE = { lesson: null, at: 1, open: null, mode: "page", hidden: [], locked: [], language: null, versus: [] };

/** @type {Record<"open" | "mode" | "hide" | "lock" | "lang", Field>} */
const VIEW_FIELDS = {
  open: { path: "open", type: "choice", options: ["slow", "game", "compare"], default: "", rebuilds: false },
  mode: { path: "mode", type: "choice", options: ["page", "embed", "present"], default: "page", rebuilds: false },
  hide: { path: "hide", type: "choice", options: Object.keys(PARTS), default: "", rebuilds: false },
  lock: { path: "lock", type: "choice", options: Object.keys(PARTS), default: "", rebuilds: false },
  lang: { path: "lang", type: "choice", options: Object.keys(LANGUAGES), default: "en", rebuilds: false },
};
/** @type {Field} */
const LESSON_FIELD = { path: "lesson", type: "text", maxLength: 60, default: "", rebuilds: false };
/** @type {Field} */
const AT_FIELD = { path: "at", type: "integer", min: 1, max: 99, default: 1, rebuilds: false };

/** What fields were called in links of the page's first version. @type {Record<string, string>} */
const FORMER_KEYS = { "optimiser.beta1": "training.beta1", "optimiser.beta2": "training.beta2" };

/** "data.kind" is "data" in a link. @param {string} path */
const keyOf = (path) => path.replace(/\.kind$/, "");

/** Kinds first, for they decide which other fields there are; the data's kind leads. @param {Catalogue} catalogue */
const kindsFirst = (catalogue) => [...catalogue.fields].sort((a, b) => rank(a) - rank(b));

/** @param {Field} field */
function rank(field) {
  if (field.path === "data.kind") return 0;
  return field.path.endsWith(".kind") ? 1 : 2;
}

/** @param {string} hash with or without its "#" @param {Catalogue} catalogue
 * @returns {Link & {problems: LinkProblem[]}} */
export function parseHash(hash, catalogue) {
  const parameters = new URLSearchParams(hash.replace(/^#/, ""));
  /** @type {LinkProblem[]} */
  const problems = [];
  const take = (/** @type {string} */ key) => {
    const text = parameters.get(key);
    parameters.delete(key);
    return text;
  };

  let preset = catalogue.presets[0].name;
  const named = take("preset");
  if (named !== null) {
    if (presetOf(catalogue, named)) {
      preset = named;
    } else {
      const options = catalogue.presets.map(({ name }) => name);
      const field = /** @type {Field} */ ({ path: "preset", type: "choice", options, default: preset, rebuilds: true });
      problems.push({ reason: "range", key: "preset", value: named, field, used: preset });
    }
  }

  let experiment = knownPreset(catalogue, preset);
  for (const field of kindsFirst(catalogue)) {
    const former = FORMER_KEYS[field.path];
    const key = former !== undefined && parameters.has(former) ? former : keyOf(field.path);
    const text = take(key);
    if (text === null) continue;
    if (!fieldApplies(field, experiment)) {
      problems.push({ reason: "not-here", key, value: text, field });
      continue;
    }
    const parsed = parseValue(field, text, experiment);
    if (!parsed.ok) {
      const used = readField(experiment, field.path) ?? field.default;
      problems.push({ reason: parsed.reason, key, value: text, field, used: formatValue(used) });
    } else if (!sameValue(readField(experiment, field.path) ?? field.default, parsed.value)) {
      experiment = withField(catalogue, experiment, field.path, parsed.value);
      if (field.path === "data.kind") preset = catalogue.starts[experiment.data.kind];
    }
  }

  const speedText = take("speed") ?? "max";
  const speed = parseSpeed(speedText);
  if (speed === undefined) {
    problems.push({ reason: "range", key: "speed", value: speedText, field: SPEED_FIELD, used: "max" });
  }
  const transportText = take("transport");
  let transport = false;
  if (transportText !== null) {
    const parsed = parseValue(TRANSPORT_FIELD, transportText, experiment);
    if (!parsed.ok) {
      problems.push({ reason: parsed.reason, key: "transport", value: transportText, field: TRANSPORT_FIELD, used: "false" });
    } else if (parsed.value === true && drawnAs(experiment) !== "points") {
      problems.push({ reason: "not-here", key: "transport", value: transportText });
    } else {
      transport = parsed.value === true;
    }
  }
  const view = takeView(take, experiment, catalogue, problems);
  for (const [key, value] of parameters) problems.push({ reason: "unknown", key, value });
  return { preset, experiment, speed: speed ?? null, transport, view, problems };
}

/** @param {(key: string) => string | null} take @param {Experiment} experiment @param {Catalogue} catalogue
 * @param {LinkProblem[]} problems @returns {View} */
function takeView(take, experiment, catalogue, problems) {
  /** @param {Field} field @param {string | null} text */
  const read = (field, text) => {
    if (text === null) return null;
    const parsed = parseValue(field, text, experiment);
    if (parsed.ok) return parsed.value;
    problems.push({ reason: parsed.reason, key: field.path, value: text, field });
    return null;
  };
  /** Each name by itself: one that is wrong spoils no other. @param {"hide" | "lock"} key */
  const parts = (key) => (take(key) ?? "").split(",").filter((name) => name !== "" && read(VIEW_FIELDS[key], name) !== null);
  const lesson = /** @type {string | null} */ (read(LESSON_FIELD, take("lesson"))) || null;
  const at = /** @type {number | null} */ (read(AT_FIELD, take("at")));
  return {
    lesson,
    at: lesson === null ? WHOLE_PAGE.at : at ?? WHOLE_PAGE.at,
    open: /** @type {View["open"]} */ (read(VIEW_FIELDS.open, take("open"))),
    mode: /** @type {View["mode"] | null} */ (read(VIEW_FIELDS.mode, take("mode"))) ?? WHOLE_PAGE.mode,
    hidden: parts("hide"),
    locked: parts("lock"),
    language: /** @type {string | null} */ (read(VIEW_FIELDS.lang, take("lang"))),
    versus: takeVersus(take("versus"), experiment, catalogue, problems),
  };
}

/** Whether a link tells of an experiment, and not only of what is shown and how fast on which device. @param {string} hash */
export function tellsExperiment(hash) {
  const beside = [...Object.keys(VIEW_FIELDS), LESSON_FIELD.path, AT_FIELD.path, SPEED_FIELD.path, "device"];
  return [...new URLSearchParams(hash.replace(/^#/, "")).keys()].some((key) => !beside.includes(key));
}

/** Each difference by itself, kinds before what belongs to them. @param {string | null} text @param {Experiment} experiment  A's
 * @param {Catalogue} catalogue @param {LinkProblem[]} problems */
function takeVersus(text, experiment, catalogue, problems) {
  const parts = new Map((text ?? "").split(";").filter((part) => part !== "").map((part) => {
    const [key] = part.split(":", 1);
    return [key, { part, given: part.slice(key.length + 1) }];
  }));
  /** @type {import("./versus.js").Difference[]} */
  const versus = [];
  let b = experiment;
  for (const field of kindsFirst(catalogue)) {
    const found = parts.get(keyOf(field.path));
    if (!found) continue;
    parts.delete(keyOf(field.path));
    const parsed = canDiffer(field) && fieldApplies(field, b) ? parseValue(field, found.given, b) : null;
    if (parsed?.ok) {
      versus.push({ path: field.path, value: parsed.value });
      b = withField(catalogue, b, field.path, parsed.value);
    } else {
      problems.push({ reason: parsed?.reason ?? "not-here", key: "versus", value: found.part, field });
    }
  }
  for (const { part } of parts.values()) problems.push({ reason: "unknown", key: "versus", value: part });
  return versus;
}

/** @param {View} view @param {Experiment} experiment @param {Catalogue} catalogue @returns {string[]} */
function writeView({ lesson, at, open, mode, hidden, locked, language, versus }, experiment, catalogue) {
  const parts = [];
  if (lesson !== null) parts.push(`lesson=${encode(lesson)}`);
  if (lesson !== null && at !== WHOLE_PAGE.at) parts.push(`at=${at}`);
  if (open !== null) parts.push(`open=${open}`);
  if (mode !== WHOLE_PAGE.mode) parts.push(`mode=${mode}`);
  if (hidden.length > 0) parts.push(`hide=${hidden.join(",")}`);
  if (locked.length > 0) parts.push(`lock=${locked.join(",")}`);
  if (language !== null) parts.push(`lang=${language}`);
  const differences = differencesThatApply(catalogue, experiment, versus).map(({ path, value }) => `${keyOf(path)}:${formatValue(value)}`);
  if (differences.length > 0) parts.push(`versus=${differences.join(";")}`);
  return parts;
}

/** @param {string} text @returns {Speed | undefined} */
export function parseSpeed(text) {
  if (text === "max") return null;
  const value = Number(text);
  const { min = 0, max = Infinity } = SPEED_FIELD;
  return /^\d+$/.test(text) && value >= min && value <= max ? value : undefined;
}

/** The preset's name and what differs from it: short enough to be read, and to be typed from a slide.
 * @param {Link} link @param {Catalogue} catalogue */
export function writeHash({ preset, experiment, speed, transport, view }, catalogue) {
  const parts = [`preset=${encode(preset)}`];
  // As a reader of the link goes: another kind brings fields of its own, which need no words where they stay.
  let read = knownPreset(catalogue, preset);
  for (const field of kindsFirst(catalogue).filter((one) => fieldApplies(one, experiment))) {
    const value = readField(experiment, field.path);
    if (value === undefined) throw new Error(`the experiment has no ${field.path}`);
    const before = readField(read, field.path);
    if (before !== undefined && sameValue(before, value)) continue;
    read = withField(catalogue, read, field.path, value);
    parts.push(`${keyOf(field.path)}=${encode(formatValue(value))}`);
  }
  if (speed !== null) parts.push(`speed=${speed}`);
  if (transport && drawnAs(experiment) === "points") parts.push("transport=true");
  parts.push(...writeView(view, experiment, catalogue));
  return `#${parts.join("&")}`;
}

/** Commas stay as they are: a link is meant to be read. @param {string} text */
const encode = (text) => encodeURIComponent(text).replaceAll("%2C", ",");
