// Which class G is told: one to pick, a mixture of several, and all of them from one noise.
import { h } from "../../dom.js";
import { className } from "../../texts.js";
import { oneHot } from "../../studio/codes.js";
import { CLASSES, percent } from "../../studio/texts.js";
import { createSlider } from "./slider.js";
import { createTiles } from "./tiles.js";

/** @typedef {import("../../studio/studio.js").Studio} Studio */

/** More classes than this have room for three letters each beneath their pictures. */
const CROWD = 5;

/** @param {Studio} studio */
export function createClasses(studio) {
  const title = h("h3", {}, CLASSES.title);
  const chips = h("div", { class: "chips", role: "group" });
  const mix = h("div", { class: "sliders" });
  const strip = createTiles({
    label: CLASSES.strip,
    name: (i) => names[i] ?? "",
    onPick: (i) => studio.change((state) => state.pickClass(i)),
  });
  const stripBox = h("figure", { class: "strip" }, h("figcaption", { title: CLASSES.stripHelp }, CLASSES.strip), strip.element);
  const element = h("section", { class: "studio-classes", "aria-label": CLASSES.title },
    h("div", { class: "studio-row" }, title, chips), stripBox,
    h("details", {}, h("summary", {}, CLASSES.mix), h("p", { class: "help" }, CLASSES.mixHelp), mix));

  /** @type {string[]} */
  let names = [];
  /** @type {string[]} */
  let shortNames = [];
  /** @type {import("./slider.js").Slider[]} */
  let sliders = [];
  let made = "";
  let drawn = "";

  function make() {
    const { state, about } = studio;
    const kind = about?.experiment.data.kind ?? "";
    const now = `${kind} ${state.classNames.join("\n")}`;
    if (now === made) return;
    made = now;
    const known = state.classNames.map((given, i) => className(kind, i, given));
    names = known.map(({ name }) => name);
    shortNames = known.map(({ short }) => short);
    chips.replaceChildren(...names.map((name, i) => h("button", {
      type: "button", "data-testid": `class-${i}`, "aria-pressed": "false", click: () => studio.change((one) => one.pickClass(i)),
    }, name)));
    sliders = names.map((name, i) => createSlider({
      testid: `class-mix-${i}`, name, label: CLASSES.share(name), min: 0, max: 1, step: 0.05, rest: 0,
      onInput: (value) => studio.change((one) => one.setWeight(i, value)),
    }));
    mix.replaceChildren(...sliders.map(({ element: row }) => row));
  }

  async function drawStrip() {
    const { state, about, model } = studio;
    if (about?.shape.kind !== "image") return;
    const { code } = state.place(state.chosen);
    const now = `${model} ${code}`;
    if (now === drawn) return;
    drawn = now;
    const drawing = await studio.draw("strip", names.map((_, i) => ({ code, classes: oneHot(names.length, i) })));
    if (drawing && about.shape.kind === "image") strip.show(drawing.pixels, about.shape, names.length > CROWD ? shortNames : names, names.length);
    else drawn = "";
  }

  return {
    element,
    update() {
      const { state, about } = studio;
      element.hidden = !about || about.classes === 0;
      if (!about || element.hidden) return;
      make();
      chips.setAttribute("aria-label", state.moveAll ? CLASSES.pickAll : CLASSES.pick);
      const weights = state.weights[state.chosen];
      const shares = state.shares(state.chosen);
      [...chips.children].forEach((chip, i) => chip.setAttribute("aria-pressed", String(shares[i] > 0.999)));
      // What is seen and heard is the share, for that is what G is told.
      sliders.forEach((slider, i) => slider.sync(weights[i], percent(shares[i])));
      stripBox.hidden = about.shape.kind !== "image";
      void drawStrip();
    },
  };
}
