// The middle of the page: which data, the picture of the run, what its colours mean, and where the data comes from.
import { h, icon, setText } from "../dom.js";
import { drawnAs, findField } from "../fields.js";
import { number } from "../language.js";
import { STAGE } from "../texts.js";
import { createControl } from "./control.js";
import { createCredit } from "./credit.js";
import { createLegend, createPicture } from "./picture.js";
import { createRecord } from "./record.js";

const UPLOAD = "M12 16V4.5M7.5 9 12 4.5 16.5 9M4.5 15v4.5h15V15";

/**
 * @param {import("../store.js").Store} store
 * @param {import("../fields.js").Catalogue} catalogue
 * @param {string} assets  the address that data files lie below
 */
export function createStage(store, catalogue, assets) {
  const dataSelect = createControl(findField(catalogue, "data.kind"), store, { testid: "data-select", label: STAGE.imitate, help: false });
  const { element: picture, show, describe, shot, update: updatePicture } = createPicture({ testid: "stage" });
  const legend = createLegend();
  const caption = h("p", { class: "caption" }, STAGE.imagesCaption);
  const credit = createCredit(assets);

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

  const record = createRecord(shot);
  picture.append(record.said);

  const element = h("section", { class: "stage card", "data-part": "stage", "aria-label": STAGE.label },
    h("div", { class: "stage-head" }, h("div", { class: "stage-data", "data-part": "imitate" }, dataSelect.element, ownButton), ...legend.elements),
    picture, h("div", { class: "stage-foot" }, caption, average, moving, record.element), credit.element);

  // How far down the picture begins: what is above it can leave the page while the picture stays.
  new ResizeObserver(() => {
    const above = picture.getBoundingClientRect().top - element.getBoundingClientRect().top;
    element.style.setProperty("--above", `${Math.round(above)}px`);
  }).observe(picture);

  return {
    element,
    /** What the studio asks for, on top of points. @type {(overlay: import("../charts/points-plot.js").Overlay | null) => void} */
    show,
    describe,
    /** @param {import("../store.js").State} state */
    update(state) {
      const { data: { kind }, stabilisers } = state.experiment;
      const as = drawnAs(state.experiment);
      legend.update(state.experiment);
      moving.hidden = as !== "points";
      moves.checked = state.transport;
      length.hidden = !state.transport;
      const { picture: shownNow } = state.report ?? {};
      const way = shownNow?.kind === "points" ? shownNow.transport : null;
      setText(meanLength, way ? number(way.meanLength.toPrecision(3)) : "–");
      average.hidden = !(stabilisers.ema_half_life > 0 && stabilisers.ema_shown);
      caption.hidden = as !== "images";
      dataSelect.sync(state);
      credit.show(kind);
      updatePicture(state);
      record.update(state);
    },
  };
}
