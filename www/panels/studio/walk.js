// The tab of walks: corners that are kept, what lies between them, a walk round them or on and on, a pad over two
// directions, and arithmetic.
import { h, icon, setText } from "../../dom.js";
import { arithmetic, mixture, seededRandom } from "../../studio/codes.js";
import { LEG, createPlayer } from "../../studio/player.js";
import { WALK, signed } from "../../studio/texts.js";
import { endless, round, square, strip } from "../../studio/walk.js";
import { createChoice } from "./choice.js";
import { createPad } from "./pad.js";
import { createTile, createTiles } from "./tiles.js";

/**
 * @typedef {import("../../studio/studio.js").Studio} Studio
 * @typedef {import("../../studio/walk.js").Place} Place
 */

const STRIP = 9;
const SQUARE = 5;
/** Of a line on the stage, for each corner. */
const FINE = 24;
const CLOSE = "M6.5 6.5l11 11M17.5 6.5l-11 11";
const ICONS = {
  play: "M8 5.2v13.6a.6.6 0 0 0 .92.5l10.6-6.8a.6.6 0 0 0 0-1L8.92 4.7A.6.6 0 0 0 8 5.2Z",
  stop: "M6 6h12v12H6z",
};

const calmly = matchMedia("(prefers-reduced-motion: reduce)");

/** @param {Studio} studio @param {() => void} changed  called when a walk has begun or ended */
export function createWalk(studio, changed) {
  const { state } = studio;
  const player = createPlayer(studio, changed);
  const random = seededRandom(Date.now());

  const slots = WALK.names.map((name, i) => {
    const tile = createTile();
    const text = h("span", { class: "slot-text" });
    const hint = h("span", { class: "visually-hidden" });
    const keep = h("button", {
      type: "button", class: "slot", "data-testid": `corner-${name.toLowerCase()}`, click: () => studio.note(() => { state.corners[i] = copy(state.shown); }),
    }, h("b", {}, name), hint, tile.canvas, text);
    const drop = h("button", {
      type: "button", class: "quiet slot-drop", "aria-label": WALK.drop(name), title: WALK.drop(name),
      click: () => studio.note(() => { state.corners[i] = null; }),
    }, icon(CLOSE));
    return { name, tile, text, hint, keep, drop, element: h("div", { class: "slot-box" }, keep, drop) };
  });
  const way = createChoice(WALK.way, [
    { value: /** @type {"spherical" | "straight"} */ ("spherical"), name: WALK.spherical, hint: WALK.sphericalHint },
    { value: "straight", name: WALK.straight, hint: WALK.straightHint },
  ], (value) => studio.note(() => { state.spherical = value === "spherical"; }));

  const tiles = createTiles({ label: WALK.square, name: (i) => WALK.place(i + 1, places.length), onPick: (i) => take(places[i]) });
  const stripCaption = h("figcaption", {});
  const stripBox = h("figure", { class: "strip" }, h("div", { class: "studio-row strip-head" }, stripCaption, way.element), tiles.element);

  const play = playButton("walk-play", WALK.play, () => {
    const all = round(corners(), legs(), state.spherical);
    let at = -1;
    return () => {
      at = (at + 1) % all.length;
      return all[at];
    };
  });
  const on = playButton("walk-endless", WALK.endless, () => endless(state.shown, state.distribution, random, legs()));
  on.button.title = WALK.endlessHint;
  const use = h("button", {
    type: "button", "data-testid": "walk-use", title: WALK.useHint, click: () => take(state.shown),
  }, WALK.use);
  /** Where the walk's film is asked for. */
  const film = h("div", { class: "walk-film" });

  const pad = createPad(studio);
  const operands = ["A", "−", "B", "+", "C", "="].map((word) => h("span", { "aria-hidden": "true" }, word));
  const sumTile = createTile();
  const sumText = h("span", { class: "slot-text" });
  const useSum = h("button", { type: "button", "data-testid": "sum-use", click: () => { const place = sum(); if (place) take(place); } }, WALK.use);
  const sumBox = h("section", { class: "sum", "aria-label": WALK.sum },
    h("h3", {}, WALK.sum), h("div", { class: "studio-row" }, ...operands, h("span", { class: "slot-result" }, sumTile.canvas, sumText), useSum),
    h("p", { class: "help" }, WALK.sumHelp));

  const element = h("div", { class: "studio-tab" },
    h("div", { class: "studio-row" }, h("div", { class: "slots", role: "group", "aria-label": WALK.cornersLabel }, ...slots.map((slot) => slot.element))),
    h("p", { class: "help" }, WALK.cornersHelp),
    stripBox,
    h("div", { class: "studio-row" }, play.button, on.button, use, film),
    h("div", { class: "walk-two" }, pad.element, sumBox));

  /** What the strip shows. @type {Place[]} */
  let places = [];
  let drawn = "";
  let kept = "";

  const corners = () => /** @type {Place[]} */ (state.corners.filter((corner) => corner !== null));
  const names = () => WALK.names.filter((_, i) => state.corners[i] !== null);
  const legs = () => (calmly.matches ? LEG.calm : LEG.lively);

  /** @param {Place} place */
  function take(place) {
    const taken = copy(place);
    studio.change(() => state.take(taken));
  }

  /** A − B + C, if all three are there. @returns {Place | null} */
  function sum() {
    const [a, b, c] = state.corners;
    if (!a || !b || !c) return null;
    const classes = a.classes.map((share, i) => share - b.classes[i] + c.classes[i]);
    return { code: arithmetic(a.code, b.code, c.code), classes: classes.length > 0 ? mixture(classes) : classes };
  }

  /** @param {string} testid @param {string} name @param {() => () => Place} begin */
  function playButton(testid, name, begin) {
    const text = h("span", {}, name);
    const [start, stop] = [icon(ICONS.play, { filled: true }), icon(ICONS.stop, { filled: true })];
    const button = h("button", {
      type: "button", "data-testid": testid, class: "play-walk", "aria-pressed": "false",
      click: () => { if (player.playing === testid) player.stop(); else void player.play(testid, begin(), calmly.matches); },
    }, start, stop, text);
    return {
      button,
      update() {
        button.setAttribute("aria-pressed", String(player.playing === testid));
        setText(text, player.playing === testid ? WALK.stop : name);
      },
    };
  }

  /** The strip, or the square of four corners. */
  async function drawPlaces() {
    const { about, model } = studio;
    const all = corners();
    const four = all.length === 4;
    const now = `${model} ${state.spherical} ${all.map(({ code, classes }) => `${code} ${classes}`).join(";")}`;
    if (now === drawn) return;
    drawn = now;
    places = all.length < 2 ? [] : four ? square(all, SQUARE, state.spherical) : strip(all, STRIP, state.spherical);
    setText(stripCaption, all.length < 2 ? WALK.few : about?.shape.kind === "row" && about.shape.numbers === 2 ? WALK.onStage
      : four ? WALK.square : WALK.strip(names()));
    if (places.length === 0 || about?.shape.kind !== "image") return;
    const drawing = await studio.draw("strip", places);
    if (drawing && about.shape.kind === "image") tiles.show(drawing.pixels, about.shape, places.map(() => ""), four ? SQUARE : STRIP);
    else drawn = "";
  }

  /** Small pictures of the corners and of the sum. */
  async function drawKept() {
    const { about, model } = studio;
    const result = sum();
    const all = [...corners(), ...(result ? [result] : [])];
    const now = `${model} ${all.map(({ code, classes }) => `${code} ${classes}`).join(";")}`;
    if (now === kept) return;
    kept = now;
    const faces = [...slots.filter((_, i) => state.corners[i] !== null), ...(result ? [{ tile: sumTile, text: sumText }] : [])];
    for (const face of [...slots, { tile: sumTile, text: sumText }]) {
      if (faces.some(({ tile }) => tile === face.tile)) continue;
      face.tile.clear();
      setText(face.text, "");
    }
    if (all.length === 0 || !about) return;
    const drawing = await studio.draw("kept", all);
    if (!drawing) {
      kept = "";
      return;
    }
    const { shape } = about;
    faces.forEach(({ tile, text }, i) => {
      if (shape.kind === "image") tile.paint(drawing.pixels, i, shape);
      else if (shape.numbers === 2) setText(text, `${signed(drawing.rows[2 * i], 1)}, ${signed(drawing.rows[2 * i + 1], 1)}`);
    });
  }

  return {
    element,
    film,
    stop: () => player.stop(),

    /** Plays the walk once, a place at a time, for who films it. @param {(i: number, count: number) => Promise<void>} onFrame
     * @returns {Promise<boolean>} whether all of it was played */
    async frames(onFrame) {
      const all = corners();
      return all.length >= 2 && player.once(round(all, LEG.lively, state.spherical), onFrame);
    },

    /** What the stage shows of it. @returns {Place[]} */
    way() {
      const all = corners();
      return all.length < 2 ? [] : strip(all.length > 2 ? [...all, all[0]] : all, FINE * all.length + 1, state.spherical);
    },

    update() {
      const { about } = studio;
      if (!about) return;
      const images = about.shape.kind === "image";
      element.classList.toggle("no-pictures", !images);
      slots.forEach(({ name, keep, hint, drop, text, tile }, i) => {
        const empty = state.corners[i] === null;
        keep.title = WALK.keep(name, state.chosen + 1);
        setText(hint, keep.title);
        keep.classList.toggle("empty", empty);
        tile.canvas.hidden = !images;
        text.hidden = images;
        drop.classList.toggle("idle", empty);
        drop.disabled = empty;
      });
      way.sync(state.spherical ? "spherical" : "straight");
      tiles.element.hidden = corners().length < 2 || !images;
      play.update();
      play.button.disabled = corners().length < 2;
      play.button.title = WALK.playHint(names());
      on.update();
      use.disabled = state.preview === null;
      useSum.disabled = sum() === null;
      sumTile.canvas.hidden = !images;
      sumText.hidden = images;
      void drawPlaces();
      void drawKept();
      studio.needDirections();
      pad.update();
    },
  };
}

/** @param {Place} place @returns {Place} */
const copy = ({ code, classes }) => ({ code: code.slice(), classes: classes.slice() });
