// One way to film a canvas, whatever the file: frames are taken when they are asked for, at a size that the kind of file
// can bear, until the film is full.
import { context2d } from "../charts/canvas.js";
import { GifWriter } from "./gif.js";
import { WebmRecorder } from "./webm.js";

/**
 * @typedef {"gif" | "webm"} FilmKind
 *
 * @typedef {object} Recorder
 * @property {() => Promise<void>} frame  takes what the canvas shows now, unless the film is full; done when it is encoded;
 *   rejects where it cannot be
 * @property {() => Promise<Blob>} stop  the film of all that could be encoded; call it once; rejects where that is nothing
 * @property {number} frames  taken so far
 * @property {boolean} full
 */

/** A film in memory has an end. */
export const MOST_FRAMES = 600;

/** The longest side, in pixels. */
const MOST_PIXELS = { gif: 512, webm: 1080 };

/** Smaller canvases are enlarged as far as they fit in this. */
const ENLARGED = 512;

/**
 * How much a canvas is enlarged or reduced: by a whole number, so that all its pixels fare alike.
 * @param {number} side  the longer one @param {FilmKind} kind
 */
export function filmScale(side, kind) {
  return side > MOST_PIXELS[kind] ? 1 / Math.ceil(side / MOST_PIXELS[kind]) : Math.max(1, Math.floor(ENLARGED / side));
}

/** @param {{kind: FilmKind, canvas: HTMLCanvasElement, fps: number}} what  the canvas must be opaque and keep its size
 * @returns {Recorder} */
export function createRecorder({ kind, canvas, fps }) {
  const scale = filmScale(Math.max(canvas.width, canvas.height), kind);
  const film = document.createElement("canvas");
  film.width = Math.max(1, Math.floor(canvas.width * scale));
  film.height = Math.max(1, Math.floor(canvas.height * scale));
  const context = context2d(film, { opaque: true });
  context.imageSmoothingEnabled = scale < 1;
  context.imageSmoothingQuality = "high";
  const take = kind === "gif" ? intoGif(context, fps) : intoWebm(film, fps);
  let frames = 0;

  return {
    get frames() { return frames; },
    get full() { return frames >= MOST_FRAMES; },
    async frame() {
      if (frames >= MOST_FRAMES) return;
      frames += 1;
      context.drawImage(canvas, 0, 0, canvas.width * scale, canvas.height * scale);
      await take.frame();
    },
    stop: take.stop,
  };
}

/** @param {CanvasRenderingContext2D} context @param {number} fps */
function intoGif(context, fps) {
  const { width, height } = context.canvas;
  const writer = new GifWriter({ width, height, fps });
  /** @type {Promise<void>} */
  let last = Promise.resolve();
  return {
    frame() {
      last = writer.add(context.getImageData(0, 0, width, height));
      return last;
    },
    // Frames are added in order: with the last one all are, and those before one that fails are worth a film.
    stop: () => last.catch(() => {}).then(() => writer.finish()),
  };
}

/** @param {HTMLCanvasElement} film @param {number} fps */
function intoWebm(film, fps) {
  const recorder = new WebmRecorder(film, fps);
  recorder.start();
  return {
    frame: async () => recorder.frame(),
    stop: () => recorder.stop(),
  };
}
