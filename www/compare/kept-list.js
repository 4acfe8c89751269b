// The list of the last runs that were kept: each can be drawn into the charts, opened again, or deleted.
import { h, setText } from "../dom.js";
import { number } from "../language.js";
import { nameOf } from "./describe.js";
import { COMPARE } from "./texts.js";

/** @typedef {import("./kept.js").Kept} Kept */

/** @param {import("./kept.js").KeptRuns} runs @param {import("../store.js").Store} store @param {import("../fields.js").Catalogue} catalogue */
export function createKeptList(runs, store, catalogue) {
  const list = h("ul", { class: "kept-runs", "data-testid": "kept-runs" });
  const note = h("p", { class: "help" });
  const element = h("section", { class: "card compare-kept", "aria-labelledby": "kept-title" },
    h("h3", { id: "kept-title", tabindex: "-1" }, COMPARE.kept.title), note, list);
  /** Which are drawn. @type {Set<number>} */
  const chosen = new Set();
  /** @type {Kept[]} */
  let shown = [];

  /** @param {Kept} run */
  function createItem(run) {
    const { id, link, steps } = run;
    const name = `${id} · ${nameOf(run, catalogue)}`;
    const box = h("input", {
      type: "checkbox", "data-testid": "overlay", "aria-label": COMPARE.kept.overlay(name),
      change: () => {
        if (box.checked) chosen.add(id);
        else chosen.delete(id);
        store.touch();
      },
    });
    box.checked = chosen.has(id);
    const open = h("button", { type: "button", "aria-label": COMPARE.kept.openOf(name), click: () => store.openExperiment(link) }, COMPARE.kept.open);
    const remove = h("button", {
      type: "button", class: "quiet", "data-testid": "delete-run", "aria-label": COMPARE.kept.removeOf(name),
      click: () => {
        chosen.delete(id);
        runs.remove(id);
        document.getElementById("kept-title")?.focus();
      },
    }, COMPARE.kept.remove);
    return h("li", { "data-id": String(id) },
      h("label", {}, box, h("span", { class: "kept-name", title: name }, name)),
      h("span", { class: "help" }, [COMPARE.kept.steps(steps), ...figuresOf(run)].join(", ")), open, remove);
  }

  function show() {
    shown = runs.list();
    list.replaceChildren(...shown.map(createItem));
    setText(note, shown.length === 0 ? COMPARE.kept.none : runs.isStored() ? COMPARE.kept.intro : COMPARE.kept.notStored);
    store.touch();
  }
  runs.onChange(show);
  show();

  return {
    element,
    /** Those that are to be drawn, the newest first. */
    overlaid: () => shown.filter(({ id }) => chosen.has(id)),
  };
}

const three = (/** @type {number} */ value) => number(value.toPrecision(3));

/** @param {Kept} run @returns {string[]} */
function figuresOf({ last: { lossD, lossG, captured, highQuality, frechet } }) {
  const losses = COMPARE.kept.losses([lossD, lossG].map(three).join(" / "));
  if (captured !== null && highQuality !== null) return [losses, COMPARE.kept.figure(String(captured), number(highQuality.toFixed(2)))];
  return frechet === null ? [losses] : [losses, COMPARE.kept.frechet(three(frechet))];
}
