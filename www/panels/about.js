// About this data: what a run is trained on, class by class, its mean picture, and whether a fake is but a copy of one of
// its pictures. Folded at first, so that it costs a newcomer nothing.
import { context2d } from "../charts/canvas.js";
import { h, setText } from "../dom.js";
import { number } from "../language.js";
import { ABOUT, className } from "../texts.js";

/** @typedef {import("../store.js").State} State */

/** @param {import("../store.js").Store} store */
export function createAbout(store) {
  const facts = h("p", { class: "about-facts", "data-testid": "about-facts" });
  const bars = h("div", { class: "about-classes", "data-testid": "about-classes", role: "group", tabindex: "0", "aria-label": ABOUT.classes });
  const mean = pictureBox(ABOUT.mean);
  const fake = pictureBox(ABOUT.fake);
  const nearest = pictureBox(ABOUT.nearest);
  const which = h("input", { type: "number", min: "1", value: "1", "aria-label": ABOUT.which, "data-testid": "nearest-of" });
  const verdict = h("p", { class: "help", role: "status", "data-testid": "nearest-verdict" });
  const copies = h("div", { class: "about-copies" },
    h("form", { submit: (/** @type {Event} */ event) => { event.preventDefault(); ask(); } },
      h("label", { class: "field-row" }, h("span", {}, ABOUT.which), which),
      h("button", { type: "submit", "data-testid": "ask-nearest" }, ABOUT.ask)),
    h("div", { class: "about-pair" }, fake.element, nearest.element), verdict);
  const element = h("details", { class: "card about", "data-part": "about", "data-testid": "about", toggle: () => askMean() },
    h("summary", {}, h("h2", {}, ABOUT.title)),
    h("div", { class: "about-body" },
      h("div", { class: "about-left" }, facts, bars), h("div", { class: "about-mean" }, mean.element), copies));

  /** It goes over all pictures: only for who sees it. */
  function askMean() {
    if (element.open && shown?.image && !meanShown) store.askMean();
  }

  function ask() {
    store.askNearest(Math.max(0, Math.round(Number(which.value) || 1) - 1));
  }

  /** @type {State["data"]} */
  let shown = null;
  /** @type {State["mean"]} */
  let meanShown = null;
  /** @type {State["nearest"]} */
  let answered = null;

  return {
    element,
    /** @param {State} state */
    update(state) {
      const { data } = state;
      if (data !== shown) {
        shown = data;
        setText(facts, data ? ABOUT.facts(data) : "");
        bars.replaceChildren(...(data ? classBars(data, state.experiment.data.kind) : []));
        const image = data?.image ?? null;
        mean.element.hidden = image === null;
        copies.hidden = image === null;
        mean.clear();
        meanShown = null;
        askMean();
        fake.clear();
        nearest.clear();
        setText(verdict, ABOUT.verdictHint);
      }
      if (state.mean !== meanShown) {
        meanShown = state.mean;
        if (meanShown && data?.image) mean.draw(meanShown, data.image);
      }
      if (state.nearest !== answered) {
        answered = state.nearest;
        const picture = state.report?.picture;
        if (answered && picture?.kind === "images") {
          const size = picture.width * picture.height * picture.channels;
          fake.draw(picture.fake.slice(answered.fake * size, (answered.fake + 1) * size), picture);
          nearest.draw(answered.nearest.pixels, picture);
          which.value = String(answered.fake + 1);
          setText(verdict, ABOUT.verdict(answered.fake + 1, answered.nearest, state.experiment.data.kind));
        }
      }
      const shownFakes = state.report?.picture.kind === "images" ? state.report.picture.fakeScores.length : 1;
      which.max = String(shownFakes);
    },
  };
}

/** One bar a class, all to one scale. @param {import("../protocol.js").AboutData} about @param {string} kind  of the data */
function classBars({ classes, count }, kind) {
  if (count === null || classes.length === 0) return [];
  const most = Math.max(...classes.map((one) => one.count), 1);
  return classes.map((one, i) => {
    const { name } = className(kind, i, one.name);
    const bar = h("i");
    // Not as an attribute, which the page's own policy forbids.
    bar.style.width = `${(100 * one.count) / most}%`;
    return h("div", { class: one.used ? "about-class" : "about-class unused" },
      h("span", { class: "about-name", title: name }, name), bar,
      h("span", { class: "about-count" }, number(one.count)));
  });
}

/** @param {string} title */
function pictureBox(title) {
  const canvas = h("canvas", { width: "1", height: "1", role: "img", "aria-label": title });
  const context = context2d(canvas);
  const element = h("figure", { class: "about-picture" }, canvas, h("figcaption", {}, title));
  return {
    element,
    /** @param {Uint8Array} pixels  interleaved @param {{width: number, height: number, channels: number}} format */
    draw(pixels, { width, height, channels }) {
      canvas.width = width;
      canvas.height = height;
      const image = context.createImageData(width, height);
      for (let i = 0; i < width * height; i += 1) {
        for (let k = 0; k < 3; k += 1) image.data[4 * i + k] = pixels[channels === 3 ? 3 * i + k : i];
        image.data[4 * i + 3] = 255;
      }
      context.putImageData(image, 0, 0);
    },
    clear() { context.clearRect(0, 0, canvas.width, canvas.height); },
  };
}
