// What G makes of the sixteen codes: of pictures the chosen one large and all of them small, of a row of numbers each
// column's value. Points are on the stage, and have nothing here.
import { h, setText } from "../../dom.js";
import { COUNT } from "../../studio/state.js";
import { STUDIO } from "../../studio/texts.js";
import { tickText } from "../../charts/columns.js";
import { kindOf } from "../../studio/studio.js";
import { createTile } from "./tiles.js";

/**
 * @typedef {import("../../studio/studio.js").Studio} Studio
 * @typedef {import("../../studio/session.js").Drawing} Drawing
 * @typedef {import("../../protocol.js").Column} Column
 */

/** About how many CSS pixels wide the large picture is: a whole number for each of its own pixels. */
const LARGE = 200;

/** @param {Studio} studio */
export function createSamples(studio) {
  const large = createTile({ role: "img", "data-testid": "studio-picture", "aria-label": STUDIO.large(1, "") });
  const caption = h("figcaption", {});
  const small = Array.from({ length: COUNT }, (_, i) => {
    const tile = createTile();
    const button = h("button", {
      type: "button", role: "radio", class: "tile-button", "aria-label": STUDIO.sampleNumber(i + 1), title: STUDIO.sampleNumber(i + 1),
      click: () => choose(i),
    }, tile.canvas);
    return { tile, button };
  });
  const grid = h("div", { class: "sixteen", role: "radiogroup", "data-testid": "studio-grid", "aria-label": STUDIO.samples, keydown: onKey },
    ...small.map(({ button }) => button));
  const pictures = h("div", { class: "studio-pictures" }, h("figure", { class: "large" }, large.canvas, caption), grid);
  const rows = h("tbody", {});
  const values = h("div", { class: "studio-values", role: "region", tabindex: "0", "aria-label": STUDIO.table, "data-testid": "studio-values" },
    h("table", {}, h("thead", {}, h("tr", {}, h("th", { scope: "col" }, STUDIO.column), h("th", { scope: "col" }, STUDIO.value))), rows));
  const element = h("div", { class: "studio-samples" }, pictures, values);
  /** @type {Column[]} */
  let columns = [];
  /** The numbers that are shown. @type {Float32Array} */
  let last = new Float32Array();

  /** @param {number} i */
  function choose(i) {
    studio.change((state) => state.choose(i));
  }

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    const move = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -4, ArrowDown: 4 }[event.key];
    if (move === undefined) return;
    event.preventDefault();
    const next = (studio.state.chosen + move + COUNT) % COUNT;
    choose(next);
    small[next].button.focus();
  }

  /** @param {Drawing} drawing @param {number} i */
  function showLarge(drawing, i) {
    const about = studio.about;
    if (about?.shape.kind === "image") {
      large.paint(drawing.pixels, i, about.shape);
    } else if (about && kindOf(about) === "table") {
      const { numbers } = about.shape;
      fill(drawing.rows.subarray(i * numbers, (i + 1) * numbers));
    }
  }

  /** @param {Float32Array} numbers  standardised */
  function fill(numbers) {
    last = numbers;
    columns.forEach(({ centre, scale }, k) => {
      const value = centre + scale * numbers[k];
      setText(rows.children[k].children[1], Number.isFinite(value) ? tickText(value, Math.abs(scale) / 100 || 1, Math.abs(value)) : "–");
    });
  }

  /** @param {Column[]} next */
  function setColumns(next) {
    if (JSON.stringify(next) === JSON.stringify(columns)) return;
    columns = next;
    rows.replaceChildren(...next.map(({ name }) => h("tr", {}, h("th", { scope: "row", title: name }, name), h("td", {}))));
    fill(last);
  }

  return {
    element,
    canvas: large.canvas,

    /** @param {Drawing} drawing  of all sixteen */
    draw(drawing) {
      const about = studio.about;
      if (!about) return;
      if (about.shape.kind === "image") for (let i = 0; i < COUNT; i += 1) small[i].tile.paint(drawing.pixels, i, about.shape);
      // What is on its way is drawn by itself, and newer.
      if (!studio.state.preview) showLarge(drawing, studio.state.chosen);
    },

    /** @param {Drawing} drawing  of the chosen one, on its way */
    drawMoving(drawing) {
      showLarge(drawing, 0);
      const about = studio.about;
      if (about?.shape.kind === "image") small[studio.state.chosen].tile.paint(drawing.pixels, 0, about.shape);
    },

    /** @param {Column[]} known  of a table, as the stage has them */
    update(known) {
      const { about, state } = studio;
      if (!about) return;
      const kind = kindOf(about);
      element.hidden = kind === "points";
      pictures.hidden = kind !== "images";
      values.hidden = kind !== "table";
      if (about.shape.kind === "image") {
        const zoom = Math.max(1, Math.floor(LARGE / about.shape.width));
        large.canvas.style.setProperty("--side", `${zoom * about.shape.width}px`);
      } else if (kind === "table" && about.shape.kind === "row") {
        setColumns(Array.from({ length: about.shape.numbers }, (_, k) => {
          const [centre, scale] = about.units[k] ?? about.units[0];
          return known[k] ?? { name: `${STUDIO.column} ${k + 1}`, centre, scale };
        }));
      }
      setText(caption, STUDIO.caption(state.chosen + 1, state.preview !== null));
      large.canvas.setAttribute("aria-label", STUDIO.large(state.chosen + 1, state.preview ? STUDIO.moving : ""));
      small.forEach(({ button }, i) => {
        button.setAttribute("aria-checked", String(i === state.chosen));
        button.tabIndex = i === state.chosen ? 0 : -1;
      });
    },
  };
}
