// A chart of numbers by step as a figure for a report: the page's chart in vectors, drawn from the same numbers. Pure.
import { powerOfTen, roundUp } from "../charts/reading.js";
import { smooth } from "../charts/smooth.js";
import { axes, figure, fine, hex, roundTicks, tag } from "./svg.js";

/**
 * @typedef {import("../theme.js").ColourName} ColourName
 *
 * @typedef {object} Chart
 * @property {string} title
 * @property {string} caption
 * @property {string} source
 * @property {string} xTitle
 * @property {string} yTitle
 * @property {ArrayLike<number>} steps
 * @property {{name: string, colour: ColourName, values: Float64Array, fillFrom?: number}[]} series
 * @property {{name: string, at: number, colour: ColourName}[]} references  dashed
 * @property {boolean} [noisy]  whether a smoothed line is drawn over each
 * @property {boolean} [log]
 * @property {[number, number]} [fixed]
 * @property {number} [least]
 * @property {(value: number) => string} format
 */

const HEIGHT = 300;
const LEFT = 62;
const BELOW = 44;
const SHORTEST = 20;
const DECADES_NAMED = 5;

/** @param {Chart} chart @param {import("./svg.js").Colours} colours */
export function lineFigure(chart, colours) {
  const { title, caption, source, series, references, steps, log = false, noisy = false } = chart;
  /** @type {import("./svg.js").Frame["legend"]} */
  const legend = series.map(({ name, colour }) => ({ text: name, colour: colours[colour], mark: "line" }));
  for (const { name, colour } of references.filter((one) => one.name !== "")) legend.push({ text: name, colour: colours[colour], mark: "dash" });
  return figure({ title, legend, caption, source, colours }, HEIGHT, (box) => {
    const plot = { left: box.left + LEFT, top: box.top, width: box.width - LEFT - 12, height: box.height - BELOW };
    const [low, high] = rangeOf(chart);
    const last = Math.max(SHORTEST, steps.length > 0 ? steps[steps.length - 1] : 0);
    const scaled = (/** @type {number} */ value) => (log ? (Math.log10(value) - Math.log10(low)) / (Math.log10(high) - Math.log10(low)) : (value - low) / (high - low));
    const x = (/** @type {number} */ step) => plot.left + (step / last) * plot.width;
    // What is beyond the axis stays at its end.
    const y = (/** @type {number} */ value) => plot.top + plot.height * (1 - Math.max(0, Math.min(1, scaled(value))));
    const yTicks = log ? decades(low, high) : roundTicks(low, high, 6);
    const parts = [axes(plot, colours,
      { ticks: roundTicks(0, last, 8).map((step) => ({ at: x(step), text: String(step) })), title: chart.xTitle },
      { ticks: yTicks.map((value) => ({ at: y(value), text: log ? powerOfTen(value) : chart.format(value) })), title: chart.yTitle })];
    for (const { at, colour } of references) {
      parts.push(tag("line", { x1: plot.left, y1: y(at), x2: plot.left + plot.width, y2: y(at), stroke: hex(colours[colour]), "stroke-width": 1.2, "stroke-dasharray": "5 4" }));
    }
    for (const { colour, values, fillFrom } of series) {
      const ink = hex(colours[colour]);
      const bold = noisy ? smooth(values) : values;
      if (fillFrom !== undefined && steps.length > 1) {
        const edge = path(steps, bold, x, y, log);
        parts.push(tag("path", { d: `${edge}L${fine(x(steps[steps.length - 1]))} ${fine(y(fillFrom))}L${fine(x(steps[0]))} ${fine(y(fillFrom))}Z`, fill: ink, "fill-opacity": 0.12 }));
      }
      if (noisy) parts.push(tag("path", { class: "values", d: path(steps, values, x, y, log), fill: "none", stroke: ink, "stroke-width": 1, "stroke-opacity": 0.28, "stroke-linejoin": "round" }));
      parts.push(tag("path", { class: noisy ? "smoothed" : "values", d: path(steps, bold, x, y, log), fill: "none", stroke: ink, "stroke-width": 2, "stroke-linejoin": "round", "stroke-linecap": "round" }));
    }
    return parts.join("");
  });
}

/** The range of y, as the page's chart has it. @param {Chart} chart @returns {[number, number]} */
function rangeOf({ series, references, log, fixed, least = 1 }) {
  if (fixed) return fixed;
  let low = Infinity;
  let high = -Infinity;
  for (const { values } of series) {
    for (const value of values) {
      if (!Number.isFinite(value) || (log && value <= 0)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  if (log) {
    const from = Math.floor(Math.log10(Number.isFinite(low) ? low : 0.01));
    return [10 ** from, 10 ** Math.max(from + 2, Math.ceil(Math.log10(Number.isFinite(high) ? high : 1)))];
  }
  const lowest = Math.min(0, low, ...references.map(({ at }) => at));
  return [lowest < 0 ? -roundUp(-lowest) : 0, roundUp(Math.max(least, high, ...references.map(({ at }) => at)))];
}

/** One value alone is a dot: a line of no length with round ends. What cannot be shown is a gap.
 * @param {ArrayLike<number>} steps @param {ArrayLike<number>} values @param {(step: number) => number} x
 * @param {(value: number) => number} y @param {boolean} log */
function path(steps, values, x, y, log) {
  let d = "";
  let pen = false;
  for (let i = 0; i < steps.length; i += 1) {
    const value = values[i];
    if (!Number.isFinite(value) || (log && value <= 0)) {
      pen = false;
      continue;
    }
    d += `${pen ? "L" : "M"}${fine(x(steps[i]))} ${fine(y(value))}`;
    pen = true;
  }
  return /^M[^L]*$/.test(d) && d.lastIndexOf("M") === 0 ? `${d}h0.01` : d;
}

/** @param {number} low @param {number} high */
function decades(low, high) {
  const first = Math.round(Math.log10(low));
  const count = Math.round(Math.log10(high)) - first;
  const pitch = Math.max(1, Math.ceil(count / DECADES_NAMED));
  return Array.from({ length: Math.floor(count / pitch) + 1 }, (_, i) => 10 ** (first + i * pitch));
}
