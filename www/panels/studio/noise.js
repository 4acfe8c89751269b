// The tab of noise: a slider for each dimension, what is drawn at random, truncation, and the class where G is told one.
import { h, icon, setText } from "../../dom.js";
import { number } from "../../language.js";
import { reachOf } from "../../studio/codes.js";
import { NOISE, axisName, signed } from "../../studio/texts.js";
import { createClasses } from "./classes.js";
import { createSlider } from "./slider.js";

/** @typedef {import("../../studio/studio.js").Studio} Studio */

/** Sliders that are seen without unfolding anything. */
const GROUP = 16;

const ICONS = {
  random: "M4 7h3.5L16 17h4M17.5 14.5 20 17l-2.5 2.5M4 17h3.5l2.2-2.7M13.7 9.6 16 7h4M17.5 4.5 20 7l-2.5 2.5",
  open: "M7 11h10v8.5H7zM9 11V8a3 3 0 0 1 5.8-1",
  locked: "M7 11h10v8.5H7zM9 11V8a3 3 0 0 1 6 0v3",
};

/** @param {Studio} studio */
export function createNoise(studio) {
  const random = h("button", { type: "button", "data-testid": "studio-random", title: NOISE.randomHint, click: () => studio.change((state) => state.randomise()) },
    icon(ICONS.random), NOISE.random);
  const reset = h("button", { type: "button", "data-testid": "studio-reset", title: NOISE.resetHint, click: () => studio.change((state) => state.reset()) }, NOISE.reset);
  const all = h("input", {
    type: "checkbox", role: "switch", "data-testid": "move-all",
    change: () => studio.note((state) => { state.moveAll = all.checked; }),
  });
  const search = h("input", {
    type: "search", inputmode: "numeric", autocomplete: "off", "data-testid": "z-search", "aria-label": NOISE.search, placeholder: NOISE.searchPlaceholder,
    title: NOISE.search, input: find,
  });
  const none = h("p", { class: "help", role: "status", hidden: true });
  const psi = createSlider({
    testid: "psi", name: NOISE.psi, label: NOISE.psi, min: 0, max: 1.5, step: 0.05, rest: 1, format: (value) => number(value.toFixed(2)),
    onInput: (value) => studio.change((state) => state.setPsi(value)),
  });
  psi.element.classList.add("psi");
  const classes = createClasses(studio);
  const groups = h("div", { class: "slider-groups" });
  const element = h("div", { class: "studio-tab" },
    h("div", { class: "studio-row" }, random, reset, h("label", { class: "key", title: NOISE.allHint }, all, NOISE.all)),
    h("div", {}, psi.element, h("p", { class: "help" }, NOISE.psiHelp)),
    classes.element, h("div", { class: "z-groups" }, search, none, groups));

  /** @type {{slider: import("./slider.js").Slider, lock: HTMLButtonElement}[]} */
  let sliders = [];
  let made = "";

  function make() {
    const { dims, distribution } = studio.state;
    if (made === `${dims} ${distribution}`) return;
    made = `${dims} ${distribution}`;
    const reach = reachOf(distribution);
    sliders = Array.from({ length: dims }, (_, k) => {
      const lock = h("button", {
        type: "button", class: "lock", "data-testid": `z-lock-${k}`, "aria-label": NOISE.lock(k), title: NOISE.lockHint,
        click: () => studio.note(({ locks }) => { locks[k] = !locks[k]; }),
      }, icon(ICONS.open), icon(ICONS.locked));
      const slider = createSlider({
        testid: `z-slider-${k}`, name: axisName(k), label: NOISE.slider(k), min: -reach, max: reach, step: reach === 3 ? 0.05 : reach / 40,
        rest: 0, hint: NOISE.sliderHint, format: signed, onInput: (value) => studio.change((state) => state.setCoordinate(k, value)), more: [lock],
      });
      return { slider, lock };
    });
    const lots = Array.from({ length: Math.ceil(dims / GROUP) }, (_, i) => sliders.slice(i * GROUP, (i + 1) * GROUP));
    groups.replaceChildren(...lots.map((lot, i) => {
      const list = h("div", { class: "sliders" }, ...lot.map(({ slider }) => slider.element));
      if (lots.length === 1) return list;
      return h("details", i === 0 ? { open: true } : {}, h("summary", {}, NOISE.group(i * GROUP, i * GROUP + lot.length - 1)), list);
    }));
    search.hidden = dims <= GROUP;
    search.value = "";
    find();
  }

  /** Shows the one slider that is asked for. */
  function find() {
    const wanted = search.value.trim().replace(/^z/i, "");
    const at = wanted === "" ? null : Number(wanted) - 1;
    const found = at === null || sliders[at] !== undefined;
    setText(none, found ? "" : NOISE.none(sliders.length));
    none.hidden = found;
    sliders.forEach(({ slider }, k) => { slider.element.hidden = found && at !== null && k !== at; });
    for (const group of groups.querySelectorAll("details")) {
      const holds = [...group.querySelectorAll(".slider")].some((one) => !(/** @type {HTMLElement} */ (one).hidden));
      group.hidden = !holds;
      if (at !== null && found && holds) group.open = true;
    }
  }

  return {
    element,
    update() {
      const { state, about } = studio;
      if (!about) return;
      make();
      const code = state.codes[state.chosen];
      sliders.forEach(({ slider, lock }, k) => {
        slider.sync(code[k]);
        lock.setAttribute("aria-pressed", String(state.locks[k]));
      });
      psi.sync(state.psi);
      all.checked = state.moveAll;
      classes.update();
    },
  };
}
