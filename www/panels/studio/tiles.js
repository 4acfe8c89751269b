// Small pictures in a row or a square, crisp at any size, each of which can be clicked where that means something.
import { context2d } from "../../charts/canvas.js";
import { h, setText } from "../../dom.js";
import { sheetPixels } from "../../film/png.js";

/** @typedef {import("../../film/png.js").Format} Format */

/** One picture at its own size, which CSS enlarges. @param {Record<string, string>} [attributes]  of the canvas */
export function createTile(attributes = { "aria-hidden": "true" }) {
  const canvas = h("canvas", { class: "tile", width: "1", height: "1", ...attributes });
  const context = context2d(canvas);
  return {
    canvas,
    /** @param {Uint8Array} pixels  of many pictures @param {number} i  which of them @param {Format} format */
    paint(pixels, i, format) {
      const size = format.width * format.height * format.channels;
      const { data, width, height } = sheetPixels(pixels.subarray(i * size, (i + 1) * size), format, 1, 1, 1);
      if (canvas.width !== width) canvas.width = width;
      if (canvas.height !== height) canvas.height = height;
      context.putImageData(new ImageData(data, width, height), 0, 0);
    },
    clear() { context.clearRect(0, 0, canvas.width, canvas.height); },
  };
}

/**
 * Pictures with captions, as buttons.
 * @param {object} what
 * @param {string} what.label
 * @param {(i: number) => string} what.name  what a click does, for readers of the screen
 * @param {(i: number) => void} what.onPick
 */
export function createTiles({ label, name, onPick }) {
  const element = h("div", { class: "tiles", role: "group", "aria-label": label });
  /** @type {{tile: ReturnType<typeof createTile>, caption: HTMLElement, button: HTMLButtonElement}[]} */
  let tiles = [];

  /** @param {number} count */
  function resize(count) {
    if (tiles.length === count) return;
    tiles = Array.from({ length: count }, (_, i) => {
      const tile = createTile();
      const caption = h("span", {});
      const button = h("button", { type: "button", class: "tile-button", click: () => onPick(i) }, tile.canvas, caption);
      return { tile, caption, button };
    });
    element.replaceChildren(...tiles.map(({ button }) => button));
  }

  return {
    element,
    /** @param {Uint8Array} pixels @param {Format} format @param {string[]} captions  one for each; empty ones take no room
     * @param {number} columns */
    show(pixels, format, captions, columns) {
      resize(captions.length);
      element.style.setProperty("--columns", String(columns));
      tiles.forEach(({ tile, caption, button }, i) => {
        tile.paint(pixels, i, format);
        setText(caption, captions[i]);
        button.title = name(i);
        button.setAttribute("aria-label", name(i));
      });
    },
  };
}
