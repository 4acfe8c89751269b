// The plane of a 2-D run: D's surface as colour, real points as rings, fakes as dots on top, and, where it is asked for,
// a line from each fake to the real point that it would be moved to. On top of it all what the studio asks for.
import { h } from "../dom.js";
import { STAGE } from "../texts.js";
import { css, drawingScale, onThemeChange, palette } from "../theme.js";
import { context2d, fitCanvas, pixelRatio } from "./canvas.js";
import { scoreRamp } from "./score-colour.js";

/**
 * @typedef {import("../protocol.js").PointsPicture} PointsPicture
 *
 * What G makes of codes that the visitor has chosen; all of it x, y of one point after another.
 * @typedef {object} Overlay
 * @property {Float32Array | null} grid  where a grid of noise lands, row by row
 * @property {number} side  points in a row of it
 * @property {Float32Array} points  samples
 * @property {number} chosen  index of the one that is marked
 * @property {Float32Array | null} way  from sample to sample
 */

const SURFACE_STRENGTH = 0.5;

export function createPointsPlot() {
  const canvas = h("canvas", { role: "img", "aria-label": STAGE.pointsLabel });
  const element = h("div", { class: "plane" }, canvas);
  const context = context2d(canvas);
  const cells = context2d(h("canvas"));
  /** The picture without what lies on it, kept while something does. */
  const ground = context2d(h("canvas"));
  /** @type {PointsPicture | null} */
  let last = null;
  /** @type {Overlay | null} */
  let overlay = null;
  /** @type {import("../theme.js").Rgb[] | null} */
  let ramp = null;

  /** @param {PointsPicture} picture */
  function draw(picture) {
    last = picture;
    ramp ??= scoreRamp("stage", SURFACE_STRENGTH);
    drawSurface(picture, ramp);
    const { real, fake, stage, ink } = palette();
    // Dots grow less than letters do: they must not cover one another.
    const size = pixelRatio() * Math.sqrt(drawingScale()) * Math.max(1.6, Math.min(3, canvas.width / pixelRatio() / 200));
    if (picture.transport) {
      traceWays(picture, picture.transport.realOf);
      context.lineWidth = pixelRatio() * drawingScale();
      context.strokeStyle = css(ink, 0.55);
      context.stroke();
    }
    context.lineWidth = size * 0.55;
    trace(picture.real, picture.extent, size);
    context.strokeStyle = css(real, 0.85);
    context.stroke();
    trace(picture.fake, picture.extent, size * 1.15);
    // The rim lies below all dots, so that a dense cloud of them stays orange.
    context.strokeStyle = css(stage, 0.9);
    context.lineWidth = size * 0.8;
    context.stroke();
    context.fillStyle = css(fake);
    context.fill();
    if (overlay) {
      ground.canvas.width = canvas.width;
      ground.canvas.height = canvas.height;
      ground.drawImage(canvas, 0, 0);
      drawOverlay(overlay, picture.extent);
    }
  }

  /** @param {Overlay | null} next */
  function show(next) {
    if (next === overlay) return;
    // Only what lies on top is new, unless there was nothing.
    const kept = overlay !== null && next !== null;
    overlay = next;
    if (!last || canvas.width === 0) return;
    if (!kept || !overlay) {
      draw(last);
      return;
    }
    context.drawImage(ground.canvas, 0, 0);
    drawOverlay(overlay, last.extent);
  }

  /** @param {Overlay} what @param {number} extent */
  function drawOverlay({ grid, side, points, chosen, way }, extent) {
    const { g, stage, ink } = palette();
    const ratio = pixelRatio();
    context.lineJoin = "round";
    if (grid) {
      traceGrid(grid, side, extent);
      context.lineWidth = ratio;
      context.strokeStyle = css(g, 0.6);
      context.stroke();
    }
    if (way) {
      context.beginPath();
      traceLine(way, extent, Array.from({ length: way.length / 2 }, (_, i) => i));
      for (const [width, colour] of /** @type {const} */ ([[5, css(stage)], [2.5, css(ink)]])) {
        context.lineWidth = width * ratio;
        context.strokeStyle = colour;
        context.stroke();
      }
    }
    const marked = points.subarray(2 * chosen, 2 * chosen + 2);
    for (const [some, radius] of /** @type {const} */ ([[points, 3.6], [marked, 7.5]])) {
      trace(some, extent, radius * ratio);
      context.fillStyle = css(g);
      context.fill();
      context.lineWidth = (some === marked ? 2.2 : 1.2) * ratio;
      context.strokeStyle = css(some === marked ? ink : stage);
      context.stroke();
    }
  }

  /** Its rows and its columns as lines. @param {Float32Array} grid @param {number} side @param {number} extent */
  function traceGrid(grid, side, extent) {
    const rows = grid.length / 2 / side;
    const steps = (/** @type {number} */ n) => Array.from({ length: n }, (_, i) => i);
    context.beginPath();
    for (const row of steps(rows)) traceLine(grid, extent, steps(side).map((column) => row * side + column));
    if (rows > 1) for (const column of steps(side)) traceLine(grid, extent, steps(rows).map((row) => row * side + column));
  }

  /** Adds a line to the path. @param {Float32Array} points @param {number} extent @param {number[]} order */
  function traceLine(points, extent, order) {
    const scale = canvas.width / (2 * extent);
    order.forEach((i, at) => {
      const [x, y] = [(points[2 * i] + extent) * scale, (extent - points[2 * i + 1]) * scale];
      if (at === 0) context.moveTo(x, y);
      else context.lineTo(x, y);
    });
  }

  /** @param {PointsPicture} picture @param {import("../theme.js").Rgb[]} colours */
  function drawSurface({ surface, surfaceSize: n }, colours) {
    if (cells.canvas.width !== n) {
      cells.canvas.width = n;
      cells.canvas.height = n;
    }
    const image = cells.createImageData(n, n);
    for (let row = 0; row < n; row += 1) {
      for (let column = 0; column < n; column += 1) {
        const [r, g, b] = colours[Math.round(surface[row * n + column] * 255)] ?? [0, 0, 0];
        // The lowest y comes first in the data and last on a screen.
        const at = 4 * ((n - 1 - row) * n + column);
        image.data[at] = r;
        image.data[at + 1] = g;
        image.data[at + 2] = b;
        image.data[at + 3] = 255;
      }
    }
    cells.putImageData(image, 0, 0);
    context.imageSmoothingEnabled = true;
    context.drawImage(cells.canvas, 0, 0, canvas.width, canvas.height);
  }

  /** One path of all circles: far cheaper than one for each. @param {Float32Array} points @param {number} extent
   * @param {number} radius */
  function trace(points, extent, radius) {
    const scale = canvas.width / (2 * extent);
    context.beginPath();
    for (let i = 0; i < points.length; i += 2) {
      const x = (points[i] + extent) * scale;
      const y = (extent - points[i + 1]) * scale;
      context.moveTo(x + radius, y);
      context.arc(x, y, radius, 0, 2 * Math.PI);
    }
  }

  /** @param {PointsPicture} picture @param {Uint32Array} realOf */
  function traceWays({ real, fake, extent }, realOf) {
    const scale = canvas.width / (2 * extent);
    context.beginPath();
    realOf.forEach((to, from) => {
      context.moveTo((fake[2 * from] + extent) * scale, (extent - fake[2 * from + 1]) * scale);
      context.lineTo((real[2 * to] + extent) * scale, (extent - real[2 * to + 1]) * scale);
    });
  }

  fitCanvas(element, canvas, () => { if (last) draw(last); });
  onThemeChange(() => {
    ramp = null;
    if (last) draw(last);
  });

  /** What it shows now, for whoever cannot see it. @param {string} text */
  const describe = (text) => canvas.setAttribute("aria-label", `${text} ${STAGE.pointsLabel}`);

  return { element, canvas, draw, show, describe };
}
