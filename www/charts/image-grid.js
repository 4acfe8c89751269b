// A grid of small images, pixel by pixel, each with D's score as a bar below it and, pointed at, as a number. Rows may
// have names. The grid is as large as its box allows.
import { h, setText } from "../dom.js";
import { number } from "../language.js";
import { STAGE } from "../texts.js";
import { css, drawingScale, onThemeChange, palette } from "../theme.js";
import { context2d, fitCanvas, pixelRatio } from "./canvas.js";
import { scoreRamp } from "./score-colour.js";

/** @typedef {import("../protocol.js").ImagesPicture} ImagesPicture */

/** In CSS pixels, on a desk. */
const GAP = 4;
const BAR = 3;

/** What an image was asked to be. @param {ImagesPicture} picture @param {number} i */
const rowName = ({ rowClasses, columns }, i) => rowClasses[Math.floor(i / columns)] ?? "";

/** @param {string} title @param {"real" | "fake"} tone */
export function createImageGrid(title, tone) {
  const readout = h("output", { class: "readout" }, STAGE.scoreHint);
  const canvas = h("canvas", { role: "img", tabindex: "0", "aria-label": title });
  const names = h("ol", { class: "row-names", hidden: true });
  const box = h("div", { class: "grid-box" }, canvas);
  const body = h("div", { class: "grid-body" }, names, box);
  const element = h("figure", { class: "image-grid", "data-tone": tone }, h("figcaption", {}, h("span", {}, title), readout), body);
  const context = context2d(canvas);
  const strip = context2d(h("canvas"));
  /** @type {{picture: ImagesPicture, pixels: Uint8Array, scores: Float32Array} | null} */
  let last = null;
  /** @type {number | null} */
  let chosen = null;
  /** @type {import("../theme.js").Rgb[] | null} */
  let ramp = null;

  const columns = () => last?.picture.columns ?? 1;

  /** In the canvas's own pixels. */
  function layout() {
    const gap = Math.round(GAP * pixelRatio());
    const bar = Math.round(BAR * pixelRatio() * drawingScale());
    const rows = Math.ceil((last?.scores.length ?? 1) / columns());
    const pitch = Math.floor(Math.min((canvas.width + gap) / columns(), (canvas.height + gap) / rows - bar));
    // Centred, unless names stand on its left, which it must not leave.
    const spare = canvas.width - (columns() * pitch - gap);
    const left = last?.picture.rowClasses.length ? 0 : Math.floor(spare / 2);
    return { pitch, side: pitch - gap, bar, rowPitch: pitch + bar, left };
  }

  function redraw() {
    if (!last) return;
    const { picture, pixels, scores } = last;
    ramp ??= scoreRamp("neutral", 1);
    fillStrip(picture, pixels, scores.length);
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.imageSmoothingEnabled = false;
    const { pitch, side, bar, rowPitch, left } = layout();
    nameRows(picture.rowClasses, rowPitch / pixelRatio(), side / pixelRatio());
    if (side < 1) return;
    const { ink, line } = palette();
    for (let i = 0; i < scores.length; i += 1) {
      const x = left + (i % columns()) * pitch;
      const y = Math.floor(i / columns()) * rowPitch;
      context.drawImage(strip.canvas, 0, i * picture.height, picture.width, picture.height, x, y, side, side);
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
    setText(readout, chosen === null ? STAGE.scoreHint : STAGE.score(chosen + 1, number(scores[chosen]?.toFixed(2) ?? ""), rowName(picture, chosen)));
  }

  /** @param {string[]} classes @param {number} rowPitch  in CSS pixels @param {number} side  of an image, likewise */
  function nameRows(classes, rowPitch, side) {
    names.hidden = classes.length === 0;
    if (names.children.length !== classes.length || names.dataset.of !== classes.join()) {
      names.dataset.of = classes.join();
      names.replaceChildren(...classes.map((name) => h("li", { title: name }, name)));
    }
    names.style.gridAutoRows = `${rowPitch}px`;
    names.style.lineHeight = `${side}px`;
  }

  /** All images below one another, at their own size. @param {ImagesPicture} picture @param {Uint8Array} pixels
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
    const { pitch, rowPitch, left } = layout();
    const column = Math.floor((offsetX * pixelRatio() - left) / pitch);
    const row = Math.floor((offsetY * pixelRatio()) / rowPitch);
    choose(column >= 0 && column < columns() ? row * columns() + column : null);
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
    /** What it shows now, for whoever cannot see it. @param {string} text */
    describe(text) {
      canvas.setAttribute("aria-label", text);
    },
    /** @param {ImagesPicture} picture @param {Uint8Array} pixels @param {Float32Array} scores */
    draw(picture, pixels, scores) {
      last = { picture, pixels, scores };
      redraw();
    },
    /** The part of the canvas that has images on it. @returns {import("../film/shot.js").Shot} */
    shot() {
      const { pitch, side, bar, rowPitch, left } = layout();
      const rows = Math.ceil((last?.scores.length ?? 1) / columns());
      return { canvas, left, top: 0, width: (columns() - 1) * pitch + side, height: (rows - 1) * rowPitch + side + bar };
    },
  };
}
