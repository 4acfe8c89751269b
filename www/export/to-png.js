// A figure as PNG: its SVG drawn on a canvas, twice as fine as a screen's pixels. Browsers draw SVG only from an address, so
// it gets one of its own for a moment.
import { context2d } from "../charts/canvas.js";
import { canvasToPng } from "../film/png.js";

const SCALE = 2;

/** @param {string} svg @returns {Promise<Blob>} */
export async function svgToPng(svg) {
  const address = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = SCALE * image.naturalWidth;
    canvas.height = SCALE * image.naturalHeight;
    context2d(canvas).drawImage(image, 0, 0, canvas.width, canvas.height);
    return await canvasToPng(canvas);
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** A file as the text of an address, which an SVG can hold. @param {Blob} blob @returns {Promise<string>} */
export function dataAddress(blob) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error ?? new Error("the picture cannot be read"));
    reader.readAsDataURL(blob);
  });
}
