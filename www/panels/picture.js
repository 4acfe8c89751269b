// The picture of a run, whatever it is of: points in the plane, a table's pairs, or images; and what its colours mean. The stage
// shows one, a comparison two. It draws what it is given and must not change a run.
import { createImageGrid } from "../charts/image-grid.js";
import { createPairPlot } from "../charts/pair-plot.js";
import { createPointsPlot } from "../charts/points-plot.js";
import { h, setText } from "../dom.js";
import { drawnAs } from "../fields.js";
import { CHARTS, LOADING, STAGE, className } from "../texts.js";
import { onThemeChange } from "../theme.js";

/** @typedef {import("../store.js").State} State */

/** @param {object} how
 * @param {string} how.testid
 * @param {boolean} [how.besideReals]  whether fakes that are images have reals beside them */
export function createPicture({ testid, besideReals = true }) {
  const points = createPointsPlot();
  const pairs = createPairPlot();
  const fakes = createImageGrid(STAGE.fakes, "fake");
  const reals = besideReals ? createImageGrid(STAGE.reals, "real") : null;
  const images = h("div", { class: "grids" }, fakes.element, ...(reals ? [reals.element] : []));
  const overlay = h("p", { class: "overlay", role: "status" });
  const element = h("div", { class: besideReals ? "picture" : "picture alone", "data-testid": testid },
    points.element, pairs.element, images, overlay);

  /** @type {import("../protocol.js").Report | null} */
  let drawn = null;
  onThemeChange(() => { drawn = null; });

  /** @param {import("../protocol.js").Report | null} report @param {string} kind  of the data */
  function draw(report, kind) {
    drawn = report;
    const shown = report?.picture;
    if (shown?.kind === "points") points.draw(shown);
    if (shown?.kind === "table") pairs.draw(shown);
    if (shown?.kind === "images") {
      const named = { ...shown, rowClasses: shown.rowClasses.map((given, i) => className(kind, i, given).name) };
      element.style.setProperty("--names", String(Math.max(...named.rowClasses.map((name) => name.length), 0)));
      fakes.draw(named, shown.fake, shown.fakeScores);
      reals?.draw(named, shown.real, shown.realScores);
    }
  }

  return {
    element,
    /** What the studio asks for, on top of points. @type {(overlay: import("../charts/points-plot.js").Overlay | null) => void} */
    show: points.show,
    /** For whoever cannot see it; a table is read cell by cell. @param {string[]} words  of the picture, or of fakes and reals */
    describe([first, second]) {
      const { kind } = element.dataset;
      if (kind === "points") points.describe(first);
      if (kind === "images" && second) {
        fakes.describe(first);
        reals?.describe(second);
      }
    },
    /** The part that is filmed, as it looks now. @returns {import("../film/shot.js").Shot} */
    shot() {
      if (element.dataset.kind === "images") return fakes.shot();
      const { canvas } = element.dataset.kind === "points" ? points : pairs;
      return { canvas, left: 0, top: 0, width: canvas.width, height: canvas.height };
    },
    /** @param {State} state */
    update(state) {
      const as = drawnAs(state.experiment);
      element.dataset.kind = as;
      element.classList.toggle("by-class", state.experiment.conditional && as === "images");
      points.element.hidden = as !== "points";
      pairs.element.hidden = as !== "table";
      images.hidden = as !== "images";
      setText(overlay, overlayText(state));
      element.classList.toggle("empty", isEmpty(state));
      if (state.report !== drawn) draw(state.report, state.experiment.data.kind);
    },
  };
}

/** What the colours of a picture mean. */
export function createLegend() {
  const points = h("div", { class: "legend" },
    key("ring-mark", STAGE.real), key("dot-mark", STAGE.fake),
    h("span", { class: "key scale" }, `${STAGE.surface} `, STAGE.scaleFake, h("i", { class: "ramp" }), STAGE.scaleReal));
  const images = h("div", { class: "legend" },
    h("span", { class: "key scale" }, `${STAGE.scoreLegend}: `, STAGE.scaleFake, h("i", { class: "ramp strong" }), STAGE.scaleReal));
  return {
    elements: [points, images],
    /** @param {import("../protocol.js").Experiment} experiment */
    update(experiment) {
      points.hidden = drawnAs(experiment) !== "points";
      images.hidden = drawnAs(experiment) !== "images";
    },
  };
}

/** Whether there is no run: what an earlier one drew must not be taken for it. @param {State} state */
const isEmpty = ({ status, report }) => status === "failed" && report === null;

/** @param {State} state */
function overlayText(state) {
  if (state.status === "loading") return LOADING[state.loading];
  return isEmpty(state) ? CHARTS.nothing : "";
}

/** @param {string} mark @param {string} text */
const key = (mark, text) => h("span", { class: "key" }, h("i", { class: mark }), text);
