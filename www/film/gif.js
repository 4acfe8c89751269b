// An animated GIF that plays for ever, made frame by frame in a worker, so that neither the page nor the training waits
// for it. The worker, and the encoder in it, are fetched with the first frame: a page that films nothing fetches nothing.

/** @typedef {import("./gif-worker.js").Frame} Frame */

/** Browsers take a shorter delay, in milliseconds, for a mistake, and wait a tenth of a second instead. */
const LEAST_DELAY = 20;

/** What ends a GIF. */
const TRAILER = Uint8Array.of(0x3b);

export class GifWriter {
  #width;
  #height;
  #fps;
  #frames = 0;
  /** @type {Worker | null} */
  #worker = null;
  /** Why nothing can be added any more. @type {Error | null} */
  #closed = null;
  /** @type {BlobPart[]} */
  #parts = [];
  /** The calls of `add` that wait, oldest first. @type {{resolve: () => void, reject: (cause: Error) => void}[]} */
  #waiting = [];

  /** @param {{width: number, height: number, fps: number}} format */
  constructor({ width, height, fps }) {
    this.#width = width;
    this.#height = height;
    this.#fps = fps;
  }

  /**
   * Frames keep the order of the calls. Rejects where the encoder cannot be fetched, or fails.
   * @param {ImageData} image  as large as the film; its buffer is taken; opacity is ignored
   * @returns {Promise<void>}  once it is encoded
   */
  add({ data: { buffer }, width, height }) {
    return new Promise((resolve, reject) => {
      if (this.#closed) throw this.#closed;
      if (width !== this.#width || height !== this.#height) throw new Error(`a frame of ${width} × ${height} in a film of ${this.#width} × ${this.#height}`);
      this.#worker ??= this.#start();
      this.#waiting.push({ resolve, reject });
      /** @type {Frame} */
      const frame = { buffer, width, height, delay: this.#delay(this.#frames), first: this.#frames === 0 };
      this.#worker.postMessage(frame, [buffer]);
      this.#frames += 1;
    });
  }

  /** The film of all frames that are encoded; nothing can be added to it. */
  finish() {
    this.#close(new Error("the film is finished"));
    if (this.#parts.length === 0) throw new Error("a film without a frame");
    return new Blob([...this.#parts, TRAILER], { type: "image/gif" });
  }

  #start() {
    const worker = new Worker(new URL("./gif-worker.js", import.meta.url), { type: "module" });
    worker.addEventListener("message", ({ data }) => {
      this.#parts.push(data);
      this.#waiting.shift()?.resolve();
    });
    worker.addEventListener("error", ({ message }) => this.#close(new Error(message || "the script that writes GIFs did not load")));
    return worker;
  }

  /** @param {Error} cause  for those who still wait */
  #close(cause) {
    this.#closed ??= cause;
    this.#worker?.terminate();
    this.#waiting.splice(0).forEach(({ reject }) => reject(cause));
  }

  /** A GIF counts in hundredths of a second: what one frame loses by it the next one gets back. @param {number} frame */
  #delay(frame) {
    const end = (/** @type {number} */ frames) => 10 * Math.round((100 * frames) / this.#fps);
    return Math.max(LEAST_DELAY, end(frame + 1) - end(frame));
  }
}
