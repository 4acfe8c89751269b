// Charts and pictures for whoever cannot see them: keeps what a screen reader reads of each up to date, and says all of it
// when asked. It reads nothing out by itself, for a run changes all the time.
import { h } from "../dom.js";
import { describe } from "./describe.js";
import { SPOKEN } from "./texts.js";
import "./spoken.css";

/** Milliseconds between two descriptions while the run plays. */
const PAUSE = 4000;

/** @typedef {import("../store.js").State} State */

/**
 * @param {{describe(charts: Record<string, string>): void, element: HTMLElement}} charts
 * @param {{describe(pictures: string[]): void}} stage
 */
export function createSpoken(charts, stage) {
  const said = h("div", { role: "status", "aria-label": SPOKEN.label, "data-testid": "spoken" });
  const close = h("button", { type: "button", class: "link", hidden: true, click: () => { show([]); ask.focus(); } }, SPOKEN.close);
  const ask = h("button", { type: "button", class: "link", title: SPOKEN.describeHint, "data-testid": "describe", click: tell }, SPOKEN.describe);
  const element = h("div", { class: "spoken" }, ask, said, close);
  charts.element.append(element);

  /** @type {State | null} */
  let state = null;
  let describedAt = -Infinity;
  /** What the description is of. @type {unknown[]} */
  let described = [];

  function tell() {
    if (!state) return;
    const { charts: sentences, stage: pictures } = describe(state);
    show([...pictures, ...Object.values(sentences)]);
  }

  /** @param {string[]} sentences */
  function show(sentences) {
    close.hidden = sentences.length === 0;
    element.classList.toggle("card", sentences.length > 0);
    said.replaceChildren(...sentences.map((sentence) => h("p", {}, sentence)));
  }

  return {
    element,
    /** @param {State} next @param {number} now */
    update(next, now) {
      state = next;
      if (next.status === "playing" && now - describedAt < PAUSE) return;
      const of = [next.report, next.measures, next.data, next.experiment];
      if (of.every((one, i) => one === described[i])) return;
      described = of;
      describedAt = now;
      const description = describe(next);
      charts.describe(description.charts);
      stage.describe(description.stage);
    },
  };
}
