// What is taken of the page: a part of one of its canvases, on the ground that it is seen on, in a canvas that keeps its
// size whatever becomes of the other.
import { context2d } from "../charts/canvas.js";
import { css, palette } from "../theme.js";

/**
 * @typedef {object} Shot
 * @property {HTMLCanvasElement} canvas
 * @property {number} left  where the part begins, in the canvas's own pixels
 * @property {number} top
 * @property {number} width
 * @property {number} height
 */

/** A canvas that is as large as a part is now. @param {Shot} first */
export function createShotCanvas(first) {
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, first.width);
  canvas.height = Math.max(1, first.height);
  const context = context2d(canvas, { opaque: true });

  return {
    canvas,
    /** Puts a part there as it looks now: in the middle and as large as fits, where it is of another size than the first.
     * @param {Shot} shot */
    take({ canvas: from, left, top, width, height }) {
      context.fillStyle = css(palette().card);
      context.fillRect(0, 0, canvas.width, canvas.height);
      if (width < 1 || height < 1) return;
      const scale = Math.min(canvas.width / width, canvas.height / height);
      const x = Math.round((canvas.width - scale * width) / 2);
      const y = Math.round((canvas.height - scale * height) / 2);
      context.drawImage(from, left, top, width, height, x, y, scale * width, scale * height);
    },
  };
}

/** @param {Shot} shot */
export function stillOf(shot) {
  const still = createShotCanvas(shot);
  still.take(shot);
  return still.canvas;
}
