// Which figures there are of a run, and each as SVG: the page's charts and its stage, from the state's numbers.
import { equilibrium, percent, powerOfTen } from "../charts/reading.js";
import { sheetToPng } from "../film/png.js";
import { hasClassifier, isOfFigure } from "../fields.js";
import { number } from "../language.js";
import { CHARTS, className } from "../texts.js";
import { barFigure } from "./bar-figure.js";
import { lineFigure } from "./line-figure.js";
import { pointsFigure, picturesFigure, tableFigure } from "./stage-figure.js";
import { EXPORT } from "./texts.js";
import { dataAddress } from "./to-png.js";

/**
 * @typedef {import("../store.js").State} State
 * @typedef {import("./svg.js").Colours} Colours
 *
 * @typedef {object} Figure
 * @property {string} part  the name of its part of the page
 * @property {string} title
 * @property {boolean} empty  whether there is nothing to draw yet
 * @property {(colours: Colours) => string | Promise<string>} svg
 */

const DECADES = [-6, -5, -4, -3, -2, -1, 0, 1, 2].map((power) => 10 ** power);
/** A pixel of a picture is a square of so many: programs that smooth what they enlarge have less to smooth. */
const ZOOM = 4;

/** @param {State} state @param {string} source  where they come from, in a sentence @returns {Figure[]} */
export function figuresOf(state, source) {
  const { experiment } = state;
  return [
    stage(state, source),
    line(source, "losses", {
      history: state.lossHistory, reading: "step", noisy: true, least: 2, format: short,
      series: [[CHARTS.losses.d, "d"], [CHARTS.losses.g, "g"]], references: equilibrium(experiment.objective),
    }),
    ...(isOfFigure(experiment) ? [line(source, "quality", {
      history: state.qualityHistory, reading: "measurement", fixed: [0, 1], format: percent,
      series: [[CHARTS.quality.modes, "g"], [CHARTS.quality.high, "fake"]], references: [],
    })] : []),
    ...(hasClassifier(experiment) ? [line(source, "frechet", {
      history: state.qualityHistory, reading: "measurement", format: short, series: [[CHARTS.frechet.distance, "fake"]],
      references: state.measures?.pictures ? [{ at: state.measures.pictures.frechetFloor, colour: "real" }] : [],
    })] : []),
    line(source, "accuracy", {
      history: state.accuracyHistory, reading: "report", noisy: true, fixed: [0, 1], format: percent,
      series: [[CHARTS.accuracy.real, "real"], [CHARTS.accuracy.fake, "fake"]], references: [{ at: 0.5, colour: "muted" }],
    }),
    line(source, "gradients", {
      history: state.gradientHistory, reading: "measurement", log: true, format: short,
      series: [[CHARTS.gradients.d, "d"], [CHARTS.gradients.g, "g"]], references: [],
    }),
    layers(state, source),
    ...(hasClassifier(experiment) ? [classes(state, source)] : []),
    line(source, "saturation", {
      history: state.saturationHistory, reading: "measurement", fixed: [0, 1], format: percent,
      series: [[CHARTS.saturation.share, "d"]], references: [], fillFrom: 0,
    }),
    line(source, "balance", {
      history: state.accuracyHistory, reading: "report", noisy: true, fixed: [0, 1], format: percent,
      series: [[EXPORT.balance, "ink"]], references: [{ at: 0.5, colour: "muted" }], fillFrom: 0.5,
      values: ([real, fake]) => [real.map((value, i) => (value + fake[i]) / 2)],
    }),
  ];
}

/** @param {number} value */
const short = (value) => number(String(Number(value.toPrecision(6))));

/**
 * @param {string} source
 * @param {"losses" | "quality" | "frechet" | "accuracy" | "gradients" | "saturation" | "balance"} part
 * @param {{history: import("../charts/history.js").History, reading: import("./run.js").Series["reading"],
 *   series: [string, import("../theme.js").ColourName][], references: import("../charts/line-chart.js").Reference[],
 *   format: (value: number) => string, noisy?: boolean, log?: boolean, fixed?: [number, number], least?: number, fillFrom?: number,
 *   values?: (columns: Float64Array[]) => Float64Array[]}} how
 * @returns {Figure}
 */
function line(source, part, { history, reading, series, references, fillFrom, values = (columns) => columns, ...how }) {
  const { title, caption } = CHARTS[part];
  const [steps, ...columns] = history.view();
  const notes = [how.noisy && EXPORT.smoothed, history.stride > 1 && EXPORT.means(history.stride, reading)].filter(Boolean);
  const name = part in EXPORT.references ? EXPORT.references[/** @type {keyof typeof EXPORT.references} */ (part)] : "";
  return {
    part,
    title,
    empty: steps.length === 0,
    svg: (colours) => lineFigure({
      title, caption: [caption, ...notes].join(" "), source, xTitle: EXPORT.axes.step, yTitle: EXPORT.axes[part], steps,
      series: values(columns).slice(0, series.length).map((column, i) => ({ name: series[i][0], colour: series[i][1], values: column, fillFrom })),
      references: references.map(({ at, colour }, i) => ({ at, colour, name: references.length > 1 ? `${series[i][0]}, ${name}` : name })),
      ...how,
    }, colours),
  };
}

/** @param {State} state @param {string} source @returns {Figure} */
function layers({ measures }, source) {
  const { title, caption, d, g } = CHARTS.layers;
  const bars = (/** @type {{name: string, norm: number}[]} */ all) => all.map(({ name, norm }) => ({ name, value: norm, text: number(norm.toPrecision(2)) }));
  return {
    part: "layers",
    title,
    empty: measures === null,
    svg: (colours) => barFigure({
      title, caption, source, xTitle: EXPORT.axes.layers, log: true, ticks: DECADES, reference: null,
      format: powerOfTen,
      groups: [{ name: g, colour: "g", bars: bars(measures?.gradientsG.layers ?? []) }, { name: d, colour: "d", bars: bars(measures?.gradientsD.layers ?? []) }],
    }, colours),
  };
}

/** @param {State} state @param {string} source @returns {Figure} */
function classes({ measures, experiment, data }, source) {
  const { title, caption } = CHARTS.classes;
  const shares = Array.from(measures?.pictures?.classShares ?? []);
  const equal = 1 / Math.max(1, shares.length);
  const most = Math.max(0.2, ...shares);
  const pitch = most > 0.5 ? 0.2 : most > 0.25 ? 0.1 : 0.05;
  return {
    part: "classes",
    title,
    empty: shares.length === 0,
    svg: (colours) => barFigure({
      title, caption, source, xTitle: EXPORT.axes.classes, format: percent, reference: { name: EXPORT.references.classes, at: equal },
      ticks: Array.from({ length: Math.ceil(most / pitch) + 1 }, (_, i) => i * pitch),
      groups: [{ name: "", colour: "fake", bars: shares.map((share, i) => ({ name: className(experiment.data.kind, i, data?.classes[i]?.name ?? "").name, value: share, text: percent(share) })) }],
    }, colours),
  };
}

/** @param {State} state @param {string} source @returns {Figure} */
function stage({ report }, source) {
  const picture = report?.picture;
  const words = { real: EXPORT.real, fake: EXPORT.fake, surface: EXPORT.surface };
  return {
    part: "stage",
    title: EXPORT.stage[picture?.kind ?? "points"].title,
    empty: picture === undefined,
    async svg(colours) {
      if (!picture) throw new Error(EXPORT.figures.nothing);
      const about = { ...EXPORT.stage[picture.kind], source };
      if (picture.kind === "points") return pointsFigure(picture, about, words, colours);
      if (picture.kind === "table") return tableFigure(picture, about, words, colours);
      const sheet = async (/** @type {Uint8Array} */ pixels, /** @type {number} */ count) => {
        const rows = Math.ceil(count / picture.columns);
        const png = await sheetToPng(pixels, picture, count, picture.columns, ZOOM);
        return { address: await dataAddress(png), width: picture.columns * picture.width, height: rows * picture.height };
      };
      return picturesFigure(await sheet(picture.real, picture.realScores.length), await sheet(picture.fake, picture.fakeScores.length), about, words, colours);
    },
  };
}
