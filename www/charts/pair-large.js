// One pair of columns, or one column, over a whole canvas: axes in the units of the data, and what the two sides have
// in one number.
import { css, drawingScale, palette } from "../theme.js";
import { pixelRatio } from "./canvas.js";
import { correlation, tickText, ticksOf } from "./columns.js";
import { drawHistograms, histogramsOf } from "./pair-histogram.js";
import { PAIR_PLOT } from "../texts.js";
import { coefficient, meanText } from "./pair-table.js";

/**
 * @typedef {import("./pair-table.js").Shown} Shown
 * @typedef {import("./pair-table.js").Side} Side
 * @typedef {import("./pair-table.js").Column} Column
 * @typedef {import("./pair-table.js").Cell} Cell
 * @typedef {import("./pair-table.js").Box} Box
 */

/** In CSS pixels, on a desk: room for what is written around a plot, and sizes of letters. */
const AXES = { left: 52, right: 14, top: 30, bottom: 42 };
const HEADING_SIZE = 13;
const NAME_SIZE = 12;
const TICK_SIZE = 11;

/** Of them, in the canvas's own pixels. */
const unit = () => pixelRatio() * drawingScale();

/** @param {CanvasRenderingContext2D} context @param {ReturnType<typeof import("./letters.js").createLetters>} letters */
export function createPairLarge(context, letters) {
  /** @param {Shown} table @param {Cell} cell */
  function draw(table, { row, column }) {
    const ratio = unit();
    const { stage, ink } = palette();
    const at = {
      left: AXES.left * ratio, top: AXES.top * ratio,
      width: Math.max(1, context.canvas.width - (AXES.left + AXES.right) * ratio),
      height: Math.max(1, context.canvas.height - (AXES.top + AXES.bottom) * ratio),
    };
    context.fillStyle = css(stage);
    context.fillRect(at.left, at.top, at.width, at.height);
    const x = table.columns[column];
    drawTicks(at, inUnits(table.ranges[column], x), false);
    if (row === column) {
      const histograms = histogramsOf(table, column, Math.round(Math.max(12, Math.min(40, at.width / ratio / 14))));
      drawTicks(at, [0, histograms.top], true, (value, step) => `${tickText(100 * value, 100 * step, 100)} %`);
      drawHistograms(context, histograms, at);
      drawHeading(PAIR_PLOT.mean, meanText(table.real, x, column), meanText(table.fake, x, column), at);
    } else {
      const y = table.columns[row];
      drawTicks(at, inUnits(table.ranges[row], y), true);
      drawMarks(table, row, column, at);
      const r = (/** @type {Side} */ { units }) => coefficient(correlation(units[row], units[column]));
      drawHeading(PAIR_PLOT.correlation, r(table.real), r(table.fake), at);
      context.save();
      context.translate(12 * ratio, at.top + at.height / 2);
      context.rotate(-Math.PI / 2);
      drawAxisName(y.name, at.height, 0, 0);
      context.restore();
    }
    drawAxisName(x.name, at.width, at.left + at.width / 2, context.canvas.height - 10 * ratio);
    context.strokeStyle = css(ink, 0.25);
    context.lineWidth = ratio;
    context.strokeRect(at.left, at.top, at.width, at.height);
  }

  /** @param {string} name @param {number} room @param {number} x @param {number} y */
  function drawAxisName(name, room, x, y) {
    letters.use(NAME_SIZE * unit(), 600);
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillStyle = css(palette().ink);
    context.fillText(letters.elided(name, room), x, y);
  }

  /** What the two sides have in one number. @param {string} what @param {string} real @param {string} fake @param {Box} at */
  function drawHeading(what, real, fake, at) {
    const colours = palette();
    const size = HEADING_SIZE * unit();
    letters.use(size, 600);
    context.textAlign = "left";
    context.textBaseline = "middle";
    let x = at.left;
    for (const { text, colour } of [
      { text: what, colour: colours.muted },
      { text: `${PAIR_PLOT.real} ${real}`, colour: colours.real },
      { text: `${PAIR_PLOT.fake} ${fake}`, colour: colours.fake },
    ]) {
      context.fillStyle = css(colour);
      context.fillText(text, x, at.top / 2);
      x += context.measureText(text).width + size;
    }
  }

  /** Lines across the plot, and what numbers they stand at. @param {Box} at @param {[number, number]} range
   * @param {boolean} upwards @param {(value: number, step: number, largest: number) => string} [textOf] */
  function drawTicks(at, [low, high], upwards, textOf = tickText) {
    const ratio = unit();
    const { line, muted } = palette();
    const { step, values } = ticksOf(low, high, (upwards ? at.height / 40 : at.width / 75) / ratio);
    letters.use(TICK_SIZE * ratio);
    context.textAlign = upwards ? "right" : "center";
    context.textBaseline = upwards ? "middle" : "top";
    for (const value of values) {
      const share = (value - low) / (high - low);
      context.fillStyle = css(line);
      const x = upwards ? at.left : Math.round(at.left + share * at.width);
      const y = upwards ? Math.round(at.top + (1 - share) * at.height) : at.top;
      context.fillRect(x, y, upwards ? at.width : ratio, upwards ? ratio : at.height);
      context.fillStyle = css(muted);
      const text = textOf(value, step, Math.max(Math.abs(low), Math.abs(high)));
      if (upwards) context.fillText(text, at.left - 6 * ratio, y);
      else context.fillText(text, x, at.top + at.height + 6 * ratio);
    }
  }

  /** Real rows as rings, fakes as dots, as on the stage. @param {Shown} table @param {number} row @param {number} column
   * @param {Box} at */
  function drawMarks(table, row, column, at) {
    const { real, fake, stage, muted } = palette();
    const size = unit() * Math.max(1.6, Math.min(3, at.height / unit() / 120));
    const trace = (/** @type {Side} */ { values }, /** @type {number} */ radius) => {
      const [lowX, highX] = table.ranges[column];
      const [lowY, highY] = table.ranges[row];
      let beyond = 0;
      context.beginPath();
      values[column].forEach((value, i) => {
        const x = (value - lowX) / (highX - lowX);
        const y = (values[row][i] - lowY) / (highY - lowY);
        if (!(x >= 0 && x <= 1 && y >= 0 && y <= 1)) {
          beyond += 1;
          return;
        }
        context.moveTo(at.left + x * at.width + radius, at.top + (1 - y) * at.height);
        context.arc(at.left + x * at.width, at.top + (1 - y) * at.height, radius, 0, 2 * Math.PI);
      });
      return beyond;
    };
    trace(table.real, size);
    context.lineWidth = size * 0.55;
    context.strokeStyle = css(real, 0.85);
    context.stroke();
    const beyond = trace(table.fake, size * 1.1);
    context.lineWidth = size * 0.8;
    context.strokeStyle = css(stage, 0.9);
    context.stroke();
    context.fillStyle = css(fake);
    context.fill();
    if (beyond === 0) return;
    letters.use(TICK_SIZE * unit());
    context.textAlign = "right";
    context.textBaseline = "top";
    context.fillStyle = css(muted);
    context.fillText(PAIR_PLOT.beyond(beyond), at.left + at.width - 6 * unit(), at.top + 6 * unit());
  }

  return { draw };
}

/** @param {[number, number]} range  standardised @param {Column} column @returns {[number, number]} */
const inUnits = ([low, high], { centre, scale }) => [centre + scale * low, centre + scale * high];
