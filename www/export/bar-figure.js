// Named numbers as a figure for a report: a bar for each from the left, its name before it and its number behind it. Pure.
import { axes, escaped, figure, hex, letters, tag, widthOf } from "./svg.js";

/**
 * @typedef {object} BarChart
 * @property {string} title
 * @property {string} caption
 * @property {string} source
 * @property {string} xTitle
 * @property {{name: string, colour: import("../theme.js").ColourName, bars: {name: string, value: number, text: string}[]}[]} groups
 * @property {number[]} ticks  from the lowest to the highest that is shown
 * @property {boolean} [log]
 * @property {{name: string, at: number} | null} reference  dashed
 * @property {(value: number) => string} format
 */

const BAR = 20;
const GAP = 12;
const LONGEST_NAME = 26;

/** @param {BarChart} chart @param {import("./svg.js").Colours} colours */
export function barFigure({ title, caption, source, xTitle, groups, ticks, log = false, reference, format }, colours) {
  /** @type {import("./svg.js").Frame["legend"]} */
  const legend = groups.filter(({ name }) => name !== "").map(({ name, colour }) => ({ text: name, colour: colours[colour], mark: "bar" }));
  if (reference) legend.push({ text: reference.name, colour: colours.muted, mark: "dash" });
  const count = groups.reduce((sum, { bars }) => sum + bars.length, 0);
  const height = count * BAR + Math.max(0, groups.length - 1) * GAP + 52;
  return figure({ title, legend, caption, source, colours }, height, (box) => {
    const names = groups.flatMap(({ bars }) => bars.map(({ name }) => shortened(name)));
    const left = box.left + 14 + Math.max(...names.map((name) => widthOf(name, 12)), 40);
    const plot = { left, top: box.top, width: box.left + box.width - left - 46, height: height - 48 };
    const scaled = (/** @type {number} */ value) => (log ? Math.log10(value) : value);
    const [low, high] = [scaled(ticks[0]), scaled(ticks[ticks.length - 1])];
    const reach = (/** @type {number} */ value) => {
      const share = (scaled(value) - low) / (high - low);
      return plot.width * (Number.isFinite(share) ? Math.max(0, Math.min(1, share)) : 0);
    };
    const parts = [axes(plot, colours, { ticks: ticks.map((value) => ({ at: left + reach(value), text: format(value) })), title: xTitle }, { ticks: [], title: "" })];
    let y = plot.top + 2;
    for (const { colour, bars } of groups) {
      for (const { name, value, text } of bars) {
        const long = reach(value);
        parts.push(
          tag("rect", { class: "bar", x: left, y: y + 3, width: Math.max(0.5, long), height: BAR - 6, fill: hex(colours[colour]) }, tag("title", {}, escaped(`${name}: ${text}`))),
          letters(left - 7, y + BAR / 2 + 4, shortened(name), { "font-size": 12, fill: hex(colours.ink), "text-anchor": "end" }),
          letters(left + long + 6, y + BAR / 2 + 4, text, { "font-size": 12, fill: hex(colours.muted) }),
        );
        y += BAR;
      }
      y += GAP;
    }
    if (reference) {
      const x = left + reach(reference.at);
      parts.push(tag("line", { x1: x, y1: plot.top, x2: x, y2: plot.top + plot.height, stroke: hex(colours.muted), "stroke-width": 1.2, "stroke-dasharray": "5 4" }));
    }
    return parts.join("");
  });
}

/** @param {string} name */
const shortened = (name) => (name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name);
