// The middle of the page: which data, the picture of the run, what its colours mean, and where the data comes from.
import { createImageGrid } from "../charts/image-grid.js";
import { createPointsPlot } from "../charts/points-plot.js";
import { h, setText } from "../dom.js";
import { findField } from "../fields.js";
import { CHARTS, LOADING, STAGE } from "../texts.js";
import { onThemeChange } from "../theme.js";
import { createControl } from "./control.js";
import { createCredit } from "./credit.js";

/**
 * @param {import("../store.js").Store} store
 * @param {import("../fields.js").Catalogue} catalogue
 * @param {string} datasets
 */
export function createStage(store, catalogue, datasets) {
  const dataField = findField(catalogue, "data.kind");
  if (!dataField) throw new Error("the catalogue has no data.kind");
  const dataSelect = createControl(dataField, store, { testid: "data-select", label: STAGE.imitate, help: false });
  const points = createPointsPlot();
  const fakes = createImageGrid(STAGE.fakes, "fake");
  const reals = createImageGrid(STAGE.reals, "real");
  const images = h("div", { class: "grids" }, fakes.element, reals.element);
  const overlay = h("p", { class: "overlay", role: "status" });
  const picture = h("div", { class: "picture", "data-testid": "stage" }, points.element, images, overlay);
  const caption = h("p", { class: "caption" });
  const credit = createCredit(datasets);

  const pointsLegend = h("div", { class: "legend" },
    key("ring-mark", STAGE.real), key("dot-mark", STAGE.fake),
    h("span", { class: "key scale" }, `${STAGE.surface} `, STAGE.scaleFake, h("i", { class: "ramp" }), STAGE.scaleReal));
  const imagesLegend = h("div", { class: "legend" },
    h("span", { class: "key scale" }, `${STAGE.scoreLegend}: `, STAGE.scaleFake, h("i", { class: "ramp strong" }), STAGE.scaleReal));

  const element = h("section", { class: "stage card", "aria-label": STAGE.label },
    h("div", { class: "stage-head" }, dataSelect.element, pointsLegend, imagesLegend),
    picture, caption, credit.element);

  /** @type {import("../protocol.js").Report | null} */
  let drawn = null;
  onThemeChange(() => { drawn = null; });

  return {
    element,
    /** @param {import("../store.js").State} state */
    update(state) {
      const { kind } = state.experiment.data;
      const isRing = kind === "ring";
      picture.dataset.kind = isRing ? "points" : "images";
      points.element.hidden = !isRing;
      images.hidden = isRing;
      pointsLegend.hidden = !isRing;
      imagesLegend.hidden = isRing;
      setText(caption, STAGE.caption[kind]);
      dataSelect.sync(state.experiment);
      credit.show(kind);
      setText(overlay, overlayText(state));
      picture.classList.toggle("empty", isEmpty(state));

      if (state.report === drawn) return;
      drawn = state.report;
      const shown = state.report?.picture;
      if (shown?.kind === "points") points.draw(shown);
      if (shown?.kind === "images") {
        fakes.draw(shown, shown.fake, shown.fakeScores);
        reals.draw(shown, shown.real, shown.realScores);
      }
    },
  };
}

/** Whether there is no run: what an earlier one drew must not be taken for it. @param {import("../store.js").State} state */
const isEmpty = ({ status, report }) => status === "failed" && report === null;

/** @param {import("../store.js").State} state */
function overlayText(state) {
  if (state.status === "loading") return LOADING[state.loading];
  return isEmpty(state) ? CHARTS.nothing : "";
}

/** @param {string} mark @param {string} text */
const key = (mark, text) => h("span", { class: "key" }, h("i", { class: mark }), text);
