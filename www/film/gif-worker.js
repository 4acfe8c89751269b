// Encodes the frames of a GIF, each with a palette of its own: the very colours of a frame that has no more than a palette
// holds, as frames in grey always do, and otherwise those that stand for its colours best.
import { GIFEncoder, applyPalette, quantize } from "gifenc";

/**
 * @typedef {import("gifenc").Rgb} Rgb
 *
 * @typedef {object} Frame
 * @property {ArrayBufferLike} buffer  red, green, blue and opacity of each pixel, row by row
 * @property {number} width
 * @property {number} height
 * @property {number} delay  until the next frame, in milliseconds
 * @property {boolean} first
 */

/** What a palette holds. */
const COLOURS = 256;

/** The time that choosing a palette takes grows with the square of the colours that differ in 5, 6 and 5 bits. From so
 * many on 4 bits must do, with the palette no worse for it: so many are a noisy picture's, not a smooth one's. */
const MANY = 2048;

const stream = GIFEncoder({ auto: false });

self.addEventListener("message", ({ data }) => {
  const bytes = encode(data);
  /** @type {any} */ (self).postMessage(bytes, [bytes.buffer]);
});

/** The frame as it stands in the file, after the file's own beginning if it is the first. @param {Frame} frame */
function encode({ buffer, width, height, delay, first }) {
  const words = new Uint32Array(buffer);
  const { palette, index } = fewColours(words) ?? manyColours(words);
  stream.reset();
  if (first) stream.writeHeader();
  stream.writeFrame(index, width, height, { palette, delay, repeat: 0, first });
  return stream.bytes();
}

/** The colours themselves, and each pixel's place among them; null where they are too many.
 * @param {Uint32Array} words  a pixel each, red in the lowest byte */
function fewColours(words) {
  /** @type {Map<number, number>} */
  const places = new Map();
  const index = new Uint8Array(words.length);
  for (let i = 0; i < words.length; i += 1) {
    const colour = words[i] & 0xffffff;
    let place = places.get(colour);
    if (place === undefined) {
      place = places.size;
      if (place === COLOURS) return null;
      places.set(colour, place);
    }
    index[i] = place;
  }
  const palette = [...places.keys()].map((colour) => /** @type {Rgb} */ ([colour & 255, (colour >> 8) & 255, colour >> 16]));
  return { palette, index };
}

/** @param {Uint32Array} words */
function manyColours(words) {
  const seen = new Uint8Array(1 << 16);
  let different = 0;
  for (const word of words) {
    const colour = ((word >> 3) & 0x1f) | ((word >> 5) & 0x7e0) | ((word >> 8) & 0xf800);
    different += 1 - seen[colour];
    seen[colour] = 1;
  }
  const pixels = new Uint8ClampedArray(words.buffer);
  const palette = quantize(pixels, COLOURS, { format: different > MANY ? "rgb444" : "rgb565" });
  return { palette, index: applyPalette(pixels, palette) };
}
