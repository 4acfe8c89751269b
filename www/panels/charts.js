// The right column: how the run went so far, each chart with a caption that says how to read it.
import { createLineChart } from "../charts/line-chart.js";
import { h } from "../dom.js";
import { CHARTS } from "../texts.js";

/** Milliseconds between two drawings of a chart: lines creep, and the machine's time is better spent on training. */
const REDRAW_GAP = 100;

export function createCharts() {
  const losses = createLineChart({
    label: CHARTS.losses.caption,
    series: [{ colour: "d" }, { colour: "g" }],
    references: [{ at: 2 * Math.LN2, colour: "d" }, { at: Math.LN2, colour: "g" }],
    least: 2,
    format: (value) => String(value),
  });
  const accuracy = createLineChart({
    label: CHARTS.accuracy.caption,
    series: [{ colour: "real" }, { colour: "fake" }],
    references: [{ at: 0.5, colour: "muted" }],
    fixed: [0, 1],
    format: percent,
  });
  const balance = createLineChart({
    label: CHARTS.balance.caption,
    series: [{ colour: "ink", fillFrom: 0.5 }],
    references: [{ at: 0.5, colour: "muted" }],
    fixed: [0, 1],
    format: percent,
  });

  // It takes the focus because it scrolls where the window is low.
  const element = h("section", { class: "charts", tabindex: "0", "aria-label": CHARTS.label },
    figure(CHARTS.losses, [["d", CHARTS.losses.d], ["g", CHARTS.losses.g]], losses.element),
    figure(CHARTS.accuracy, [["real", CHARTS.accuracy.real], ["fake", CHARTS.accuracy.fake]], accuracy.element),
    figure(CHARTS.balance, [["plain", CHARTS.balance.ahead]], balance.element));

  /** @type {((state: import("../store.js").State) => void)[]} */
  const drawings = [
    ({ lossHistory }) => losses.draw(lossHistory.view()),
    ({ accuracyHistory }) => accuracy.draw(accuracyHistory.view()),
    ({ accuracyHistory }) => {
      const [steps, real, fake] = accuracyHistory.view();
      balance.draw([steps, real.map((value, i) => (value + fake[i]) / 2)]);
    },
  ];
  let next = 0;
  let drawnAt = -Infinity;

  return {
    element,
    /** @param {import("../store.js").State} state @param {number} now */
    update(state, now) {
      if (state.status !== "playing") {
        drawings.forEach((draw) => draw(state));
        return;
      }
      // One chart a frame, in turn, so that no frame has all the work.
      if (now - drawnAt < REDRAW_GAP / drawings.length) return;
      drawnAt = now;
      drawings[next](state);
      next = (next + 1) % drawings.length;
    },
  };
}

/** @param {{title: string, caption: string}} texts @param {[string, string][]} keys @param {HTMLElement} chart */
function figure({ title, caption }, keys, chart) {
  const legend = keys.map(([tone, text]) => h("span", { class: "key", "data-tone": tone }, h("i", { class: "line-mark" }), text));
  return h("figure", { class: "card chart" },
    h("div", { class: "chart-head" }, h("h2", {}, title), h("div", { class: "legend" }, ...legend)),
    chart, h("figcaption", { class: "caption" }, caption));
}

/** @param {number} value */
const percent = (value) => `${Math.round(value * 100)} %`;
