// A grid of small images, pixel by pixel, each with D's score as a bar below it and, pointed at, as a number.
import { h, setText } from "../dom.js";
import { STAGE } from "../texts.js";
import { css, onThemeChange, palette } from "../theme.js";
import { context2d, fitCanvas, pixelRatio } from "./canvas.js";
import { scoreRamp } from "./score-colour.js";

/** @typedef {{width: number, height: number, channels: number}} Shape  of one image */

/** In CSS pixels. */
const GAP = 4;
const BAR = 3;

/** @param {string} title @param {"real" | "fake"} tone */
export function createImageGrid(title, tone) {
  const readout = h("output", { class: "readout" }, STAGE.scoreHint);
  const canvas = h("canvas", { role: "img", tabindex: "0", "aria-label": title });
  const box = h("div", { class: "grid-box" }, canvas);
  const element = h("figure", { class: "image-grid", "data-tone": tone }, h("figcaption", {}, title), box, readout);
  const context = context2d(canvas);
  const strip = context2d(h("canvas"));
  /** @type {{shape: Shape, pixels: Uint8Array, scores: Float32Array} | null} */
  let last = null;
  /** @type {number | null} */
  let chosen = null;
  /** @type {import("../theme.js").Rgb[] | null} */
  let ramp = null;

  const columns = () => Math.ceil(Math.sqrt(last?.scores.length ?? 1));

  /** In the canvas's own pixels. */
  function layout() {
    const gap = Math.round(GAP * pixelRatio());
    const bar = Math.round(BAR * pixelRatio());
    const pitch = Math.floor((canvas.width + gap) / columns());
    return { pitch, side: pitch - gap, bar, rowPitch: pitch + bar };
  }

  function redraw() {
    if (!last) return;
    const { shape, pixels, scores } = last;
    ramp ??= scoreRamp("neutral", 1);
    fillStrip(shape, pixels, scores.length);
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.imageSmoothingEnabled = false;
    const { pitch, side, bar, rowPitch } = layout();
    const { ink, line } = palette();
    for (let i = 0; i < scores.length; i += 1) {
      const x = (i % columns()) * pitch;
      const y = Math.floor(i / columns()) * rowPitch;
      context.drawImage(strip.canvas, 0, i * shape.height, shape.width, shape.height, x, y, side, side);
      context.fillStyle = css(line);
      context.fillRect(x, y + side, side, bar);
      context.fillStyle = css(ramp[Math.round(scores[i] * 255)] ?? ink);
      context.fillRect(x, y + side, Math.max(bar, side * scores[i]), bar);
      if (i === chosen) {
        context.strokeStyle = css(ink);
        context.lineWidth = 2 * pixelRatio();
        context.strokeRect(x + context.lineWidth / 2, y + context.lineWidth / 2, side - context.lineWidth, side - context.lineWidth);
      }
    }
    setText(readout, chosen === null ? STAGE.scoreHint : STAGE.score(chosen + 1, scores[chosen]?.toFixed(2) ?? ""));
  }

  /** All images below one another, at their own size. @param {Shape} shape @param {Uint8Array} pixels
   * @param {number} count */
  function fillStrip({ width, height, channels }, pixels, count) {
    if (strip.canvas.width !== width || strip.canvas.height !== height * count) {
      strip.canvas.width = width;
      strip.canvas.height = height * count;
    }
    const image = strip.createImageData(width, height * count);
    for (let i = 0; i < width * height * count; i += 1) {
      for (let k = 0; k < 3; k += 1) image.data[4 * i + k] = pixels[channels === 3 ? 3 * i + k : i];
      image.data[4 * i + 3] = 255;
    }
    strip.putImageData(image, 0, 0);
  }

  /** @param {number | null} index */
  function choose(index) {
    if (index === chosen || (index !== null && (index < 0 || index >= (last?.scores.length ?? 0)))) return;
    chosen = index;
    redraw();
  }

  canvas.addEventListener("pointermove", ({ offsetX, offsetY }) => {
    const { pitch, rowPitch } = layout();
    const column = Math.floor((offsetX * pixelRatio()) / pitch);
    const row = Math.floor((offsetY * pixelRatio()) / rowPitch);
    choose(column < columns() ? row * columns() + column : null);
  });
  canvas.addEventListener("pointerleave", () => choose(null));
  canvas.addEventListener("focus", () => choose(chosen ?? 0));
  canvas.addEventListener("blur", () => choose(null));
  canvas.addEventListener("keydown", (event) => {
    const moves = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns(), ArrowDown: columns() };
    const move = moves[/** @type {keyof typeof moves} */ (event.key)];
    if (move === undefined) return;
    event.preventDefault();
    choose((chosen ?? 0) + move);
  });
  fitCanvas(box, canvas, redraw);
  onThemeChange(() => {
    ramp = null;
    redraw();
  });

  return {
    element,
    /** @param {Shape} shape @param {Uint8Array} pixels @param {Float32Array} scores */
    draw(shape, pixels, scores) {
      last = { shape, pixels, scores };
      redraw();
    },
  };
}
