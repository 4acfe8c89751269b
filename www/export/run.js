// A run as files for a spreadsheet and for scripts: every series that the page's charts are drawn from, and all else that
// is known of the run. Pure. Names in files are words of the format, and no sentences: they stay when the page's language
// changes.

/**
 * @typedef {import("../store.js").State} State
 * @typedef {import("../charts/history.js").History} History
 *
 * What of the page's state a file is made of.
 * @typedef {Pick<State, "preset" | "experiment" | "device" | "parameters" | "report" | "measures" | "data"
 *   | "lossHistory" | "accuracyHistory" | "qualityHistory" | "gradientHistory" | "saturationHistory">} Run
 *
 * What is known besides: the page's link, when the file was made, as ISO 8601, and the model that the run goes on from.
 * @typedef {{link: string, date: string, model: import("./pytorch/index.js").Origin["model"]}} Context
 *
 * One line of a chart. Histories are thinned when they are long: then a value is the mean of so many readings that followed
 * one another, and stands at their mean step.
 * @typedef {object} Series
 * @property {string} group  of series with the same steps
 * @property {string} name
 * @property {string} unit  empty where it has none
 * @property {"step" | "report" | "measurement"} reading  what is read when: at each step, or now and then
 * @property {number} readings  that a value is the mean of
 * @property {Float64Array} steps
 * @property {Float64Array} values
 *
 * The JSON file. A number that is not finite is null.
 * @typedef {object} RunFile
 * @property {"gan-playground-run"} format
 * @property {1} version  of this shape; a change that breaks readers counts it up
 * @property {string} about  how to read the file
 * @property {string} date  ISO 8601
 * @property {string} link  that opens the experiment in the page
 * @property {string} preset  the preset that the experiment was begun from
 * @property {{file: string, steps: number} | null} model  a trained model that the run goes on from
 * @property {number} step  steps done
 * @property {{used: string, adapter: string} | null} device
 * @property {{generator: number, discriminator: number} | null} parameters
 * @property {import("../protocol.js").Experiment} experiment  as `gan-train --experiment` reads it
 * @property {{title: string, count: number | null, classes: string[], columns: string[], licence: {name: string, url: string}, credit: string} | null} data
 * @property {object | null} measures  the last ones, as `protocol.js` describes them
 * @property {Record<string, SeriesFile>} series  by group: losses, accuracy, quality or frechet, gradients, saturation
 *
 * Columns of one length: `step`, and one for each series of the group.
 * @typedef {{reading: string, readings_per_value: number, units: Record<string, string>, values: Record<string, (number | null)[]>}} SeriesFile
 */

const ABOUT = "A run of the GAN playground. Each group of series has its own steps. Long series are thinned: with readings_per_value "
  + "above 1 a value is the mean of so many readings in a row (the last of fewer), and its step the mean of their steps.";

/** What losses are measured in. @param {import("../protocol.js").Objective} objective */
const lossUnit = ({ kind }) => (["minimax", "non-saturating", "relativistic"].includes(kind) ? "nats" : "");

/** Those that the run has values of. @param {Run} run @returns {Series[]} */
export function seriesOf(run) {
  const { experiment, lossHistory, accuracyHistory, qualityHistory, gradientHistory, saturationHistory } = run;
  const unit = lossUnit(experiment.objective);
  const ofFigure = run.measures?.figure !== null && run.measures?.figure !== undefined;
  /** @type {[string, History, Series["reading"], [string, string][]][]} */
  const groups = [
    ["losses", lossHistory, "step", [["d_loss", unit], ["g_loss", unit]]],
    ["accuracy", accuracyHistory, "report", [["d_accuracy_real", "share"], ["d_accuracy_fake", "share"]]],
    ofFigure ? ["quality", qualityHistory, "measurement", [["modes_found", "share"], ["high_quality", "share"]]]
      : ["frechet", qualityHistory, "measurement", [["frechet_distance", ""], ["frechet_distance_of_reals", ""]]],
    ["gradients", gradientHistory, "measurement", [["d_gradient", "norm"], ["g_gradient", "norm"]]],
    ["saturation", saturationHistory, "measurement", [["d_saturation", "share"]]],
  ];
  return groups.flatMap(([group, history, reading, names]) => {
    const [steps, ...columns] = history.view();
    return steps.length === 0 ? [] : names.map(([name, of], i) => ({ group, name, unit: of, reading, readings: history.stride, steps, values: columns[i] }));
  });
}

/** What is between a series' numbers and their name at the head of a column. @param {Series} series */
const noteOf = ({ unit, reading, readings }) => {
  const notes = [unit, readings > 1 ? `mean of ${readings} ${reading}s` : ""].filter((note) => note !== "");
  return notes.length > 0 ? ` (${notes.join("; ")})` : "";
};

/** All series as one table, a row a step; a cell is empty where a series has no value at that step. By RFC 4180, numbers with
 * a dot. @param {Run} run */
export function runCsv(run) {
  const series = seriesOf(run);
  /** @type {Map<number, string[]>} */
  const rows = new Map();
  series.forEach(({ steps, values }, column) => {
    steps.forEach((step, i) => {
      let row = rows.get(step);
      if (!row) rows.set(step, row = series.map(() => ""));
      row[column] = cellOf(values[i]);
    });
  });
  const body = [...rows].sort(([a], [b]) => a - b).map(([step, cells]) => [cellOf(step), ...cells]);
  return csv([["step", ...series.map((one) => one.name + noteOf(one))], ...body]);
}

/** All but the series as a table of names and values; names are paths in the JSON file. @param {Run} run @param {Context} context */
export function valuesCsv(run, context) {
  const rest = Object.entries(runFile(run, context)).filter(([name]) => !["format", "version", "about", "series"].includes(name));
  return csv([["name", "value"], ...flattened("", Object.fromEntries(rest))]);
}

/** @param {Run} run @param {Context} context */
export const runJson = (run, context) => `${JSON.stringify(runFile(run, context), null, 1)}\n`;

/** @param {Run} run @param {Context} context @returns {RunFile} */
export function runFile(run, { link, date, model }) {
  const { preset, experiment, device, parameters, report, measures, data } = run;
  /** @type {Record<string, SeriesFile>} */
  const series = {};
  for (const { group, name, unit, reading, readings, steps, values } of seriesOf(run)) {
    series[group] ??= { reading, readings_per_value: readings, units: {}, values: { step: Array.from(steps, rounded) } };
    series[group].units[name] = unit;
    series[group].values[name] = Array.from(values, rounded);
  }
  return {
    format: "gan-playground-run",
    version: 1,
    about: ABOUT,
    date,
    link,
    preset,
    model: model && { file: model.file, steps: model.steps },
    step: report?.step ?? 0,
    device: device && { used: device.used, adapter: device.adapter },
    parameters,
    experiment,
    data: data && {
      title: data.title, count: data.count, classes: data.classes.filter(({ used }) => used).map(({ name }) => name), columns: data.columns,
      licence: data.licence, credit: data.credit,
    },
    measures: measures && /** @type {object} */ (plain(measures)),
    series,
  };
}

/** As many digits as a float32 has. @param {number} value @returns {number | null} */
const rounded = (value) => (Number.isFinite(value) ? Number(value.toPrecision(7)) : null);

/** @param {number} value */
const cellOf = (value) => (Number.isFinite(value) ? String(Number(value.toPrecision(7))) : "");

/** What JSON can hold: lists in place of typed arrays, null in place of what is no number. @param {unknown} value @returns {unknown} */
function plain(value) {
  if (typeof value === "number") return rounded(value);
  if (ArrayBuffer.isView(value)) return Array.from(/** @type {Float32Array} */ (value), rounded);
  if (Array.isArray(value)) return value.map(plain);
  if (value !== null && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plain(part)]));
  return value;
}

/** @param {string} path @param {unknown} value @returns {string[][]} */
function flattened(path, value) {
  if (value === null || value === undefined) return [[path, ""]];
  if (Array.isArray(value) && value.every((item) => typeof item !== "object")) return [[path, value.join(" ")]];
  if (typeof value !== "object") return [[path, String(value)]];
  return Object.entries(value).flatMap(([key, part]) => flattened(path === "" ? key : `${path}.${key}`, part));
}

/** By RFC 4180: lines end in CRLF; what has a comma, a quote or a line's end in it is quoted. @param {string[][]} rows */
const csv = (rows) => rows.map((row) => `${row.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(",")}\r\n`).join("");
