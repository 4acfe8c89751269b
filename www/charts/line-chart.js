// One uPlot chart of numbers by step: each series as it is, or faint with a smoothed one on top, and dashed lines to
// compare with. It draws what it is given and keeps nothing of it.
import uPlot from "uplot";
import { h } from "../dom.js";
import { number } from "../language.js";
import { css, drawingScale, onThemeChange, palette } from "../theme.js";
import { withCpuCanvases } from "./canvas.js";
import { roundUp } from "./reading.js";
import { smooth } from "./smooth.js";

/** @typedef {import("../theme.js").ColourName} ColourName */

/** In CSS pixels, on a desk. */
const LETTERS = 11;
const SHORTEST_AXIS = 20;
/** Labels of a logarithmic axis, at most. */
const DECADES_NAMED = 4;

/** @typedef {{at: number, colour: ColourName}} Reference */
/** What lines are drawn through; undefined is only another line's step, and no gap. @typedef {ArrayLike<number | null | undefined>} Column */

/** Columns of several tables, each of which begins with its own steps, as the columns of one.
 * @param {Column[][]} tables @returns {Column[]} */
export const joined = (tables) => /** @type {Column[]} */ (uPlot.join(/** @type {uPlot.AlignedData[]} */ (tables)));

/** @type {(plot: uPlot, series: number, first: number, last: number) => boolean} */
const isAlone = (_, __, first, last) => last === first;

/**
 * @param {object} options
 * @param {string} options.label  for whoever cannot see it
 * @param {{colour: ColourName, fillFrom?: number, look?: "solid" | "dashed" | "thin"}[]} options.series
 * @param {Reference[]} [options.references]
 * @param {boolean} [options.noisy]  whether the eye needs a smoothed line to follow
 * @param {boolean} [options.log]  a logarithmic axis over whole decades; values of 0 are left out
 * @param {[number, number]} [options.fixed]  the range of y; else from 0, or a round number below
 * all values, to one above
 * @param {number} [options.least]  the lowest such number
 * @param {(value: number) => string} options.format
 */
export function createLineChart({ label, series, references = [], noisy = false, log = false, fixed, least = 1, format }) {
  const element = h("div", { class: "plot", role: "img", "aria-label": label });
  /** @type {(plot: uPlot, least: number | null, most: number | null) => [number, number]} */
  const range = (_, low, high) => {
    if (fixed) return fixed;
    if (!log) {
      const most = Math.max(least, high ?? 0, ...references.map(({ at }) => at));
      const lowest = Math.min(0, low ?? 0, ...references.map(({ at }) => at));
      return [lowest < 0 ? -roundUp(-lowest) : 0, roundUp(most)];
    }
    const from = Math.floor(Math.log10(low || 0.01));
    return [10 ** from, 10 ** Math.max(from + 2, Math.ceil(Math.log10(high || 1)))];
  };

  /** Sizes are settled when a plot is made. @param {number} scale @returns {uPlot.Options} */
  function optionsAt(scale) {
    const axis = {
      stroke: () => css(palette().muted),
      grid: { stroke: () => css(palette().line), width: scale },
      ticks: { show: false },
      font: `${Math.round(LETTERS * scale)}px system-ui, sans-serif`,
    };
    return {
      width: 300,
      height: 150,
      padding: [8 * scale, 20 * scale, 0, 0],
      legend: { show: false },
      cursor: { show: false },
      scales: {
        x: { time: false, range: (_, __, most) => [0, Math.max(SHORTEST_AXIS, most ?? 0)] },
        y: { range, ...(log ? { distr: 3, log: 10 } : {}) },
      },
      axes: [{ ...axis, size: 26 * scale, gap: 4 * scale, space: 50 * scale, values: (_, ticks) => ticks.map((step) => number(step)) }, {
        ...axis, size: 46 * scale, gap: 4 * scale, space: 30 * scale, values: (_, ticks) => ticks.map(format),
        ...(log ? { splits: (_, __, low, high) => decades(low, high), filter: (_, splits) => splits } : {}),
      }],
      series: [{}, ...series.flatMap(({ colour, fillFrom, look = "solid" }) => [
        ...(noisy ? [{ stroke: () => css(palette()[colour], 0.22), width: scale, points: { show: false } }] : []),
        {
          stroke: () => css(palette()[colour]),
          width: (look === "thin" ? 1 : 2) * scale,
          ...(look === "dashed" ? { dash: [7 * scale, 4 * scale] } : {}),
          // One value alone makes no line.
          points: { show: isAlone, size: 5 * scale },
          ...(fillFrom === undefined ? {} : { fill: () => css(palette()[colour], 0.12), fillTo: fillFrom }),
        },
      ])],
      hooks: { drawAxes: [drawReferences], draw: [drawTags] },
    };
  }

  /** @type {string[]} */
  let tags = [];

  /** Writes a line's name at its end. @param {uPlot} plot */
  function drawTags(plot) {
    const { ctx, bbox: { left, width } } = plot;
    const size = devicePixelRatio * drawingScale();
    const [room, rise] = [9 * size, 3 * size];
    ctx.save();
    ctx.font = `600 ${LETTERS * size}px system-ui, sans-serif`;
    ctx.fillStyle = css(palette().ink);
    /** @type {[number, number][]} */
    const written = [];
    tags.forEach((tag, i) => {
      const values = /** @type {Column} */ (plot.data[i + 1] ?? []);
      let last = values.length - 1;
      while (last >= 0 && !Number.isFinite(values[last])) last -= 1;
      if (tag === "" || last < 0) return;
      let x = Math.min(plot.valToPos(plot.data[0][last], "x", true), left + width - room);
      const y = plot.valToPos(Number(values[last]), "y", true) - rise;
      while (written.some((other) => Math.abs(other[0] - x) < room && Math.abs(other[1] - y) < room)) x -= room;
      written.push([x, y]);
      ctx.fillText(tag, x, y);
    });
    ctx.restore();
  }

  /** @param {uPlot} plot */
  function drawReferences(plot) {
    const { ctx, bbox } = plot;
    ctx.save();
    const width = devicePixelRatio * drawingScale();
    ctx.setLineDash([4 * width, 4 * width]);
    ctx.lineWidth = width;
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

  const empty = [[0], ...series.flatMap(() => (noisy ? [[null], [null]] : [[null]]))];
  let scale = drawingScale();
  /** @param {uPlot.AlignedData} data */
  const make = (data) => withCpuCanvases(() => new uPlot(optionsAt(scale), data, element));
  let plot = make(/** @type {uPlot.AlignedData} */ (empty));
  const fit = () => {
    const { clientWidth: width, clientHeight: height } = element;
    if (width > 0) plot.setSize({ width, height });
  };
  new ResizeObserver(fit).observe(element);
  onThemeChange(() => {
    if (scale === drawingScale()) {
      plot.redraw(false, true);
      return;
    }
    scale = drawingScale();
    const { data } = plot;
    plot.destroy();
    plot = make(data);
    fit();
  });

  return {
    element,
    /** What it shows now, for whoever cannot see it. @param {string} text */
    describe(text) {
      element.setAttribute("aria-label", `${text} ${label}`);
    },
    /** @param {Column[]} columns  the steps, then one for each series; of numbers alone where it is noisy or logarithmic
     * @param {Reference[]} [others]  dashed lines in place of those that it was made with
     * @param {string[]} [names]  of lines, written at their ends */
    draw([steps, ...values], others = references, names = []) {
      references = others;
      tags = names;
      const columns = values.flatMap((column) => [
        log ? Array.from(column, (value) => (Number(value) > 0 ? value : null)) : column,
        ...(noisy ? [smooth(/** @type {ArrayLike<number>} */ (column))] : []),
      ]);
      plot.setData(/** @type {uPlot.AlignedData} */ (steps.length === 0 ? empty : [steps, ...columns]));
    },
  };
}

/** Powers of ten between two of them, thinned to a few. @param {number} low @param {number} high */
function decades(low, high) {
  const first = Math.round(Math.log10(low));
  const count = Math.round(Math.log10(high)) - first;
  const pitch = Math.max(1, Math.ceil(count / DECADES_NAMED));
  return Array.from({ length: Math.floor(count / pitch) + 1 }, (_, i) => 10 ** (first + i * pitch));
}
