// The plane of a 2-D run: D's surface as colour, real points as rings, fakes as dots on top, and, where it is asked for,
// a line from each fake to the real point that it would be moved to.
import { h } from "../dom.js";
import { STAGE } from "../texts.js";
import { css, onThemeChange, palette } from "../theme.js";
import { context2d, fitCanvas, pixelRatio } from "./canvas.js";
import { scoreRamp } from "./score-colour.js";

/** @typedef {import("../protocol.js").PointsPicture} PointsPicture */

const SURFACE_STRENGTH = 0.5;

export function createPointsPlot() {
  const canvas = h("canvas", { role: "img", "aria-label": STAGE.pointsLabel });
  const element = h("div", { class: "plane" }, canvas);
  const context = context2d(canvas);
  const cells = context2d(h("canvas"));
  /** @type {PointsPicture | null} */
  let last = null;
  /** @type {import("../theme.js").Rgb[] | null} */
  let ramp = null;

  /** @param {PointsPicture} picture */
  function draw(picture) {
    last = picture;
    ramp ??= scoreRamp("stage", SURFACE_STRENGTH);
    drawSurface(picture, ramp);
    const { real, fake, stage, ink } = palette();
    const size = pixelRatio() * Math.max(1.6, Math.min(3, canvas.width / pixelRatio() / 200));
    if (picture.transport) {
      traceWays(picture, picture.transport.realOf);
      context.lineWidth = pixelRatio();
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
  return { element, draw };
}
