// The tab of directions: those that G's own weights or answers point out, each with a slider; what the one that was
// touched last does; and those that the visitor has named.
import { h, icon, setText } from "../../dom.js";
import { along, evenly } from "../../studio/codes.js";
import { DIRECTIONS, NOISE, percent, signed } from "../../studio/texts.js";
import { createChoice } from "./choice.js";
import { createSlider } from "./slider.js";
import { createTiles } from "./tiles.js";

/**
 * @typedef {import("../../studio/studio.js").Studio} Studio
 * @typedef {import("../../studio/state.js").Direction} Direction
 * @typedef {import("../../studio/walk.js").Place} Place
 */

const REACH = 3;
const STRIP = 2 * REACH + 1;
/** Of the line on the stage. */
const FINE = 49;
const CLOSE = "M6.5 6.5l11 11M17.5 6.5l-11 11";

/** @param {Studio} studio */
export function createDirections(studio) {
  const { state } = studio;
  const method = createChoice(DIRECTIONS.method,
    (["sefa", "pca"]).map((value) => {
      const known = /** @type {import("../../studio/state.js").Method} */ (value);
      return { value: known, name: DIRECTIONS.methods[known].name, hint: DIRECTIONS.methods[known].paper };
    }),
    (value) => studio.note(() => {
      state.method = value;
      selected = { from: value, at: 0 };
    }));
  const help = h("p", { class: "help" });
  const list = h("div", { class: "sliders", "data-testid": "directions" });
  const finding = h("p", { class: "help", role: "status" }, DIRECTIONS.finding);
  const stripCaption = h("figcaption", {});
  const tiles = createTiles({
    label: DIRECTIONS.stripHelp,
    name: (i) => DIRECTIONS.place(i - REACH),
    onPick: (i) => { const direction = chosen(); if (direction) studio.change(() => state.setAlpha(direction, i - REACH)); },
  });
  const stripHelp = h("p", { class: "help" });
  const stripBox = h("figure", { class: "strip" }, stripCaption, tiles.element);
  const label = h("input", { type: "text", maxlength: "40", autocomplete: "off", "data-testid": "direction-name", "aria-label": DIRECTIONS.label, placeholder: DIRECTIONS.placeholder });
  const keep = h("button", { type: "submit", "data-testid": "direction-keep", title: DIRECTIONS.keepHint }, DIRECTIONS.keep);
  const form = h("form", { class: "studio-row", submit: (/** @type {Event} */ event) => { event.preventDefault(); name(); } }, label, keep);
  const named = h("div", { class: "sliders wide", "data-testid": "named-directions" });
  const none = h("p", { class: "help" }, DIRECTIONS.namedNone);
  const element = h("div", { class: "studio-tab" },
    h("div", { class: "studio-row" }, method.element, help), finding, list,
    h("div", {}, stripBox, stripHelp), form,
    h("section", { class: "named", "aria-label": DIRECTIONS.named }, h("h3", {}, DIRECTIONS.named), none, named));

  /** The one whose strip is shown. @type {{from: import("../../studio/state.js").Method | "named", at: number}} */
  let selected = { from: state.method, at: 0 };
  /** @type {import("./slider.js").Slider[]} */
  let sliders = [];
  /** @type {import("./slider.js").Slider[]} */
  let namedSliders = [];
  let made = "";
  /** @type {Direction[]} */
  let madeNamed = [];
  let drawn = "";

  const listOf = (/** @type {typeof selected.from} */ from) => (from === "named" ? state.named : state.directions[from]);
  const chosen = () => /** @type {Direction | undefined} */ (listOf(selected.from)[selected.at]);
  const chosenName = () => (selected.from === "named" ? chosen()?.name ?? "" : DIRECTIONS.name(selected.from, selected.at));

  /** @param {typeof selected.from} from @param {number} at */
  function select(from, at) {
    if (selected.from === from && selected.at === at) return;
    studio.note(() => { selected = { from, at }; });
  }

  function name() {
    const direction = chosen();
    const given = label.value.trim();
    if (!direction || given === "") {
      label.focus();
      return;
    }
    studio.change(() => state.keep(direction, given));
    label.value = "";
  }

  /** @param {typeof selected.from} from @param {number} at @param {object} what @param {string | Node} what.name
   * @param {string} what.heard @param {string} what.testid @param {Node[]} what.more */
  function slider(from, at, { name: seen, heard, testid, more }) {
    const one = createSlider({
      testid, name: seen, label: DIRECTIONS.slider(heard), min: -REACH, max: REACH, step: 0.05, rest: 0, hint: NOISE.sliderHint, format: signed, more,
      onInput: (value) => {
        selected = { from, at };
        const direction = listOf(from)[at];
        if (direction) studio.change(() => state.setAlpha(direction, value));
      },
    });
    one.element.addEventListener("focusin", () => select(from, at));
    one.element.addEventListener("pointerdown", () => select(from, at));
    return one;
  }

  function make() {
    const found = state.directions[state.method];
    const now = `${state.method} ${found.length}`;
    if (now !== made) {
      made = now;
      sliders = found.map((_, j) => slider(state.method, j, {
        name: String(j + 1), heard: DIRECTIONS.name(state.method, j), testid: `direction-slider-${j}`,
        more: [h("span", { class: "slider-share", title: DIRECTIONS.share })],
      }));
      list.replaceChildren(...sliders.map((one) => one.element));
    }
    if (madeNamed !== state.named) {
      madeNamed = state.named;
      namedSliders = state.named.map((direction, j) => {
        const text = h("input", {
          type: "text", maxlength: "40", class: "rename", value: direction.name, "data-testid": `named-name-${j}`, "aria-label": DIRECTIONS.rename,
          change: () => {
            const next = text.value.trim();
            if (next === "") text.value = direction.name;
            else studio.note(() => { direction.name = next; });
          },
        });
        const remove = h("button", {
          type: "button", class: "quiet lock", "data-testid": `named-remove-${j}`, "aria-label": DIRECTIONS.remove(direction.name), title: DIRECTIONS.remove(direction.name),
          click: () => studio.change(() => state.forget(direction)),
        }, icon(CLOSE));
        return slider("named", j, { name: text, heard: direction.name, testid: `named-slider-${j}`, more: [remove] });
      });
      named.replaceChildren(...namedSliders.map((one) => one.element));
    }
  }

  /** Places along the direction, from one end to the other. @param {number} count @returns {Place[]} */
  function places(count) {
    const direction = chosen();
    if (!direction || state.dims === 0) return [];
    const { code, classes } = state.place(state.chosen);
    const here = direction.alphas[state.chosen];
    return along(code, direction.vector, evenly(-REACH, REACH, count).map((alpha) => alpha - here))
      .map((one) => ({ code: one, classes }));
  }

  async function drawStrip() {
    const { about, model } = studio;
    const strip = places(STRIP);
    const now = `${model} ${strip.map(({ code, classes }) => `${code} ${classes}`).join(";")}`;
    if (now === drawn || about?.shape.kind !== "image" || strip.length === 0) return;
    drawn = now;
    const drawing = await studio.draw("strip", strip);
    if (drawing && about.shape.kind === "image") {
      tiles.show(drawing.pixels, about.shape, evenly(-REACH, REACH, STRIP).map((alpha) => signed(alpha, 0)), STRIP);
    } else drawn = "";
  }

  return {
    element,
    /** What the stage shows of it. @returns {Place[]} */
    way: () => places(FINE),

    update() {
      const { about } = studio;
      if (!about) return;
      studio.needDirections();
      method.sync(state.method);
      setText(help, DIRECTIONS.methods[state.method].help);
      make();
      if (!chosen()) selected = { from: state.method, at: 0 };
      const found = state.directions[state.method];
      finding.hidden = found.length > 0;
      sliders.forEach((one, j) => {
        one.sync(found[j].alphas[state.chosen]);
        setText(/** @type {Node} */ (one.element.lastChild), percent(found[j].share));
        one.element.classList.toggle("selected", selected.from === state.method && selected.at === j);
      });
      namedSliders.forEach((one, j) => {
        one.sync(state.named[j].alphas[state.chosen]);
        one.element.classList.toggle("selected", selected.from === "named" && selected.at === j);
      });
      none.hidden = state.named.length > 0;
      const images = about.shape.kind === "image";
      stripBox.hidden = !images;
      setText(stripCaption, DIRECTIONS.strip(chosenName()));
      setText(stripHelp, images ? DIRECTIONS.stripHelp : about.shape.kind === "row" && about.shape.numbers === 2 ? DIRECTIONS.stripStage : "");
      keep.disabled = !state.hasRoom;
      form.hidden = selected.from === "named" || found.length === 0;
      void drawStrip();
    },
  };
}
