// The page's entry: makes the store, the worker's session and the panels, and joins them. Commands flow one way,
// events the other, and everything is drawn at most once in an animation frame.
import "uplot/dist/uPlot.min.css";
import "./style.css";
import { h } from "./dom.js";
import { createActivities } from "./activities.js";
import { breathe } from "./breathe.js";
import fields from "./fields.json";
import "./panels/draw-pad.css";
import "./panels/record.css";
import "./charts/pair-plot.css";
import "./studio/studio.css";
import "./sharing/parts-view.css";
import "./sharing/embed.css";
import { createKeptRuns } from "./compare/kept.js";
import { createExportButton } from "./export/open.js";
import { createLibrary } from "./own/library.js";
import { createAbout } from "./panels/about.js";
import { createAlerts } from "./panels/alerts.js";
import { createCharts } from "./panels/charts.js";
import { createDiagnosis } from "./panels/diagnosis.js";
import { createGuide } from "./panels/guide.js";
import { createOwnData } from "./panels/own-data.js";
import { createSettings } from "./panels/settings.js";
import { createStage } from "./panels/stage.js";
import { createStudioCard } from "./panels/studio/card.js";
import { createToolbar } from "./panels/toolbar.js";
import { createValues } from "./panels/values.js";
import { isAmong } from "./parts.js";
import { createSession } from "./session.js";
import { createMode } from "./sharing/mode.js";
import { createPartsView } from "./sharing/parts-view.js";
import { createSpoken } from "./spoken/spoken.js";
import { onceSettled } from "./offline/when.js";
import { followLinks, onMissing } from "./language.js";
import { createStore } from "./store.js";
import { PAGE } from "./texts.js";
import { startTheme } from "./theme.js";

const catalogue = /** @type {import("./fields.js").Catalogue} */ (/** @type {unknown} */ (fields));
const assets = new URL("./", document.baseURI).href;

startTheme();
document.documentElement.lang = PAGE.language;
document.title = PAGE.title;
document.querySelector("meta[name=description]")?.setAttribute("content", PAGE.description);
followLinks();
const send = createSession((event) => store.receive(event));
const library = createLibrary();
const store = createStore({ catalogue, send, assets, own: library });
const runs = createKeptRuns(catalogue);
store.onRunEnd(runs.keep);

// A mistake of the page's own is told like any other. The one exception is no mistake: the browser says so when an
// observer of sizes changes a size, and then tells the rest in the next frame.
addEventListener("error", ({ message }) => {
  if (!message.startsWith("ResizeObserver loop")) store.pageFailed(message);
});
addEventListener("unhandledrejection", ({ reason }) => store.pageFailed(String(reason)));

// The module and the data are on their way while the page is made. That is done piece by piece, so that the browser can
// paint in between; what stands in index.html is seen until all of it is there, and nothing moves.
store.start();

/** @typedef {import("./store.js").State} State */

/** A panel as it stands at first. @template {{update(state: State, now: number): void}} P @param {() => P} make @returns {Promise<P>} */
async function piece(make) {
  await breathe();
  const panel = make();
  panel.update(store.state, 0);
  return panel;
}

const stage = await piece(() => createStage(store, catalogue, assets));
const charts = await piece(createCharts);
const panels = {
  toolbar: await piece(() => createToolbar(store, catalogue, createExportButton({ store, catalogue, assets, library }))),
  guide: await piece(() => createGuide(store, catalogue)),
  alerts: await piece(() => createAlerts(store)),
  own: await piece(() => createOwnData(store, library)),
  settings: await piece(() => createSettings(store, catalogue)),
  diagnosis: await piece(createDiagnosis),
  stage,
  studio: await piece(() => createStudioCard(store, { assets, library, onStage: stage.show })),
  values: await piece(createValues),
  about: await piece(() => createAbout(store)),
  charts,
  spoken: await piece(() => createSpoken(charts, stage)),
  mode: await piece(() => createMode(store, catalogue)),
  withheld: await piece(() => createPartsView(store)),
};
await breathe();
const side = h("div", { class: "side" }, panels.settings.element);
const centre = h("div", { class: "centre" }, panels.diagnosis.element, panels.stage.element, panels.studio.element, panels.values.element, panels.about.element);
const activities = createActivities({ store, catalogue, assets, library, runs }, { side, centre });
document.body.replaceChildren(
  panels.toolbar.element,
  panels.guide.element,
  panels.alerts.element,
  panels.own.element,
  h("main", {}, side, centre, panels.charts.element),
  h("footer", { class: "page-foot" }, panels.withheld.element, panels.mode.element),
);

let frame = 0;
store.subscribe((state) => {
  frame ||= requestAnimationFrame((now) => {
    frame = 0;
    document.body.dataset.status = state.status;
    document.body.dataset.open = state.view.open ?? "";
    Object.values(panels).forEach((panel) => panel.update(state, now));
    // A page inside another one has no room for them.
    if (state.view.mode !== "embed") activities.update(state, now);
  });
});

// Space plays and pauses wherever it has no meaning of its own, unless a link locks that.
let locked = /** @type {string[]} */ ([]);
store.subscribe(({ view }) => { locked = view.locked; });
addEventListener("keydown", (event) => {
  const target = /** @type {Element} */ (event.target);
  if (event.key !== " " || event.repeat || target.closest("input, select, textarea, button, summary, a, dialog") || isAmong("play", locked)) return;
  event.preventDefault();
  store.togglePlay();
});

// Kept for use with no network, unless that part of the page does not arrive: then it is when the page is opened again.
onceSettled(store, () => {
  import("./offline/panel.js").then(({ startOffline }) => startOffline(store, side)).catch(() => {});
});

onMissing((cause) => store.pageFailed(String(cause)));
