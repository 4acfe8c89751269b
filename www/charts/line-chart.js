// One uPlot chart of numbers by step: each series as it is, faint, and smoothed on top, with dashed lines to compare
// with. It draws what it is given and keeps nothing of it.
import uPlot from "uplot";
import { h } from "../dom.js";
import { css, onThemeChange, palette } from "../theme.js";
import { withCpuCanvases } from "./canvas.js";
import { smooth } from "./smooth.js";

/** @typedef {import("../theme.js").ColourName} ColourName */

const FONT = "11px system-ui, sans-serif";
const SHORTEST_AXIS = 20;

/**
 * @param {object} options
 * @param {string} options.label  for whoever cannot see it
 * @param {{colour: ColourName, fillFrom?: number}[]} options.series
 * @param {{at: number, colour: ColourName}[]} options.references
 * @param {[number, number]} [options.fixed]  the range of y; else from 0 to a round number above all values
 * @param {number} [options.least]  the lowest such number
 * @param {(value: number) => string} options.format
 */
export function createLineChart({ label, series, references, fixed, least = 1, format }) {
  const element = h("div", { class: "plot", role: "img", "aria-label": label });
  const axis = {
    stroke: () => css(palette().muted),
    grid: { stroke: () => css(palette().line), width: 1 },
    ticks: { show: false },
    font: FONT,
  };

  /** @type {uPlot.Options} */
  const options = {
    width: 300,
    height: 150,
    padding: [8, 16, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: false, range: (_, __, most) => [0, Math.max(SHORTEST_AXIS, most ?? 0)] },
      y: { range: (_, __, most) => fixed ?? [0, roundUp(Math.max(least, most ?? 0))] },
    },
    axes: [{ ...axis, size: 26, gap: 4 }, { ...axis, size: 46, gap: 4, values: (_, ticks) => ticks.map(format) }],
    series: [{}, ...series.flatMap(({ colour, fillFrom }) => [
      { stroke: () => css(palette()[colour], 0.22), width: 1, points: { show: false } },
      {
        stroke: () => css(palette()[colour]),
        width: 2,
        points: { show: false },
        ...(fillFrom === undefined ? {} : { fill: () => css(palette()[colour], 0.12), fillTo: fillFrom }),
      },
    ])],
    hooks: { drawAxes: [drawReferences] },
  };

  /** @param {uPlot} plot */
  function drawReferences(plot) {
    const { ctx, bbox } = plot;
    ctx.save();
    ctx.setLineDash([4 * devicePixelRatio, 4 * devicePixelRatio]);
    ctx.lineWidth = devicePixelRatio;
    for (const { at, colour } of references) {
      const y = Math.round(plot.valToPos(at, "y", true)) + 0.5;
      ctx.strokeStyle = css(palette()[colour], 0.7);
      ctx.beginPath();
      ctx.moveTo(bbox.left, y);
      ctx.lineTo(bbox.left + bbox.width, y);
      ctx.stroke();
    }
    ctx.restore();
  }

  const empty = [[0], ...series.flatMap(() => [[null], [null]])];
  const plot = withCpuCanvases(() => new uPlot(options, /** @type {uPlot.AlignedData} */ (empty), element));
  new ResizeObserver(() => {
    const { clientWidth: width, clientHeight: height } = element;
    if (width > 0) plot.setSize({ width, height });
  }).observe(element);
  onThemeChange(() => plot.redraw(false, true));

  return {
    element,
    /** @param {Float64Array[]} columns  the steps, then one for each series */
    draw([steps, ...values]) {
      const data = steps.length === 0 ? empty : [steps, ...values.flatMap((column) => [column, smooth(column)])];
      plot.setData(/** @type {uPlot.AlignedData} */ (data));
    },
  };
}

/** To a number that stays put while values wander a little. @param {number} value */
function roundUp(value) {
  const size = 10 ** Math.floor(Math.log10(value));
  const steps = [1, 1.5, 2, 3, 4, 5, 6, 8, 10];
  return size * /** @type {number} */ (steps.find((step) => step * size >= value));
}
