// The page's charts and pictures in words, from the state that they are drawn from: what each line stands at and which way
// it goes, what a picture shows. Pure; it knows no element.
import { hasClassifier, isOfFigure } from "../fields.js";
import { CHARTS, STAGE, className } from "../texts.js";
import { spread, standOf, trendOf } from "./trend.js";
import { SPOKEN } from "./texts.js";

/**
 * @typedef {Pick<import("../store.js").State, "experiment" | "data" | "report" | "measures" | "lossHistory" | "accuracyHistory"
 *   | "qualityHistory" | "gradientHistory" | "saturationHistory">} Shown
 *
 * What is said of each chart that is on the page, by its part's name, and of what the stage shows.
 * @typedef {object} Description
 * @property {Record<string, string>} charts
 * @property {string[]} stage  a picture each
 */

/** @typedef {{name: string, line: Float64Array, height?: number, noisy?: boolean, says: (value: number) => string}} Line */

/** @param {Shown} state @returns {Description} */
export function describe(state) {
  return { charts: describeCharts(state), stage: describeStage(state) };
}

/** @param {Shown} state @returns {Record<string, string>} */
function describeCharts({ experiment, data, measures, lossHistory, accuracyHistory, qualityHistory, gradientHistory, saturationHistory }) {
  const [lossSteps, lossD, lossG] = lossHistory.view();
  const [steps, onReal, onFake] = accuracyHistory.view();
  const [qualitySteps, quality, other] = qualityHistory.view();
  const [gradientSteps, gradientD, gradientG] = gradientHistory.view();
  const [saturationSteps, saturation] = saturationHistory.view();
  const ahead = onReal.map((value, i) => (value + onFake[i]) / 2);
  const { number, percent } = SPOKEN;

  /** @type {Record<string, string>} */
  const charts = {};
  charts.losses = chart(CHARTS.losses.title, lossSteps, [
    { name: CHARTS.losses.d, line: lossD, noisy: true, says: number },
    { name: CHARTS.losses.g, line: lossG, noisy: true, says: number },
  ]);
  if (isOfFigure(experiment)) {
    charts.quality = chart(CHARTS.quality.title, qualitySteps, [
      { name: CHARTS.quality.modes, line: quality, height: 1, says: percent },
      { name: CHARTS.quality.high, line: other, height: 1, says: percent },
    ]);
  }
  if (hasClassifier(experiment)) {
    const floor = measures?.pictures ? SPOKEN.floor(measures.pictures.frechetFloor) : "";
    charts.frechet = chart(CHARTS.frechet.title, qualitySteps, [{ name: CHARTS.frechet.distance, line: quality, says: number }], floor);
  }
  charts.accuracy = chart(CHARTS.accuracy.title, steps, [
    { name: CHARTS.accuracy.real, line: onReal, height: 1, noisy: true, says: percent },
    { name: CHARTS.accuracy.fake, line: onFake, height: 1, noisy: true, says: percent },
  ], SPOKEN.coinToss);
  // On its logarithmic scale, as the eye sees it; a tenfold change is much.
  charts.gradients = chart(CHARTS.gradients.title, gradientSteps, [
    { name: CHARTS.gradients.d, line: gradientD.map(Math.log10), height: 4, says: (power) => number(10 ** power) },
    { name: CHARTS.gradients.g, line: gradientG.map(Math.log10), height: 4, says: (power) => number(10 ** power) },
  ]);
  if (measures) {
    const layers = [[CHARTS.layers.g, measures.gradientsG.layers], [CHARTS.layers.d, measures.gradientsD.layers]].map(([title, all]) =>
      SPOKEN.bars(String(title), /** @type {{name: string, norm: number}[]} */ (all).map(({ name, norm }) => `${name} ${number(norm)}`), measures.step));
    charts.layers = `${CHARTS.layers.title}. ${layers.join(" ")}`;
  }
  if (measures?.pictures && hasClassifier(experiment)) {
    const shares = Array.from(measures.pictures.classShares, (share, i) =>
      `${className(experiment.data.kind, i, data?.classes[i]?.name ?? "").name} ${percent(share)}`);
    charts.classes = SPOKEN.bars(CHARTS.classes.title, shares, measures.step);
  }
  charts.saturation = chart(CHARTS.saturation.title, saturationSteps, [{ name: CHARTS.saturation.share, line: saturation, height: 1, says: percent }]);
  charts.balance = chart(CHARTS.balance.title, steps, [{ name: CHARTS.accuracy.title, line: ahead, height: 1, noisy: true, says: percent }],
    ahead.length > 0 ? SPOKEN.balance(standOf(ahead)) : "");
  return charts;
}

/** @param {string} title @param {Float64Array} steps @param {Line[]} lines @param {string} [more] */
function chart(title, steps, lines, more) {
  if (steps.length === 0) return SPOKEN.nothing(title);
  const parts = lines.map(({ name, line, height, noisy = false, says }) => {
    const stands = noisy ? standOf(line) : line[line.length - 1];
    return SPOKEN.line(name, says(stands), trendOf(line, height ?? Math.max(...Array.from(line, Math.abs))));
  });
  return SPOKEN.chart(title, parts, steps[0], steps[steps.length - 1], more);
}

/** @param {Shown} state @returns {string[]} */
function describeStage({ report, measures }) {
  if (!report) return [SPOKEN.nothing(STAGE.label)];
  const { picture, accuracyReal, accuracyFake } = report;
  const spotted = report.step > 0 ? SPOKEN.spotted(accuracyReal, accuracyFake) : "";
  switch (picture.kind) {
    case "points": {
      const { figure } = measures ?? {};
      const modes = figure ? SPOKEN.modes(figure.captured, figure.total, figure.highQuality) : "";
      return [[SPOKEN.points(cloud(picture.real), cloud(picture.fake)), modes, spotted].filter(Boolean).join(" ")];
    }
    case "images": {
      const rows = picture.rowClasses.length > 0 ? SPOKEN.rows(picture.rowClasses) : "";
      return /** @type {[string, Float32Array][]} */ ([[STAGE.fakes, picture.fakeScores], [STAGE.reals, picture.realScores]])
        .map(([title, scores]) => [SPOKEN.pictures(title, range(scores)), rows].filter(Boolean).join(" "));
    }
    case "table":
      return [[...picture.columns.map((column, i) => SPOKEN.column(column.name, ...columnOf(picture, i))), spotted].filter(Boolean).join(" ")];
  }
}

/** @param {Float32Array} points  x, y of one after another */
function cloud(points) {
  const at = (/** @type {number} */ axis) => Array.from(points.filter((_, i) => i % 2 === axis));
  const [xs, ys] = [at(0), at(1)];
  const [x, y] = [spread(xs).mean, spread(ys).mean];
  return { count: xs.length, x, y, away: spread(xs.map((value, i) => Math.hypot(value - x, ys[i] - y))).mean };
}

/** @param {Float32Array} scores */
function range(scores) {
  const all = Array.from(scores);
  return { count: all.length, least: Math.min(...all), most: Math.max(...all), mean: spread(all).mean };
}

/** @typedef {{mean: number, deviation: number}} OfColumn */

/** In data units. @param {import("../protocol.js").TablePicture} picture @param {number} i @returns {[OfColumn, OfColumn]} */
function columnOf({ columns, real, fake }, i) {
  const { centre, scale } = columns[i];
  const of = (/** @type {Float32Array} */ rows) => {
    const { mean, variance } = spread(Array.from(rows.filter((_, at) => at % columns.length === i)));
    return { mean: centre + scale * mean, deviation: scale * Math.sqrt(variance) };
  };
  return [of(real), of(fake)];
}
