// The comparison's charts: A solid, B dashed, kept runs as thin lines with their numbers, all by step. It draws what it is given.
import { createLineChart, joined } from "../charts/line-chart.js";
import { smooth } from "../charts/smooth.js";
import { h } from "../dom.js";
import { hasClassifier, isOfFigure } from "../fields.js";
import { MOST_KEPT } from "./kept.js";
import { COMPARE } from "./texts.js";

/**
 * @typedef {import("../store.js").State} State
 * @typedef {import("../theme.js").ColourName} ColourName
 * @typedef {import("../charts/line-chart.js").Column} Column
 * @typedef {import("./kept.js").Kept} Kept
 */

/** Milliseconds between two drawings of a chart. */
const REDRAW_GAP = 150;

/** What diverges has no room for its zeros. @param {number} value */
const brief = (value) => (Math.abs(value) < 1e4 ? String(value) : value.toExponential(0));
/** @param {number} value */
const percent = (value) => `${Math.round(value * 100)} %`;

/** @param {import("../charts/history.js").History} history @returns {Column[]} */
const plainTable = (history) => history.view();
/** @param {import("../charts/history.js").History} history @returns {Column[]} */
function smoothTable(history) {
  const [steps, ...values] = history.view();
  return [steps, ...values.map(smooth)];
}

/**
 * What a chart draws of a run that is there, and of one that was kept.
 * @type {{name: "losses" | "accuracy" | "quality" | "frechet", colours: ColourName[],
 *   how: Pick<Parameters<typeof createLineChart>[0], "format" | "fixed" | "least" | "references">,
 *   when?: (state: State) => boolean, live: (state: State) => Column[], kept: (run: Kept) => Column[] | null}[]}
 */
const CHARTS = [
  {
    name: "losses", colours: ["d", "g"], how: { least: 2, format: brief },
    live: ({ lossHistory }) => smoothTable(lossHistory), kept: ({ curves }) => curves.losses,
  },
  {
    name: "accuracy", colours: ["real", "fake"], how: { fixed: [0, 1], format: percent, references: [{ at: 0.5, colour: "muted" }] },
    live: ({ accuracyHistory }) => smoothTable(accuracyHistory), kept: ({ curves }) => curves.accuracy,
  },
  {
    name: "quality", colours: ["g", "fake"], how: { fixed: [0, 1], format: percent }, when: ({ experiment }) => isOfFigure(experiment),
    live: ({ qualityHistory }) => plainTable(qualityHistory), kept: ({ curves, judged }) => (judged === "figure" ? curves.quality : null),
  },
  {
    name: "frechet", colours: ["fake"], how: { format: brief }, when: ({ experiment }) => hasClassifier(experiment),
    live: ({ qualityHistory }) => plainTable(qualityHistory), kept: ({ curves, judged }) => (judged === "pictures" ? curves.quality : null),
  },
];

export function createCompareCharts() {
  const charts = CHARTS.map(({ name, colours, how, when, live, kept }) => {
    const lines = (/** @type {"solid" | "dashed" | "thin"} */ look) => colours.map((colour) => ({ colour, look }));
    // Kept runs lie below those that go on.
    const series = [...Array.from({ length: MOST_KEPT }, () => lines("thin")).flat(), ...lines("dashed"), ...lines("solid")];
    const { title, caption } = COMPARE.charts[name];
    const chart = createLineChart({ label: caption, series, ...how });
    const keys = colours.map((tone, i) => {
      const text = COMPARE.charts[name][i === 0 ? "one" : "other"];
      return h("span", { class: "key", "data-tone": tone }, h("i", { class: "line-mark" }), text);
    });
    const element = h("figure", { class: "card chart", "data-testid": `compare-${name}` },
      h("div", { class: "chart-head" }, h("h3", { title: caption }, title), h("div", { class: "legend" }, ...keys)),
      chart.element);
    /** A table's first columns, and nothing where there is none. @param {Column[] | null} table @returns {Column[]} */
    const fit = (table) => (table ?? [[], [], []]).slice(0, colours.length + 1);
    return {
      element,
      when,
      /** @param {State} a @param {State} b @param {Kept[]} overlaid */
      draw(a, b, overlaid) {
        const slots = Array.from({ length: MOST_KEPT }, (_, i) => overlaid[i] ?? null);
        const tables = [...slots.map((run) => fit(run && kept(run))), fit(live(b)), fit(live(a))];
        const tags = slots.flatMap((run) => colours.map(() => (run ? String(run.id) : "")));
        element.dataset.lines = String(tables.filter(([steps]) => steps.length > 0).length);
        chart.draw(joined(tables), undefined, tags);
      },
    };
  });
  const element = h("div", { class: "compare-charts" }, ...charts.map((chart) => chart.element));

  let next = 0;
  let drawnAt = -Infinity;
  return {
    element,
    /** @param {State} a @param {State} b @param {Kept[]} overlaid @param {number} now */
    update(a, b, overlaid, now) {
      for (const { element: figure, when } of charts) figure.hidden = when !== undefined && !when(a);
      const shown = charts.filter((chart) => !chart.element.hidden);
      if (a.status !== "playing" && b.status !== "playing") {
        shown.forEach(({ draw }) => draw(a, b, overlaid));
        return;
      }
      // One chart a frame, in turn, so that no frame has all the work.
      if (now - drawnAt < REDRAW_GAP / shown.length) return;
      drawnAt = now;
      next = (next + 1) % shown.length;
      shown[next].draw(a, b, overlaid);
    },
  };
}
