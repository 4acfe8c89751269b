// A table of numbers, real and fake, as a square of small plots: each column alone on the diagonal, each pair of columns
// below it, and how the two go together above it. A click or Enter shows one of them large.
import { h, setText } from "../dom.js";
import { css, drawingScale, onThemeChange, palette } from "../theme.js";
import { context2d, fitCanvas, pixelRatio } from "./canvas.js";
import { correlation } from "./columns.js";
import { createLetters } from "./letters.js";
import { drawHistograms, histogramsOf } from "./pair-histogram.js";
import { createPairLarge } from "./pair-large.js";
import { PAIR_PLOT } from "../texts.js";
import { coefficient, prepare, readoutText } from "./pair-table.js";
import { markOf, offsets, wordOf, writeMarks } from "./pixel-marks.js";

/**
 * @typedef {import("./pair-table.js").TablePicture} TablePicture
 * @typedef {import("./pair-table.js").Shown} Shown
 * @typedef {import("./pair-table.js").Cell} Cell
 * @typedef {import("./pair-table.js").Box} Box
 */

/** In CSS pixels, on a desk: the smallest and the largest size of letters, of names and of coefficients, and the smallest cell
 * that has a name, and a bar for a coefficient. */
const LETTERS = { least: 9, name: 13, coefficient: 20 };
const NAME_ROOM = 34;
const BAR_ROOM = 10;

export function createPairPlot() {
  const canvas = h("canvas", {
    role: "application", tabindex: "0", "data-testid": "pair-plot", "aria-label": `${PAIR_PLOT.label}. ${PAIR_PLOT.keys}`,
  });
  const box = h("div", { class: "pair-box" }, canvas);
  const caption = h("p", {}, PAIR_PLOT.caption);
  const readout = h("p", {});
  const said = h("p", { class: "visually-hidden", role: "status" });
  const element = h("figure", { class: "pair-plot" }, box, h("figcaption", { class: "caption" }, caption, readout), said);
  const context = context2d(canvas);
  const letters = createLetters(context);
  const one = createPairLarge(context, letters);
  /** Where marks are written, see pixel-marks.js. @type {{image: ImageData, words: Uint32Array} | null} */
  let pixels = null;

  /** @type {TablePicture | null} */
  let last = null;
  /** @type {Shown | null} */
  let shown = null;
  /** @type {Cell | null} */
  let chosen = null;
  let large = false;

  /** @param {TablePicture} picture */
  function draw(picture) {
    if (last && nameList(last) !== nameList(picture)) {
      chosen = null;
      large = false;
      letters.refresh();
    }
    last = picture;
    shown = prepare(picture);
    redraw();
  }

  function redraw() {
    if (!shown || canvas.width === 0) return;
    canvas.dataset.large = String(large);
    context.clearRect(0, 0, canvas.width, canvas.height);
    if (large && chosen) one.draw(shown, chosen);
    else drawMatrix(shown);
    const text = chosen && !large ? readoutText(shown, chosen) : "";
    setText(readout, text);
    const onDiagonal = chosen?.row === chosen?.column;
    setText(caption, !large ? PAIR_PLOT.caption : onDiagonal ? PAIR_PLOT.largeColumnCaption : PAIR_PLOT.largeCaption);
    caption.classList.toggle("gone", text !== "");
  }

  // --- All pairs ---

  function layout() {
    const k = shown?.columns.length ?? 1;
    const gap = Math.round((k > 8 ? 2 : 4) * pixelRatio());
    const width = Math.max(1, Math.floor((canvas.width - gap * (k - 1)) / k));
    const height = Math.max(1, Math.floor((canvas.height - gap * (k - 1)) / k));
    const left = Math.floor((canvas.width - k * width - (k - 1) * gap) / 2);
    return { k, gap, width, height, left, pitchX: width + gap, pitchY: height + gap };
  }

  /** @param {Cell} cell @returns {Box} */
  function boxOf({ row, column }) {
    const { width, height, left, pitchX, pitchY } = layout();
    return { left: left + column * pitchX, top: row * pitchY, width, height };
  }

  /** @param {Shown} table */
  function drawMatrix(table) {
    const { k, gap, width, height, left, pitchX, pitchY } = layout();
    fillCells(table);
    for (let i = 1; i < k; i += 1) {
      context.clearRect(left + i * pitchX - gap, 0, gap, canvas.height);
      context.clearRect(0, i * pitchY - gap, canvas.width, gap);
    }
    // What is left over beside and below the cells.
    context.clearRect(0, 0, left, canvas.height);
    context.clearRect(left + k * pitchX - gap, 0, canvas.width, canvas.height);
    context.clearRect(0, k * pitchY - gap, canvas.width, canvas.height);

    const ratio = pixelRatio();
    const named = Math.min(width, height) >= NAME_ROOM * ratio;
    const bins = Math.round(Math.max(8, Math.min(24, width / ratio / 5)));
    for (let i = 0; i < k; i += 1) {
      const cell = boxOf({ row: i, column: i });
      const size = Math.min(LETTERS.name * drawingScale(), Math.max(LETTERS.least + 1, height / ratio / 4.5)) * ratio;
      const room = named ? Math.round(size * 1.5) : 0;
      drawHistograms(context, histogramsOf(table, i, bins), { ...cell, top: cell.top + room, height: cell.height - room });
      if (named) drawName(table.columns[i].name, cell, size);
    }
    drawCorrelations(table);
    if (chosen) {
      const { ink } = palette();
      const cell = boxOf(chosen);
      context.strokeStyle = css(ink);
      context.lineWidth = 2 * ratio;
      context.strokeRect(cell.left + ratio, cell.top + ratio, cell.width - 2 * ratio, cell.height - 2 * ratio);
    }
  }

  /** The ground of all cells, and the marks of all pairs below the diagonal. @param {Shown} table */
  function fillCells(table) {
    if (pixels?.image.width !== canvas.width || pixels.image.height !== canvas.height) {
      const image = context.createImageData(canvas.width, canvas.height);
      pixels = { image, words: new Uint32Array(image.data.buffer) };
    }
    const { words, image } = pixels;
    const { stage, real, fake } = palette();
    const { k, width, height, left, pitchX, pitchY } = layout();
    const size = Math.round(pixelRatio() * Math.max(1, Math.min(5, Math.min(width, height) / pixelRatio() / 26)));
    words.fill(wordOf(stage));
    for (const { values, colour, side, hollow } of [
      { values: table.real.values, colour: wordOf(real), side: size + 1, hollow: true },
      { values: table.fake.values, colour: wordOf(fake), side: size, hollow: false },
    ]) {
      const shape = markOf(side, hollow, canvas.width);
      const across = values.map((column, j) => offsets(column, table.ranges[j], width - side));
      const down = values.map((column, j) => offsets(column, [table.ranges[j][1], table.ranges[j][0]], height - side));
      for (let row = 1; row < k; row += 1) {
        for (let column = 0; column < row; column += 1) {
          writeMarks(words, shape, row * pitchY * canvas.width + left + column * pitchX, canvas.width, across[column], down[row], colour);
        }
      }
    }
    context.putImageData(image, 0, 0);
  }

  /** @param {Shown} table */
  function drawCorrelations(table) {
    const { k, width, height } = layout();
    const ratio = pixelRatio();
    const size = Math.min(LETTERS.coefficient * drawingScale(), width / ratio / 3.7, height / ratio / 2.7);
    if (Math.min(width, height) < BAR_ROOM * ratio) return;
    const { real, fake, muted } = palette();
    letters.use(size * ratio);
    context.textAlign = "center";
    context.textBaseline = "middle";
    const written = size >= LETTERS.least;
    const apart = written ? (0.62 * size * ratio) / height : 0.17;
    for (const { side, colour, at } of [
      { side: table.real, colour: css(real), at: 0.5 - apart },
      { side: table.fake, colour: css(fake), at: 0.5 + apart },
    ]) {
      context.fillStyle = colour;
      for (const cell of cellsAbove(k)) {
        const r = correlation(side.units[cell.column], side.units[cell.row]);
        const { left, top } = boxOf(cell);
        if (written) {
          context.fillText(coefficient(r), left + width / 2, top + height * at);
        } else if (Number.isFinite(r)) {
          const reach = Math.round(r * (width / 2 - ratio));
          context.fillRect(Math.round(left + width / 2) + Math.min(0, reach), Math.round(top + height * (at - 0.13)), Math.abs(reach), Math.round(height * 0.26));
        }
      }
    }
    if (written) return;
    // What bars go out from.
    context.fillStyle = css(muted, 0.6);
    for (const cell of cellsAbove(k)) {
      const { left, top } = boxOf(cell);
      context.fillRect(Math.round(left + width / 2), top + Math.round(height * 0.12), Math.max(1, Math.floor(ratio)), Math.round(height * 0.76));
    }
  }

  /** @param {string} name @param {Box} cell @param {number} size  of letters */
  function drawName(name, cell, size) {
    letters.use(size, 600);
    context.textAlign = "center";
    context.textBaseline = "top";
    context.fillStyle = css(palette().ink);
    context.fillText(letters.elided(name, cell.width - size * 0.6), cell.left + cell.width / 2, cell.top + size * 0.32);
  }

  // --- Pointing and keys ---

  /** @param {Cell | null} cell */
  function choose(cell) {
    if (cell?.row === chosen?.row && cell?.column === chosen?.column) return;
    chosen = cell;
    redraw();
  }

  /** @param {boolean} yes */
  function enlarge(yes) {
    large = yes && chosen !== null;
    redraw();
  }

  /** @param {MouseEvent} event @returns {Cell | null} */
  function cellAt({ offsetX, offsetY }) {
    const { k, left, pitchX, pitchY } = layout();
    const column = Math.floor((offsetX * pixelRatio() - left) / pitchX);
    const row = Math.floor((offsetY * pixelRatio()) / pitchY);
    return column >= 0 && column < k && row >= 0 && row < k ? { row, column } : null;
  }

  canvas.addEventListener("pointermove", (event) => {
    if (!large) choose(cellAt(event));
  });
  canvas.addEventListener("pointerleave", () => {
    if (!large && !canvas.matches(":focus-visible")) choose(null);
  });
  canvas.addEventListener("click", (event) => {
    if (large) return enlarge(false);
    choose(cellAt(event));
    enlarge(true);
  });
  canvas.addEventListener("focus", () => {
    if (canvas.matches(":focus-visible")) choose(chosen ?? { row: 0, column: 0 });
  });
  canvas.addEventListener("blur", () => {
    if (!large) choose(null);
  });
  canvas.addEventListener("keydown", (event) => {
    const k = shown?.columns.length ?? 0;
    if (k === 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    const moves = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
    const move = moves[/** @type {keyof typeof moves} */ (event.key)];
    if (move) {
      const within = (/** @type {number} */ i) => Math.max(0, Math.min(k - 1, i));
      choose(chosen ? { row: within(chosen.row + move[0]), column: within(chosen.column + move[1]) } : { row: 0, column: 0 });
    } else if (event.key === "Enter") {
      enlarge(!large);
    } else if (event.key === "Escape" && large) {
      enlarge(false);
    } else {
      return;
    }
    event.preventDefault();
    if (shown && chosen) setText(said, readoutText(shown, chosen));
  });

  fitCanvas(box, canvas, () => {
    letters.refresh();
    redraw();
  });
  onThemeChange(redraw);
  return { element, canvas, draw };
}

/** @param {TablePicture} picture */
const nameList = ({ columns }) => columns.map(({ name }) => name).join("\n");

/** The cells above the diagonal. @param {number} k @returns {Cell[]} */
const cellsAbove = (k) =>
  Array.from({ length: k }, (_, row) => Array.from({ length: k - row - 1 }, (__, i) => ({ row, column: row + 1 + i }))).flat();
