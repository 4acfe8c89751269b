// The latent studio: a card that is folded at first, so that it costs a newcomer nothing. Opening it starts its worker and
// asks the one that trains for G; folding it ends both.
import { h, setText } from "../../dom.js";
import { noiseGrid, reachOf } from "../../studio/codes.js";
import { COUNT } from "../../studio/state.js";
import { createStudio, kindOf } from "../../studio/studio.js";
import { STUDIO, axisName, problemText } from "../../studio/texts.js";
import { createDirections } from "./directions.js";
import { createKeep, createWalkFilm } from "./keep.js";
import { createNoise } from "./noise.js";
import { createSamples } from "./samples.js";
import { createSteer } from "./steer.js";
import { createTabs } from "./tabs.js";
import { createWalk } from "./walk.js";

/**
 * @typedef {import("../../store.js").Store} Store
 * @typedef {import("../../store.js").State} State
 * @typedef {import("../../charts/points-plot.js").Overlay} Overlay
 */

/** Points along a side of the noise grid, and how far it reaches in Gaussian noise. */
const SIDE = 21;
const GRID_REACH = 2.5;

/**
 * @param {Store} store
 * @param {object} with
 * @param {string} with.assets  the address that classifiers lie below
 * @param {Pick<import("../../own/library.js").Library, "find" | "teach">} with.library
 * @param {(overlay: Overlay | null) => void} with.onStage  shows what G makes of codes, if that is points
 */
export function createStudioCard(store, { assets, library, onStage }) {
  const studio = createStudio({
    assets,
    library,
    broughtDirections() {
      const loaded = page?.loaded ?? null;
      if (loaded === brought) return [];
      brought = loaded;
      return loaded?.about.directions ?? [];
    },
    viewer: {
      samples(drawing) {
        samples.draw(drawing);
        if (ofPoints()) showPoints(drawing.rows);
        count();
      },
      moving(drawing) {
        samples.drawMoving(drawing);
        if (ofPoints()) showMoving(drawing.rows);
        count();
      },
      changed() {
        element.dataset.asked = String(studio.asked);
        frame ||= requestAnimationFrame(update);
      },
    },
  });
  const samples = createSamples(studio);
  const noise = createNoise(studio);
  const walk = createWalk(studio, () => { frame ||= requestAnimationFrame(update); });
  const directions = createDirections(studio);
  const steer = createSteer(studio);
  const keep = createKeep(store, studio, library, () => page);
  const walkFilm = createWalkFilm(keep, { canvas: samples.canvas, frames: walk.frames });
  walk.film.append(walkFilm.element);

  const problem = h("p", { class: "studio-problem", role: "status", "data-testid": "studio-problem", hidden: true });
  const problemWord = h("span", {});
  const again = h("button", { type: "button", click: () => studio.restart() }, STUDIO.again);
  problem.append(problemWord, again);
  const waiting = h("p", { class: "help", role: "status" }, STUDIO.waiting);

  const which = h("select", { "data-testid": "studio-sample", "aria-label": STUDIO.sample, change: () => studio.change((state) => state.choose(Number(which.value))) },
    ...Array.from({ length: COUNT }, (_, i) => h("option", { value: String(i) }, STUDIO.sampleNumber(i + 1))));
  const grid = h("input", { type: "checkbox", role: "switch", checked: true, "data-testid": "noise-grid", change: () => studio.note(() => {}) });
  const across = h("select", { "data-testid": "grid-across", "aria-label": STUDIO.gridAcross, change: () => studio.note(() => {}) });
  const up = h("select", { "data-testid": "grid-up", "aria-label": STUDIO.gridUp, change: () => studio.note(() => {}) });
  const axes = h("span", { class: "key" }, STUDIO.gridAxes, across, up);
  const gridRow = h("span", { class: "studio-row" }, h("label", { class: "key", title: STUDIO.gridHint }, grid, STUDIO.grid), axes);
  const stageNote = h("p", { class: "help" }, STUDIO.onStage);
  const rowTools = h("div", { class: "row-tools" }, h("div", { class: "studio-row" }, which, gridRow), stageNote);

  const tabs = createTabs(STUDIO.tabsLabel, [
    { id: "noise", name: STUDIO.tabs.noise, content: noise.element },
    { id: "walk", name: STUDIO.tabs.walk, content: walk.element },
    { id: "directions", name: STUDIO.tabs.directions, content: directions.element },
    { id: "steer", name: STUDIO.tabs.steer, content: steer.element },
    { id: "keep", name: STUDIO.tabs.keep, content: keep.element },
  ], (id) => {
    walk.stop();
    // A walk that nobody used is over with its tab.
    if (studio.steering?.state !== "moving" && studio.state.preview) studio.change((state) => { state.preview = null; });
    if (id === "steer") steer.opened();
    update();
  });
  /** @type {Record<string, () => void>} */
  const updates = { noise: noise.update, walk: updateWalk, directions: directions.update, steer: () => steer.update(page?.data ?? null), keep: keep.update };
  const side = h("div", { class: "studio-side" }, rowTools, samples.element);
  const working = h("div", { class: "studio-work" }, side, tabs.element);
  const body = h("div", { class: "studio-body" }, problem, waiting, working);
  const element = h("details", { class: "card studio", "data-part": "studio", "data-testid": "studio", "data-draws": "0", toggle: toggled },
    h("summary", {}, h("h2", {}, STUDIO.title), h("span", { class: "help" }, STUDIO.note)), body);

  /** @type {State | null} */
  let page = null;
  /** Of the page's state, what the studio shows. @type {unknown[]} */
  let pageShown = [];
  /** The opened model whose directions are here. @type {State["loaded"]} */
  let brought = null;
  let frame = 0;
  let draws = 0;
  /** What is on the stage. @type {Overlay} */
  let overlay = { grid: null, side: SIDE, points: new Float32Array(), chosen: 0, way: null };
  let gridOf = "";
  let wayOf = "";
  let axesOf = 0;

  store.onModel((event) => { if (event.type === "snapshot" && element.open) studio.snapshot(event); });

  function toggled() {
    store.setStudio(element.open);
    if (element.open) {
      studio.open();
    } else {
      walk.stop();
      studio.close();
      onStage(null);
    }
    update();
  }

  /** For who measures: how often something was drawn, and which of the visitor's changes it has in it. */
  function count() {
    draws += 1;
    element.dataset.draws = String(draws);
    element.dataset.shown = String(studio.shown);
  }

  const ofPoints = () => studio.about !== null && kindOf(studio.about) === "points";

  // --- Points, which the stage shows ---

  /** @param {Float32Array} rows  of all sixteen */
  function showPoints(rows) {
    overlay = { ...overlay, points: rows, chosen: studio.state.chosen };
    onStage(overlay);
  }

  /** @param {Float32Array} row  of the chosen one */
  function showMoving(row) {
    const points = overlay.points.slice();
    points.set(row, 2 * studio.state.chosen);
    showPoints(points);
  }

  async function drawGround() {
    const { state, model } = studio;
    const { code, classes } = state.place(state.chosen);
    const reach = state.distribution === "uniform" ? reachOf("uniform") : GRID_REACH;
    const [x, y] = [Number(across.value), Number(up.value)];
    // What the axes' own values are does not matter: the grid goes over all of them.
    const base = code.slice();
    base[x] = 0;
    base[y] = 0;
    const wanted = grid.checked ? `${model} ${x} ${y} ${base} ${classes}` : "";
    if (wanted === gridOf) return;
    gridOf = wanted;
    if (wanted === "") {
      overlay = { ...overlay, grid: null };
      onStage(overlay);
      return;
    }
    const drawing = await studio.draw("ground", noiseGrid(base, x, y, SIDE, reach).map((one) => ({ code: one, classes })));
    if (drawing && element.open && ofPoints()) {
      overlay = { ...overlay, grid: drawing.rows };
      onStage(overlay);
    } else if (!drawing) gridOf = "";
  }

  async function drawWay() {
    const { model } = studio;
    const places = tabs.selected === "walk" ? walk.way() : tabs.selected === "directions" ? directions.way() : [];
    const wanted = places.length === 0 ? "" : `${model} ${places.map(({ code, classes }) => `${code} ${classes}`).join(";")}`;
    if (wanted === wayOf) return;
    wayOf = wanted;
    if (wanted === "") {
      overlay = { ...overlay, way: null };
      onStage(overlay);
      return;
    }
    const drawing = await studio.draw("strip", places);
    if (drawing && element.open && ofPoints() && wayOf !== "") {
      overlay = { ...overlay, way: drawing.rows };
      onStage(overlay);
    } else if (!drawing) wayOf = "";
  }

  function offerAxes() {
    const { dims } = studio.state;
    if (dims === axesOf) return;
    axesOf = dims;
    for (const [select, first] of /** @type {const} */ ([[across, 0], [up, Math.min(1, dims - 1)]])) {
      select.replaceChildren(...Array.from({ length: dims }, (_, k) => h("option", { value: String(k) }, axisName(k))));
      select.value = String(first);
    }
    axes.hidden = dims < 3;
  }

  function updateWalk() {
    walk.update();
    walkFilm.update(studio.about?.shape.kind === "image", studio.state.corners.filter((corner) => corner !== null).length > 1);
  }

  function update() {
    cancelAnimationFrame(frame);
    frame = 0;
    if (!element.open) return;
    const { about, state } = studio;
    const nothing = page?.status === "failed" && page.report === null;
    problem.hidden = studio.problem === null;
    again.hidden = studio.problem?.during !== "dead";
    setText(problemWord, studio.problem ? problemText(studio.problem) : "");
    waiting.hidden = about !== null && !nothing;
    setText(waiting, nothing ? STUDIO.nothing : STUDIO.waiting);
    working.hidden = about === null || nothing;
    if (!about || nothing) {
      onStage(null);
      return;
    }
    const kind = kindOf(about);
    working.dataset.kind = kind;
    rowTools.hidden = kind === "images";
    gridRow.hidden = kind !== "points";
    stageNote.hidden = kind !== "points";
    which.value = String(state.chosen);
    const picture = page?.report?.picture;
    samples.update(picture?.kind === "table" ? picture.columns : []);
    updates[tabs.selected]?.();
    if (kind === "points") {
      offerAxes();
      void drawGround();
      void drawWay();
    } else {
      onStage(null);
      gridOf = "";
      wayOf = "";
    }
  }

  return {
    element,
    /** @param {State} state */
    update(state) {
      page = state;
      const columns = state.report?.picture.kind === "table" ? JSON.stringify(state.report.picture.columns) : "";
      const shown = [state.status === "failed", state.report === null, state.data, columns];
      if (shown.every((value, i) => value === pageShown[i])) return;
      pageShown = shown;
      update();
    },
  };
}
