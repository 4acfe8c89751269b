// Pictures as PNG files, pixel by pixel: one alone, or many side by side without gaps. Scaling is by a whole number, so
// that each pixel becomes a square of its own colour.
import { context2d } from "../charts/canvas.js";

/** @typedef {{width: number, height: number, channels: number}} Format  of one picture; 1 channel is grey, 3 are red, green
 * and blue, interleaved */

/** @param {Uint8Array} pixels @param {Format} format @param {number} zoom  whole */
export const pictureToPng = (pixels, format, zoom) => sheetToPng(pixels, format, 1, 1, zoom);

/**
 * Row by row; places that are left over in the last row are transparent.
 * @param {Uint8Array} pixels  of all pictures, one after another @param {Format} format @param {number} count
 * @param {number} columns @param {number} zoom  whole
 * @returns {Promise<Blob>}
 */
export function sheetToPng(pixels, format, count, columns, zoom) {
  const { data, width, height } = sheetPixels(pixels, format, count, columns, zoom);
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  context2d(canvas).putImageData(new ImageData(data, width, height), 0, 0);
  return canvasToPng(canvas);
}

/** @param {HTMLCanvasElement} canvas @returns {Promise<Blob>} */
export function canvasToPng(canvas) {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob) resolve(blob);
      else reject(new Error(`no PNG of ${canvas.width} × ${canvas.height} pixels`));
    }, "image/png");
  });
}

/**
 * The same as red, green, blue and opacity. Pure.
 * @param {Uint8Array} pixels @param {Format} format @param {number} count @param {number} columns @param {number} zoom
 */
export function sheetPixels(pixels, { width, height, channels }, count, columns, zoom) {
  const across = Math.min(count, columns) * width * zoom;
  const down = Math.ceil(count / columns) * height * zoom;
  const data = new Uint8ClampedArray(4 * across * down);
  for (let y = 0; y < down; y += 1) {
    const row = Math.floor(y / zoom);
    for (let x = 0; x < across; x += 1) {
      const column = Math.floor(x / zoom);
      const i = Math.floor(row / height) * columns + Math.floor(column / width);
      if (i >= count) break;
      const from = channels * ((i * height + (row % height)) * width + (column % width));
      const to = 4 * (y * across + x);
      for (let k = 0; k < 3; k += 1) data[to + k] = pixels[channels === 3 ? from + k : from];
      data[to + 3] = 255;
    }
  }
  return { data, width: across, height: down };
}
