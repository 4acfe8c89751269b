// What the stage shows as a figure for a report: points over D's opinion, pairs of a table's columns, or pictures. Points are
// vectors; pictures are put in as PNG, since they are pixels. Pure.
import { rampOf } from "../charts/ramp.js";
import { number } from "../language.js";
import { axes, figure, fine, hex, letters, roundTicks, tag } from "./svg.js";

/**
 * @typedef {import("./svg.js").Colours} Colours
 * @typedef {{title: string, caption: string, source: string}} About
 * @typedef {{real: string, fake: string}} Words  what is real, and what is fake
 */

/** As the page's own plot has it. */
const SURFACE_STRENGTH = 0.5;
const SIDE = 440;
/** Most points of each kind in a plot of a pair: more only make the file longer. */
const PAIR_POINTS = 256;

/** @param {import("../protocol.js").PointsPicture} picture @param {About} about @param {Words & {surface: [string, string]}} words
 * @param {Colours} colours */
export function pointsFigure(picture, about, words, colours) {
  const { real, fake, surface, surfaceSize: n, extent, columns } = picture;
  const { stage, ink } = colours;
  const ramp = rampOf({ ground: stage, real: colours.real, fake: colours.fake }, SURFACE_STRENGTH);
  /** @type {import("./svg.js").Frame["legend"]} */
  const legend = [
    { text: words.real, colour: colours.real, mark: "ring" }, { text: words.fake, colour: colours.fake, mark: "dot" },
    { text: words.surface[0], colour: ramp[0], mark: "bar" }, { text: words.surface[1], colour: ramp[255], mark: "bar" },
  ];
  return figure({ ...about, legend, colours }, SIDE + 48, (box) => {
    const plot = { left: box.left + (box.width - SIDE) / 2 + 20, top: box.top, width: SIDE, height: SIDE };
    const x = (/** @type {number} */ value) => plot.left + ((value + extent) / (2 * extent)) * SIDE;
    const y = (/** @type {number} */ value) => plot.top + ((extent - value) / (2 * extent)) * SIDE;
    const ticks = (/** @type {0 | 1} */ axis) => {
      // A table's points are standardised, and its ticks are in its own units.
      const { centre = 0, scale = 1 } = columns[axis] ?? {};
      return roundTicks(centre - extent * scale, centre + extent * scale, 6).map((value) => ({ at: (value - centre) / scale, text: number(String(value)) }));
    };
    const cell = SIDE / n;
    const cells = Array.from(surface, (score, i) => {
      const colour = ramp[Math.round(score * 255)];
      const row = n - 1 - Math.floor(i / n);
      // A little larger than itself, so that no hair of the ground shows between two.
      return colour ? tag("rect", { x: plot.left + (i % n) * cell, y: plot.top + row * cell, width: Math.min(cell + 0.3, SIDE - (i % n) * cell), height: Math.min(cell + 0.3, SIDE - row * cell), fill: hex(colour) }) : "";
    });
    const dots = (/** @type {Float32Array} */ points, /** @type {Record<string, string | number>} */ how) => {
      const all = [];
      for (let i = 0; i < points.length; i += 2) {
        // What lies outside of the square is not shown, there as here.
        if (Math.abs(points[i]) <= extent && Math.abs(points[i + 1]) <= extent) all.push(tag("circle", { cx: x(points[i]), cy: y(points[i + 1]), ...how }));
      }
      return all.join("");
    };
    return [
      tag("g", { class: "surface" }, ...cells),
      axes(plot, colours,
        { ticks: ticks(0).map(({ at, text }) => ({ at: x(at), text })), title: columns[0]?.name ?? "x" },
        { ticks: ticks(1).map(({ at, text }) => ({ at: y(at), text })), title: columns[1]?.name ?? "y" }, { grid: false }),
      tag("g", { class: "real", fill: "none", stroke: hex(colours.real), "stroke-width": 1.3 }, dots(real, { r: 2.6 })),
      tag("g", { class: "fake", fill: hex(colours.fake), stroke: hex(stage), "stroke-width": 0.5 }, dots(fake, { r: 2.6 })),
      tag("rect", { x: plot.left, y: plot.top, width: SIDE, height: SIDE, fill: "none", stroke: hex(ink), "stroke-width": 0.8 }),
    ].join("");
  });
}

/** Each pair of columns, those of the data below and to the left. @param {import("../protocol.js").TablePicture} picture
 * @param {About} about @param {Words} words @param {Colours} colours */
export function tableFigure({ columns, real, fake }, about, words, colours) {
  const k = columns.length;
  /** @type {import("./svg.js").Frame["legend"]} */
  const legend = [{ text: words.real, colour: colours.real, mark: "dot" }, { text: words.fake, colour: colours.fake, mark: "dot" }];
  const side = 560;
  return figure({ ...about, legend, colours }, side, (box) => {
    const left = box.left + (box.width - side) / 2;
    const pitch = side / k;
    const inner = pitch - 4;
    const ranges = columns.map((_, j) => {
      let [low, high] = [Infinity, -Infinity];
      for (const values of [real, fake]) for (let i = j; i < values.length; i += k) [low, high] = [Math.min(low, values[i]), Math.max(high, values[i])];
      return high > low ? [low, high] : [low - 1, low + 1];
    });
    const place = (/** @type {number} */ value, /** @type {number} */ j) => ((value - ranges[j][0]) / (ranges[j][1] - ranges[j][0])) * (inner - 6) + 3;
    const parts = [];
    for (let row = 0; row < k; row += 1) {
      for (let column = 0; column <= row; column += 1) {
        const [x0, y0] = [left + column * pitch, box.top + row * pitch];
        parts.push(tag("rect", { x: x0, y: y0, width: inner, height: inner, fill: hex(colours.stage) }));
        if (row === column) {
          const size = Math.max(6, Math.min(13, (1.7 * inner) / Math.max(6, columns[row].name.length)));
          parts.push(letters(x0 + inner / 2, y0 + inner / 2 + 4, columns[row].name, { "font-size": size, fill: hex(colours.ink), "text-anchor": "middle", "font-weight": "bold" }));
          continue;
        }
        for (const [values, colour] of /** @type {const} */ ([[real, "real"], [fake, "fake"]])) {
          let d = "";
          for (let i = 0; i + k <= values.length && i < PAIR_POINTS * k; i += k) {
            const [a, b] = [values[i + column], values[i + row]];
            if (Number.isFinite(a) && Number.isFinite(b)) d += `M${fine(x0 + place(a, column))} ${fine(y0 + inner - place(b, row))}h0`;
          }
          parts.push(tag("path", { class: colour, d, stroke: hex(colours[colour]), "stroke-width": k > 6 ? 1.4 : 2.2, "stroke-linecap": "round", fill: "none", "stroke-opacity": 0.75 }));
        }
      }
    }
    return parts.join("");
  });
}

/** A sheet of each kind side by side. @param {{address: string, width: number, height: number}} real  as a data: address, with its
 * size @param {{address: string, width: number, height: number}} fake @param {About} about @param {Words} words
 * @param {Colours} colours */
export function picturesFigure(real, fake, about, words, colours) {
  const side = 285;
  const tall = (/** @type {{width: number, height: number}} */ { width, height }) => (side * height) / width;
  const height = Math.max(tall(real), tall(fake)) + 26;
  return figure({ ...about, legend: [], colours }, height, (box) => [fake, real].map((sheet, i) => {
    const left = box.left + i * (box.width - side);
    return letters(left, box.top + 14, i === 0 ? words.fake : words.real, { "font-size": 14, "font-weight": "bold", fill: hex(i === 0 ? colours.fake : colours.real) })
      + tag("image", { x: left, y: box.top + 26, width: side, height: tall(sheet), href: sheet.address, "image-rendering": "pixelated", preserveAspectRatio: "none" });
  }).join(""));
}
