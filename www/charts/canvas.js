// Canvases: one that fills its box at the screen's own resolution, and who draws them, the CPU or the graphics card.

/** More pixels than this an edge unit only cost time. */
const RATIO_LIMIT = 2;

/** @param {HTMLElement} box @param {HTMLCanvasElement} canvas @param {() => void} resized  called when the box has
 * changed, and the canvas with it */
export function fitCanvas(box, canvas, resized) {
  new ResizeObserver(() => {
    const ratio = pixelRatio();
    const width = Math.round(box.clientWidth * ratio);
    const height = Math.round(box.clientHeight * ratio);
    if (width === 0 || (canvas.width === width && canvas.height === height)) return;
    canvas.width = width;
    canvas.height = height;
    resized();
  }).observe(box);
}

export const pixelRatio = () => Math.min(RATIO_LIMIT, window.devicePixelRatio);

/**
 * A canvas that the CPU draws: small circles and thin lines are quick work for it, and slow work for a graphics card
 * that is training, or for one that is only emulated. `willReadFrequently` is how a page asks for that.
 */
const DRAWN_BY_CPU = { willReadFrequently: true };

/** @param {HTMLCanvasElement} canvas @param {{opaque?: boolean}} [how]  opaque is black before it is drawn on */
export function context2d(canvas, { opaque = false } = {}) {
  const context = /** @type {CanvasRenderingContext2D | null} */ (canvas.getContext("2d", { ...DRAWN_BY_CPU, alpha: !opaque }));
  if (!context) throw new Error("the browser gives no 2-D canvas");
  return context;
}

/**
 * The same for a library that makes its canvas itself and has no option for it. Where the graphics card is emulated,
 * it is the difference between 5 frames a second and 29.
 * @template T
 * @param {() => T} make  makes its canvases before it returns
 * @returns {T}
 */
export function withCpuCanvases(make) {
  const prototype = /** @type {any} */ (HTMLCanvasElement.prototype);
  const { getContext } = prototype;
  /** @this {HTMLCanvasElement} @param {string} kind @param {object} [settings] */
  prototype.getContext = function getCpuContext(kind, settings) {
    return getContext.call(this, kind, { ...settings, ...DRAWN_BY_CPU });
  };
  try {
    return make();
  } finally {
    prototype.getContext = getContext;
  }
}
