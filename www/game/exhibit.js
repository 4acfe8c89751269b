// What is to be judged, shown as large as there is room: a picture pixel for pixel, a point as a cross on an empty plane, a row as
// names and values. And the real examples that are shown before.
import { context2d, fitCanvas, pixelRatio } from "../charts/canvas.js";
import { paint } from "../charts/picture.js";
import { h } from "../dom.js";
import { three } from "../slow/numbers.js";
import { css, onThemeChange, palette } from "../theme.js";
import { exampleOf } from "./round.js";
import { GAME } from "./texts.js";

/**
 * @typedef {import("../protocol.js").Deal} Deal
 * @typedef {import("../protocol.js").Picture} Picture
 */

/** Real rows that are shown before a round. */
const ROWS = 8;

export function createExhibit() {
  const picture = context2d(h("canvas", { class: "game-picture", role: "img", "aria-label": GAME.picture }));
  const plane = context2d(h("canvas", { role: "img" }));
  const planeBox = h("div", { class: "game-plane" }, plane.canvas);
  const table = h("div", { class: "game-table" });
  const element = h("div", { class: "game-exhibit" }, picture.canvas, planeBox, table);
  /** What to draw on the plane. @type {() => void} */
  let drawn = () => {};

  /** @param {"picture" | "plane" | "table"} what */
  function only(what) {
    picture.canvas.hidden = what !== "picture";
    planeBox.hidden = what !== "plane";
    table.hidden = what !== "table";
  }

  /** @param {string} label @param {(at: (x: number, y: number) => [number, number], ratio: number) => void} draw @param {number} extent */
  function onPlane(label, extent, draw) {
    only("plane");
    plane.canvas.setAttribute("aria-label", label);
    drawn = () => {
      const { stage, line } = palette();
      const { width, height } = plane.canvas;
      plane.fillStyle = css(stage);
      plane.fillRect(0, 0, width, height);
      plane.strokeStyle = css(line);
      plane.lineWidth = pixelRatio();
      plane.beginPath();
      plane.moveTo(0, height / 2);
      plane.lineTo(width, height / 2);
      plane.moveTo(width / 2, 0);
      plane.lineTo(width / 2, height);
      plane.stroke();
      draw((x, y) => [((x + extent) / (2 * extent)) * width, ((extent - y) / (2 * extent)) * height], pixelRatio());
    };
    drawn();
  }

  fitCanvas(planeBox, plane.canvas, () => drawn());
  onThemeChange(() => drawn());

  return {
    element,
    /** Nothing: there is no round. */
    clear() {
      drawn = () => {};
      picture.canvas.hidden = true;
      planeBox.hidden = true;
      table.hidden = true;
    },
    /** Real examples to be learnt from. Of pictures there are none: everybody knows what they are of.
     * @param {Deal} deal @param {Picture | undefined} shown  the run's @returns {boolean} whether there is anything to see */
    study(deal, shown) {
      if (deal.kind === "points" && shown?.kind === "points") {
        onPlane(GAME.plane, deal.extent, (at, ratio) => {
          plane.strokeStyle = css(palette().real, 0.85);
          plane.lineWidth = 1.5 * ratio;
          for (let i = 0; i < shown.real.length; i += 2) {
            const [x, y] = at(shown.real[i], shown.real[i + 1]);
            plane.beginPath();
            plane.arc(x, y, 3 * ratio, 0, 2 * Math.PI);
            plane.stroke();
          }
        });
        return true;
      }
      if (deal.kind === "table" && shown?.kind === "table") {
        only("table");
        const { columns, real } = shown;
        const rows = Array.from({ length: Math.min(ROWS, Math.floor(real.length / columns.length)) }, (_, i) =>
          columns.map(({ centre, scale }, j) => three(centre + scale * real[i * columns.length + j])));
        table.replaceChildren(h("table", { "aria-label": GAME.rows },
          h("thead", {}, h("tr", {}, ...columns.map(({ name }) => h("th", { scope: "col" }, name)))),
          h("tbody", {}, ...rows.map((row) => h("tr", {}, ...row.map((value) => h("td", {}, value)))))));
        return true;
      }
      return false;
    },
    /** @param {Deal} deal @param {number} i @param {string[]} columns  names, of a table @returns {string} what is said of it */
    show(deal, i, columns) {
      const example = exampleOf(deal, i);
      if (deal.kind === "images") {
        only("picture");
        paint(picture, example, deal);
        return "";
      }
      if (deal.kind === "table") {
        only("table");
        table.replaceChildren(h("table", { class: "one", "aria-label": GAME.row },
          h("thead", {}, h("tr", {}, h("th", { scope: "col" }, GAME.column), h("th", { scope: "col" }, GAME.value))),
          h("tbody", {}, ...Array.from(example, (value, j) => h("tr", {}, h("th", { scope: "row" }, columns[j] ?? String(j + 1)), h("td", {}, three(value)))))));
        return "";
      }
      const [x, y] = example;
      const within = (/** @type {number} */ value) => Math.max(-0.98 * deal.extent, Math.min(0.98 * deal.extent, value));
      onPlane(GAME.cross, deal.extent, (at, ratio) => {
        const [left, top] = at(within(x), within(y));
        const reach = 9 * ratio;
        plane.strokeStyle = css(palette().ink);
        plane.lineWidth = 3 * ratio;
        plane.beginPath();
        plane.moveTo(left - reach, top - reach);
        plane.lineTo(left + reach, top + reach);
        plane.moveTo(left - reach, top + reach);
        plane.lineTo(left + reach, top - reach);
        plane.stroke();
      });
      const beyond = Math.abs(x) > deal.extent || Math.abs(y) > deal.extent;
      return [GAME.point(three(x), three(y)), ...(beyond ? [GAME.beyond] : [])].join(" ");
    },
  };
}

/** The same, small, for a strip of all. @param {Deal} deal @param {number} i @param {string[]} columns */
export function thumbnail(deal, i, columns) {
  const example = exampleOf(deal, i);
  if (deal.kind === "table") {
    return h("span", { class: "game-thumb values" }, Array.from(example.subarray(0, 3), (value, j) => `${columns[j] ?? j + 1} ${three(value)}`).join("\n"));
  }
  const canvas = h("canvas", { class: "game-thumb", "aria-hidden": "true" });
  const context = context2d(canvas);
  if (deal.kind === "images") {
    paint(context, example, deal);
    return canvas;
  }
  const side = 96;
  Object.assign(canvas, { width: side, height: side });
  const at = (/** @type {number} */ value) => Math.max(0.06, Math.min(0.94, (value + deal.extent) / (2 * deal.extent))) * side;
  const { stage, line, ink } = palette();
  context.fillStyle = css(stage);
  context.fillRect(0, 0, side, side);
  context.strokeStyle = css(line);
  context.strokeRect(-1, side / 2, side + 2, side);
  context.strokeRect(side / 2, -1, side, side + 2);
  context.strokeStyle = css(ink);
  context.lineWidth = 3;
  const [x, y] = [at(example[0]), side - at(example[1])];
  context.beginPath();
  context.moveTo(x - 6, y - 6);
  context.lineTo(x + 6, y + 6);
  context.moveTo(x - 6, y + 6);
  context.lineTo(x + 6, y - 6);
  context.stroke();
  return canvas;
}
