// The middle of the page: which data, the picture of the run, what its colours mean, and where the data comes from.
import { createImageGrid } from "../charts/image-grid.js";
import { createPointsPlot } from "../charts/points-plot.js";
import { h, icon, setText } from "../dom.js";
import { createPairPlot } from "../charts/pair-plot.js";
import { drawnAs, findField } from "../fields.js";
import { CHARTS, LOADING, STAGE } from "../texts.js";
import { onThemeChange } from "../theme.js";
import { createControl } from "./control.js";
import { createCredit } from "./credit.js";
import { createRecord } from "./record.js";

const UPLOAD = "M12 16V4.5M7.5 9 12 4.5 16.5 9M4.5 15v4.5h15V15";

/**
 * @param {import("../store.js").Store} store
 * @param {import("../fields.js").Catalogue} catalogue
 * @param {string} assets  the address that data files lie below
 */
export function createStage(store, catalogue, assets) {
  const dataSelect = createControl(findField(catalogue, "data.kind"), store, { testid: "data-select", label: STAGE.imitate, help: false });
  const points = createPointsPlot();
  const pairs = createPairPlot();
  const fakes = createImageGrid(STAGE.fakes, "fake");
  const reals = createImageGrid(STAGE.reals, "real");
  const images = h("div", { class: "grids" }, fakes.element, reals.element);
  const overlay = h("p", { class: "overlay", role: "status" });
  const picture = h("div", { class: "picture", "data-testid": "stage" }, points.element, pairs.element, images, overlay);
  const caption = h("p", { class: "caption" }, STAGE.imagesCaption);
  const credit = createCredit(assets);

  const pointsLegend = h("div", { class: "legend" },
    key("ring-mark", STAGE.real), key("dot-mark", STAGE.fake),
    h("span", { class: "key scale" }, `${STAGE.surface} `, STAGE.scaleFake, h("i", { class: "ramp" }), STAGE.scaleReal));
  const imagesLegend = h("div", { class: "legend" },
    h("span", { class: "key scale" }, `${STAGE.scoreLegend}: `, STAGE.scaleFake, h("i", { class: "ramp strong" }), STAGE.scaleReal));

  const ownButton = h("button", {
    type: "button", class: "quiet", "data-testid": "own-open", title: STAGE.ownHint, click: () => store.setChoosingOwn(true),
  }, icon(UPLOAD), STAGE.own);

  const moves = h("input", {
    type: "checkbox", role: "switch", id: "transport", "data-testid": "transport",
    change: () => store.setTransport(moves.checked),
  });
  const meanLength = h("output", { "data-testid": "earth-movers", "aria-live": "off" });
  const length = h("span", { class: "key" }, STAGE.transport.length, meanLength);
  const moving = h("div", { class: "moving", title: STAGE.transport.hint },
    h("label", { class: "key" }, moves, STAGE.transport.label),
    length);
  const average = h("span", { class: "ema", "data-testid": "ema", title: STAGE.ema.hint }, STAGE.ema.text);

  const record = createRecord(() => {
    if (picture.dataset.kind === "images") return fakes.shot();
    const { canvas } = picture.dataset.kind === "points" ? points : pairs;
    return { canvas, left: 0, top: 0, width: canvas.width, height: canvas.height };
  });
  picture.append(record.said);

  const element = h("section", { class: "stage card", "data-part": "stage", "aria-label": STAGE.label },
    h("div", { class: "stage-head" }, h("div", { class: "stage-data", "data-part": "imitate" }, dataSelect.element, ownButton), pointsLegend, imagesLegend),
    picture, h("div", { class: "stage-foot" }, caption, average, moving, record.element), credit.element);

  // How far down the picture begins: what is above it can leave the page while the picture stays.
  new ResizeObserver(() => {
    const above = picture.getBoundingClientRect().top - element.getBoundingClientRect().top;
    element.style.setProperty("--above", `${Math.round(above)}px`);
  }).observe(picture);

  /** @type {import("../protocol.js").Report | null} */
  let drawn = null;
  onThemeChange(() => { drawn = null; });

  /** @param {import("../protocol.js").Report | null} report */
  function draw(report) {
    drawn = report;
    const shown = report?.picture;
    if (shown?.kind === "points") points.draw(shown);
    if (shown?.kind === "table") pairs.draw(shown);
    if (shown?.kind === "images") {
      picture.style.setProperty("--names", String(Math.max(...shown.rowClasses.map((name) => name.length), 0)));
      fakes.draw(shown, shown.fake, shown.fakeScores);
      reals.draw(shown, shown.real, shown.realScores);
    }
  }

  return {
    element,
    /** What the studio asks for, on top of points. @type {(overlay: import("../charts/points-plot.js").Overlay | null) => void} */
    show: points.show,
    /** @param {import("../store.js").State} state */
    update(state) {
      const { data: { kind }, stabilisers, conditional } = state.experiment;
      const as = drawnAs(state.experiment);
      picture.dataset.kind = as;
      picture.classList.toggle("by-class", conditional && as === "images");
      points.element.hidden = as !== "points";
      pairs.element.hidden = as !== "table";
      images.hidden = as !== "images";
      pointsLegend.hidden = as !== "points";
      imagesLegend.hidden = as !== "images";
      moving.hidden = as !== "points";
      moves.checked = state.transport;
      length.hidden = !state.transport;
      const { picture: shownNow } = state.report ?? {};
      const way = shownNow?.kind === "points" ? shownNow.transport : null;
      setText(meanLength, way ? way.meanLength.toPrecision(3) : "–");
      average.hidden = !(stabilisers.ema_half_life > 0 && stabilisers.ema_shown);
      caption.hidden = as !== "images";
      dataSelect.sync(state);
      credit.show(kind);
      setText(overlay, overlayText(state));
      picture.classList.toggle("empty", isEmpty(state));

      if (state.report !== drawn) draw(state.report);
      record.update(state);
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
