// Drawings as SVG text, and the frame that every figure for a report has: title, legend, axes, caption, and where it comes
// from. Pure: it knows no page. Attributes alone and no styles, so that every program that reads SVG sees the same.

/**
 * @typedef {import("../charts/ramp.js").Rgb} Rgb
 * @typedef {Record<import("../theme.js").ColourName, Rgb>} Colours
 *
 * @typedef {object} Frame
 * @property {string} title
 * @property {{text: string, colour: Rgb, mark: "line" | "dash" | "dot" | "ring" | "bar"}[]} legend
 * @property {string} caption
 * @property {string} source  where it comes from
 * @property {Colours} colours
 *
 * @typedef {{left: number, top: number, width: number, height: number}} Box
 */

export const FONT = "Helvetica, Arial, sans-serif";
export const WIDTH = 640;
const MARGIN = 20;
const LINE = 17;

/** @param {string} text */
export const escaped = (text) =>
  // What XML cannot hold at all is left out.
  // eslint-disable-next-line no-control-regex
  text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "").replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** @param {Rgb} rgb */
export const hex = (rgb) => `#${rgb.map((part) => part.toString(16).padStart(2, "0")).join("")}`;

/** Two decimals are finer than any printer. @param {number} value */
export const fine = (value) => String(Math.round(value * 100) / 100);

/** @param {string} name @param {Record<string, string | number>} attributes @param {...string} children */
export function tag(name, attributes, ...children) {
  const words = Object.entries(attributes).map(([key, value]) => ` ${key}="${typeof value === "number" ? fine(value) : escaped(value)}"`);
  return children.length === 0 ? `<${name}${words.join("")}/>` : `<${name}${words.join("")}>${children.join("")}</${name}>`;
}

/** @param {number} x @param {number} y @param {string} text @param {Record<string, string | number>} [how] */
export const letters = (x, y, text, how = {}) => tag("text", { x, y, ...how }, escaped(text));

/** About how wide text is, as fonts differ. @param {string} text @param {number} size */
export const widthOf = (text, size) => text.length * size * 0.53;

/** @param {string} text @param {number} size @param {number} room @returns {string[]} */
export function wrap(text, size, room) {
  /** @type {string[]} */
  const lines = [];
  for (const word of text.split(" ")) {
    const longer = lines.length === 0 ? "" : `${lines[lines.length - 1]} ${word}`;
    if (longer !== "" && widthOf(longer, size) <= room) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/**
 * A whole figure. @param {Frame} frame @param {number} height  of what is drawn in it
 * @param {(box: Box) => string} draw  what stands between legend and caption
 */
export function figure({ title, legend, caption, source, colours }, height, draw) {
  const ink = hex(colours.ink);
  const muted = hex(colours.muted);
  const room = WIDTH - 2 * MARGIN;
  const parts = [letters(MARGIN, 30, title, { "font-size": 17, "font-weight": "bold", fill: ink })];
  let x = MARGIN;
  let y = 52;
  for (const { text, colour, mark } of legend) {
    const wide = 28 + widthOf(text, 13) + 14;
    if (x > MARGIN && x + wide > WIDTH - MARGIN) {
      x = MARGIN;
      y += LINE + 2;
    }
    parts.push(legendMark(mark, x, y, hex(colour)), letters(x + 28, y + 4.5, text, { "font-size": 13, fill: ink }));
    x += wide;
  }
  const top = legend.length > 0 ? y + 18 : 46;
  parts.push(draw({ left: MARGIN, top, width: room, height }));
  y = top + height + 24;
  for (const line of wrap(caption, 13, room)) {
    parts.push(letters(MARGIN, y, line, { "font-size": 13, fill: ink }));
    y += LINE;
  }
  for (const line of wrap(source, 11, room)) {
    parts.push(letters(MARGIN, y + 2, line, { "font-size": 11, fill: muted }));
    y += LINE - 2;
  }
  const whole = Math.ceil(y + 4);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${tag("svg", {
    xmlns: "http://www.w3.org/2000/svg", width: WIDTH, height: whole, viewBox: `0 0 ${WIDTH} ${whole}`, role: "img", "font-family": FONT,
  }, tag("title", {}, escaped(title)), tag("desc", {}, escaped(`${caption} ${source}`)),
  tag("rect", { width: WIDTH, height: whole, fill: hex(colours.card) }), ...parts)}\n`;
}

/** @param {Frame["legend"][number]["mark"]} mark @param {number} x @param {number} y @param {string} colour */
function legendMark(mark, x, y, colour) {
  if (mark === "dot") return tag("circle", { cx: x + 14, cy: y, r: 4, fill: colour });
  if (mark === "ring") return tag("circle", { cx: x + 14, cy: y, r: 3.6, fill: "none", stroke: colour, "stroke-width": 1.8 });
  if (mark === "bar") return tag("rect", { x: x + 6, y: y - 6, width: 16, height: 12, fill: colour });
  return tag("line", { x1: x, y1: y, x2: x + 22, y2: y, stroke: colour, "stroke-width": mark === "dash" ? 1.5 : 2.5, ...(mark === "dash" ? { "stroke-dasharray": "5 4" } : {}) });
}

/** Round numbers between two, ends included where they are round. @param {number} low @param {number} high @param {number} most */
export function roundTicks(low, high, most) {
  const rough = (high - low) / most;
  const size = 10 ** Math.floor(Math.log10(rough));
  const pitch = size * /** @type {number} */ ([1, 2, 5, 10].find((step) => step * size >= rough * 0.999));
  const first = Math.ceil(low / pitch - 1e-9);
  const count = Math.floor(high / pitch + 1e-9) - first + 1;
  // Through text, which takes off what 3 * 0.1 has too much.
  return Array.from({ length: count }, (_, i) => Number(((first + i) * pitch).toPrecision(12)));
}

/**
 * Two axes of a box: lines across it at each tick of y, numbers outside, and what they are.
 * @param {Box} box @param {Colours} colours
 * @param {{ticks: {at: number, text: string}[], title: string}} x  places in the box's own units
 * @param {{ticks: {at: number, text: string}[], title: string}} y
 * @param {{grid?: boolean}} [how]  without a grid there are short lines outside
 */
export function axes({ left, top, width, height }, colours, x, y, { grid: lines = true } = {}) {
  const grid = hex(colours.line);
  const muted = hex(colours.muted);
  const parts = [];
  for (const { at, text } of y.ticks) {
    parts.push(lines ? tag("line", { x1: left, y1: at, x2: left + width, y2: at, stroke: grid, "stroke-width": 1 })
      : tag("line", { x1: left - 5, y1: at, x2: left, y2: at, stroke: muted, "stroke-width": 1 }),
      letters(left - 7, at + 4, text, { "font-size": 12, fill: muted, "text-anchor": "end" }));
  }
  for (const { at, text } of x.ticks) {
    parts.push(tag("line", { x1: at, y1: top + height, x2: at, y2: top + height + 5, stroke: muted, "stroke-width": 1 }),
      letters(at, top + height + 19, text, { "font-size": 12, fill: muted, "text-anchor": "middle" }));
  }
  parts.push(
    tag("path", { d: `M${fine(left)} ${fine(top)}V${fine(top + height)}H${fine(left + width)}`, fill: "none", stroke: muted, "stroke-width": 1 }),
    letters(left + width / 2, top + height + 38, x.title, { "font-size": 13, fill: hex(colours.ink), "text-anchor": "middle" }),
    letters(0, 0, y.title, { "font-size": 13, fill: hex(colours.ink), "text-anchor": "middle", transform: `translate(${fine(left - 52)} ${fine(top + height / 2)}) rotate(-90)` }),
  );
  return parts.join("");
}
