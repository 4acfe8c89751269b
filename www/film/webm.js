// A WebM of what a canvas shows, by the browser's own recorder. It films in real time: a frame lasts until the next one.

const TYPE = "video/webm";

/** Of a frame's pixel: drawings of thin lines and small dots need more than a camera's pictures. */
const BITS = 1.5;

export const canRecord = () =>
  "MediaRecorder" in globalThis && "captureStream" in HTMLCanvasElement.prototype && MediaRecorder.isTypeSupported(TYPE);

export class WebmRecorder {
  #stream;
  #recorder;
  /** @type {Blob[]} */
  #parts = [];
  #stopped;

  /** @param {HTMLCanvasElement} canvas  must keep its size @param {number} fps  frames a second at most */
  constructor(canvas, fps) {
    this.#stream = canvas.captureStream(0);
    this.#recorder = new MediaRecorder(this.#stream, { mimeType: TYPE, videoBitsPerSecond: Math.round(BITS * fps * canvas.width * canvas.height) });
    this.#recorder.addEventListener("dataavailable", ({ data }) => this.#parts.push(data));
    this.#stopped = new Promise((resolve) => { this.#recorder.addEventListener("stop", resolve, { once: true }); });
  }

  start() {
    this.#recorder.start();
  }

  /** Takes what was just drawn: browsers take a frame only of a canvas that was drawn on in the same task. */
  frame() {
    const [track] = this.#stream.getVideoTracks();
    // In Firefox the request is the stream's.
    const requested = /** @type {CanvasCaptureMediaStreamTrack} */ ("requestFrame" in track ? track : this.#stream);
    requested.requestFrame();
  }

  /** What was filmed, even where the recorder has given up before; rejects where that is nothing. @returns {Promise<Blob>} */
  async stop() {
    if (this.#recorder.state !== "inactive") this.#recorder.stop();
    await this.#stopped;
    this.#stream.getTracks().forEach((track) => track.stop());
    const film = new Blob(this.#parts, { type: TYPE });
    if (film.size === 0) throw new Error("the browser’s recorder gave no film");
    return film;
  }
}
