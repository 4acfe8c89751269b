// The comparison: two pictures side by side, what differs between them, overlaid charts, and the last runs. It is fetched when it is
// first opened; B exists only while it is open. While it is, it takes the place of stage and charts: A's picture is in it.
import "./compare.css";
import { h, setText } from "../dom.js";
import { parseHash } from "../hash.js";
import { createLegend, createPicture } from "../panels/picture.js";
import { ALERTS, DIAGNOSIS, FAILURES, diagnosisText, presetText } from "../texts.js";
import { differencesThatApply } from "../versus.js";
import { createCompareCharts } from "./charts.js";
import { settingText, valueText } from "./describe.js";
import { createDifferences } from "./differences.js";
import { createKeptList } from "./kept-list.js";
import { PAIRS as PAIR_LINKS } from "./pairs.js";
import { createTandem, stepOf } from "./tandem.js";
import { COMPARE, PAIRS } from "./texts.js";

/** @typedef {import("../store.js").State} State */

/** @param {import("../activities.js").Context} context */
export function createPanel(context) {
  const { store, catalogue, runs } = context;
  const tandem = createTandem(context);
  tandem.b.onRunEnd(runs.keep);
  const differences = createDifferences(store, catalogue);
  const kept = createKeptList(runs, store, catalogue);
  const charts = createCompareCharts();
  const legend = createLegend();
  const [sideA, sideB] = [createSide("a"), createSide("b")];
  const failure = createFailure(store, tandem.b);
  sideB.place.append(failure.element);

  const links = PAIR_LINKS.map(({ name, hash }) => {
    const { preset, view: { versus } } = parseHash(hash, catalogue);
    return { name, hash, is: (/** @type {State} */ state) => state.preset === preset && JSON.stringify(state.view.versus) === JSON.stringify(versus) };
  });
  const pairs = h("select", {
    id: "compare-pair", "data-testid": "compare-pair", "aria-label": COMPARE.pairs,
    change: () => {
      const chosen = links.find(({ name }) => name === pairs.value);
      if (chosen) store.openExperiment(chosen.hash);
    },
  }, h("option", { value: "" }, COMPARE.pairsFirst), ...links.map(({ name }) => h("option", { value: name }, PAIRS[name].title)));
  const watch = h("p", { class: "compare-watch", "data-testid": "compare-watch", role: "status" });
  const close = h("button", { type: "button", class: "quiet", title: COMPARE.closeHint, click: () => store.setView({ open: null }) }, COMPARE.close);

  const looks = h("div", { class: "legend compare-looks" },
    h("span", { class: "key" }, h("i", { class: "line-mark" }), COMPARE.solid), h("span", { class: "key" }, h("i", { class: "line-mark dashed" }), COMPARE.dashed));
  const element = h("section", { class: "compare", "data-testid": "compare", "aria-label": COMPARE.label },
    h("header", { class: "card compare-head" },
      h("h2", {}, COMPARE.title), pairs, differences.add, close, watch),
    h("div", { class: "compare-runs" }, sideA.element, sideB.element),
    h("div", { class: "card compare-differs" }, h("div", { class: "compare-key" }, ...legend.elements), differences.element),
    h("div", { class: "compare-side" }, looks, charts.element, kept.element));

  return {
    element,
    /** @param {State} a @param {number} now */
    update(a, now) {
      const open = a.view.open === "compare";
      tandem.setOpen(open);
      if (!open) return;
      const b = tandem.state();
      legend.update(a.experiment);
      const pair = links.find(({ is }) => is(a))?.name ?? "";
      pairs.value = pair;
      setText(watch, pair ? PAIRS[pair].watch : a.view.versus.length > 0 ? COMPARE.intro : COMPARE.nothingDiffers);
      sideA.update(a, presetText(a.preset).title, "");
      const told = differencesThatApply(catalogue, a.experiment, a.view.versus).map(({ path, value }) => `${settingText(path)}: ${valueText(path, value)}`);
      sideB.update(b, told.join(", ") || COMPARE.twin, paceText(a, b));
      failure.update(b);
      differences.update(a, b);
      charts.update(a, b, kept.overlaid(), now);
    },
  };
}

/** One of the two: its name, how its game stands, and its picture. @param {"a" | "b"} letter */
function createSide(letter) {
  const name = h("span", { class: "side-name" });
  const pace = h("span", { class: "side-pace", "data-testid": `compare-pace-${letter}` });
  const diagnosis = h("p", { class: "side-diagnosis", "data-testid": `compare-diagnosis-${letter}` });
  const picture = createPicture({ testid: `compare-picture-${letter}`, besideReals: false });
  const place = h("div", { class: "side-failure" });
  return {
    /** For what went wrong. */
    place,
    element: h("section", { class: "card compare-run", "data-testid": `compare-${letter}`, "aria-label": COMPARE[letter] },
      h("div", { class: "side-head" }, h("h3", {}, h("b", { class: "letter" }, COMPARE.letters[letter]), " ", name), pace), diagnosis, place, picture.element),
    /** @param {State} state @param {string} title @param {string} where */
    update(state, title, where) {
      const { measures } = state;
      setText(name, title);
      name.title = title;
      setText(pace, where);
      diagnosis.hidden = state.status === "failed";
      setText(diagnosis, measures ? diagnosisText(measures.diagnosis) : DIAGNOSIS.none.sentence);
      picture.update(state);
    },
  };
}

/** @param {State} a @param {State} b */
function paceText(a, b) {
  if (b.status === "failed") return COMPARE.pace.broken;
  if (a.status === "loading") return COMPARE.pace.waiting;
  if (b.status === "loading") return COMPARE.pace.building;
  const [stepA, stepB] = [stepOf(a), stepOf(b)];
  // While both play B is always a report behind.
  const behind = stepA - stepB > Math.max(2, b.stepsPerSecond);
  return behind ? COMPARE.pace.catchingUp(stepB, stepA) : COMPARE.pace.together;
}

/** What went wrong with B, in B's column: A has nothing to do with it. @param {import("../store.js").Store} a @param {import("../store.js").Store} b */
function createFailure(a, b) {
  const element = h("div", { class: "compare-failure", role: "alert", "data-testid": "compare-failure" });
  /** @type {State["alerts"] | null} */
  let shown = null;
  return {
    element,
    /** @param {State} state  B's */
    update({ alerts }) {
      if (alerts === shown) return;
      shown = alerts;
      element.replaceChildren(...alerts.flatMap((alert) => (alert.kind === "failure" ? [
        h("p", {}, FAILURES[alert.failure.code].text),
        h("details", {}, h("summary", {}, ALERTS.detail), h("code", {}, alert.failure.detail)),
        h("div", { class: "ways" },
          h("button", { type: "button", click: () => b.reset() }, COMPARE.failed.retry),
          h("button", { type: "button", click: () => a.setView({ versus: [] }) }, COMPARE.failed.takeBack)),
      ] : [])));
    },
  };
}
