// The toolbar's second row: which run to look at, what to watch for in it, and how to get back to it.
import { ACTIVITIES, ALL_LESSONS } from "../activities.js";
import { h, icon, setText } from "../dom.js";
import { fieldDiffers, knownPreset } from "../fields.js";
import { ACTIVITY, GUIDE, HIDDEN_PRESETS, PRESET_GROUPS, presetText } from "../texts.js";

/** What is no change of a preset: the visitor's device, and what they brought. */
const KEPT = ["device", "data.id", "data.columns"];

const ICONS = {
  lessons: "M12 6.5C10 5 7 4.5 4 4.8v13c3-.3 6 .2 8 1.7 2-1.5 5-2 8-1.7v-13c-3-.3-6 .2-8 1.7ZM12 6.5v13",
  slow: "M4 6l7 6-7 6zM13 6v12M17 6v12",
  game: "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12ZM12 9.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6Z",
  compare: "M4 5h7v14H4zM13 5h7v14h-7z",
};

/** The menu's place for a model that was opened: no preset has such a name. */
const FILE = " file";

/** @typedef {import("../store.js").State} State */

/** @param {import("../store.js").Store} store @param {import("../fields.js").Catalogue} catalogue */
export function createGuide(store, catalogue) {
  // They are shown when own data were chosen, and cannot be chosen before.
  const hidden = HIDDEN_PRESETS.map((name) => h("option", { value: name, hidden: true, disabled: true }, presetText(name).title));
  const file = h("option", { value: FILE, hidden: true, disabled: true });
  const select = h("select", {
    id: "preset", "data-testid": "preset", "aria-describedby": "preset-watch", change: () => store.choosePreset(select.value),
  }, ...groupsOf(catalogue.presets.map(({ name }) => name)), ...hidden, file);
  const watch = h("p", { id: "preset-watch", class: "watch", "data-testid": "watch" });
  const back = h("button", {
    type: "button", class: "quiet", "data-testid": "preset-back", title: GUIDE.backHint,
    click: () => store.undoChanges(),
  }, GUIDE.back);
  /** @param {"lessons" | "slow" | "game" | "compare"} name @param {(state: State) => boolean} isOpen @param {(open: boolean) => void} toggle */
  const opener = (name, isOpen, toggle) => {
    const button = h("button", {
      type: "button", class: "quiet", "data-part": name, "data-testid": `open-${name}`, title: ACTIVITY[`${name}Hint`], "aria-pressed": "false",
      click: () => toggle(button.getAttribute("aria-pressed") !== "true"),
    }, icon(ICONS[name]), h("span", { class: "label" }, ACTIVITY[name]));
    return { button, sync: (/** @type {State} */ state) => button.setAttribute("aria-pressed", String(isOpen(state))) };
  };
  const openers = [
    opener("lessons", ({ view }) => view.lesson !== null, (open) => store.setView({ lesson: open ? ALL_LESSONS : null, at: 1 })),
    .../** @type {const} */ (["slow", "game", "compare"]).map((name) =>
      opener(name, ({ view }) => view.open === name, (open) => store.setView({ open: open ? name : null }))),
  ].filter(({ button }) => String(button.dataset.part) in ACTIVITIES);
  const nav = h("nav", { class: "openers", "aria-label": ACTIVITY.label }, ...openers.map(({ button }) => button));
  // What can be opened is no part of the preset: a link that hides the one still shows the other.
  const element = h("section", { class: "guide", "aria-label": GUIDE.label },
    h("div", { class: "guide-preset", "data-part": "preset" },
      h("label", { class: "field-row" }, h("span", { class: "field-name" }, GUIDE.preset), select), watch, back),
    nav);

  /** @type {import("../protocol.js").Experiment | null} */
  let shown = null;

  return {
    element,
    /** @param {import("../store.js").State} state */
    update(state) {
      const { preset, experiment, loaded } = state;
      openers.forEach(({ sync }) => sync(state));
      if (experiment === shown) return;
      shown = experiment;
      file.hidden = loaded === null;
      if (loaded) setText(file, GUIDE.file(loaded.name));
      select.value = loaded ? FILE : preset;
      setText(watch, loaded ? GUIDE.fileWatch(loaded.about.step) : presetText(preset).watch);
      const base = loaded?.about.experiment ?? knownPreset(catalogue, preset);
      const changed = catalogue.fields.some((field) => !KEPT.includes(field.path) && fieldDiffers(field, experiment, base));
      back.classList.toggle("idle", !changed);
    },
  };
}

/** Presets under their headings; those that no heading names come last. @param {string[]} names */
function groupsOf(names) {
  const named = [...PRESET_GROUPS.flatMap(({ presets }) => presets), ...HIDDEN_PRESETS];
  const others = names.filter((name) => !named.includes(name));
  return [...PRESET_GROUPS, { title: GUIDE.others, presets: others }]
    .map(({ title, presets }) => ({ title, presets: presets.filter((name) => names.includes(name)) }))
    .filter(({ presets }) => presets.length > 0)
    .map(({ title, presets }) => h("optgroup", { label: title },
      ...presets.map((name) => h("option", { value: name }, presetText(name).title))));
}
