// The right column: how the run went so far, each chart with a caption that says how to read it.
import { createBars } from "../charts/bars.js";
import { createLineChart } from "../charts/line-chart.js";
import { equilibrium, percent, powerOfTen } from "../charts/reading.js";
import { h } from "../dom.js";
import { hasClassifier, isOfFigure } from "../fields.js";
import { number } from "../language.js";
import { CHARTS, className } from "../texts.js";

/** Milliseconds between two drawings of a chart: lines creep, and the machine's time is better spent on training. */
const REDRAW_GAP = 100;
/** The decades that layers' gradients are shown over: from 10^-6 to 10^2. */
const DECADES = { from: -6, to: 2 };
const NAMED_DECADES = [-6, -4, -2, 0];
/** What a histogram's box reaches to: few runs make half of their pictures of one class. */
const TALLEST_SHARE = 0.5;

/** @typedef {import("../store.js").State} State */

export function createCharts() {
  const losses = createLineChart({
    label: CHARTS.losses.caption,
    series: [{ colour: "d" }, { colour: "g" }],
    references: [{ at: 2 * Math.LN2, colour: "d" }, { at: Math.LN2, colour: "g" }],
    noisy: true,
    least: 2,
    format: (value) => number(String(value)),
  });
  const accuracy = createLineChart({
    label: CHARTS.accuracy.caption,
    series: [{ colour: "real" }, { colour: "fake" }],
    references: [{ at: 0.5, colour: "muted" }],
    noisy: true,
    fixed: [0, 1],
    format: percent,
  });
  const balance = createLineChart({
    label: CHARTS.balance.caption,
    series: [{ colour: "ink", fillFrom: 0.5 }],
    references: [{ at: 0.5, colour: "muted" }],
    noisy: true,
    fixed: [0, 1],
    format: percent,
  });
  const quality = createLineChart({
    label: CHARTS.quality.caption,
    series: [{ colour: "g" }, { colour: "fake" }],
    fixed: [0, 1],
    format: percent,
  });
  const frechet = createLineChart({
    label: CHARTS.frechet.caption,
    series: [{ colour: "fake" }],
    format: (value) => number(String(value)),
  });
  const gradients = createLineChart({
    label: CHARTS.gradients.caption,
    series: [{ colour: "d" }, { colour: "g" }],
    log: true,
    format: powerOfTen,
  });
  const saturation = createLineChart({
    label: CHARTS.saturation.caption,
    series: [{ colour: "d", fillFrom: 0 }],
    fixed: [0, 1],
    format: percent,
  });
  const marks = NAMED_DECADES.map((decade) => ({ at: heightOf(10 ** decade), text: powerOfTen(10 ** decade) }));
  const layersD = createBars(CHARTS.layers.d, "d", marks);
  const layersG = createBars(CHARTS.layers.g, "g", marks);
  const classes = createBars(CHARTS.classes.caption, "fake", [{ at: 0.1 / TALLEST_SHARE, text: percent(0.1) }]);

  const qualityFigure = figure("quality", [["g", CHARTS.quality.modes], ["fake", CHARTS.quality.high]], quality.element);
  const frechetFigure = figure("frechet", [["fake", CHARTS.frechet.distance]], frechet.element);
  const classesFigure = figure("classes", [], classes.element);
  const layersFigure = figure("layers", [], h("div", { class: "bar-pair" },
    h("div", {}, h("span", { class: "bar-title", "data-tone": "g" }, CHARTS.layers.g), layersG.element),
    h("div", {}, h("span", { class: "bar-title", "data-tone": "d" }, CHARTS.layers.d), layersD.element)));

  // It takes the focus because it scrolls where the window is low.
  const element = h("section", { class: "charts", "data-part": "charts", tabindex: "0", "aria-label": CHARTS.label },
    figure("losses", [["d", CHARTS.losses.d], ["g", CHARTS.losses.g]], losses.element),
    qualityFigure, frechetFigure,
    figure("accuracy", [["real", CHARTS.accuracy.real], ["fake", CHARTS.accuracy.fake]], accuracy.element),
    figure("gradients", [["d", CHARTS.gradients.d], ["g", CHARTS.gradients.g]], gradients.element),
    layersFigure, classesFigure,
    figure("saturation", [["d", CHARTS.saturation.share]], saturation.element),
    figure("balance", [["plain", CHARTS.balance.ahead]], balance.element));

  /** @type {((state: State) => void)[]} */
  const drawings = [
    ({ lossHistory, experiment }) => losses.draw(lossHistory.view(), equilibrium(experiment.objective)),
    ({ accuracyHistory }) => accuracy.draw(accuracyHistory.view()),
    ({ accuracyHistory }) => {
      const [steps, real, fake] = accuracyHistory.view();
      balance.draw([steps, real.map((value, i) => (value + fake[i]) / 2)]);
    },
    ({ qualityHistory, experiment, measures }) => {
      const [steps, one, other] = qualityHistory.view();
      if (isOfFigure(experiment)) quality.draw([steps, one, other]);
      else frechet.draw([steps, one], measures?.pictures ? [{ at: measures.pictures.frechetFloor, colour: "real" }] : []);
    },
    ({ gradientHistory }) => gradients.draw(gradientHistory.view()),
    ({ saturationHistory }) => saturation.draw(saturationHistory.view()),
  ];
  let next = 0;
  let drawnAt = -Infinity;
  /** What was drawn while the run stands still. @type {unknown[]} */
  let still = [];
  /** @type {State["measures"] | undefined} */
  let barred;

  /** @param {State} state */
  function drawBars({ measures, experiment, data }) {
    if (measures === barred) return;
    barred = measures;
    layersD.draw((measures?.gradientsD.layers ?? []).map(layerBar));
    layersG.draw((measures?.gradientsG.layers ?? []).map(layerBar));
    const shares = measures?.pictures?.classShares ?? [];
    classes.draw(Array.from(shares, (share, i) => {
      const { name, short } = className(experiment.data.kind, i, data?.classes[i]?.name ?? "");
      return { name, short, text: percent(share), height: share / TALLEST_SHARE };
    }));
  }

  const lines = { losses, quality, frechet, accuracy, gradients, saturation, balance };

  return {
    element,
    /** What each shows now, for whoever cannot see it; bars say it by themselves. @param {Record<string, string>} texts */
    describe(texts) {
      for (const [name, chart] of Object.entries(lines)) if (texts[name]) chart.describe(texts[name]);
    },
    /** @param {State} state @param {number} now */
    update(state, now) {
      qualityFigure.hidden = !isOfFigure(state.experiment);
      frechetFigure.hidden = !hasClassifier(state.experiment);
      classesFigure.hidden = !hasClassifier(state.experiment);
      drawBars(state);
      if (state.status !== "playing") {
        const { status, report, measures, experiment } = state;
        const of = [status, report, measures, experiment];
        if (of.some((one, i) => one !== still[i])) drawings.forEach((draw) => draw(state));
        still = of;
        return;
      }
      still = [];
      // One chart a frame, in turn, so that no frame has all the work.
      if (now - drawnAt < REDRAW_GAP / drawings.length) return;
      drawnAt = now;
      drawings[next](state);
      next = (next + 1) % drawings.length;
    },
  };
}

/** @param {"losses" | "quality" | "frechet" | "accuracy" | "gradients" | "layers" | "classes" | "saturation" | "balance"} part
 * @param {[string, string][]} keys @param {HTMLElement} chart */
function figure(part, keys, chart) {
  const { title, caption } = CHARTS[part];
  const legend = keys.map(([tone, text]) => h("span", { class: "key", "data-tone": tone }, h("i", { class: "line-mark" }), text));
  return h("figure", { class: "card chart", "data-part": part },
    h("div", { class: "chart-head" }, h("h2", { title: caption }, title), h("div", { class: "legend" }, ...legend)),
    chart, h("figcaption", { class: "caption" }, caption));
}

/** @param {{name: string, norm: number}} layer @param {number} i @returns {import("../charts/bars.js").Bar} */
const layerBar = ({ name, norm }, i) => ({ name, short: String(i + 1), text: number(norm.toPrecision(2)), height: heightOf(norm) });

/** @param {number} norm  may be 0 or not a number at all */
function heightOf(norm) {
  const height = (Math.log10(norm) - DECADES.from) / (DECADES.to - DECADES.from);
  return Number.isFinite(height) ? height : 0;
}
