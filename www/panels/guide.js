// The toolbar's second row: which run to look at, what to watch for in it, and how to get back to it.
import { h, setText } from "../dom.js";
import { fieldDiffers, knownPreset } from "../fields.js";
import { GUIDE, HIDDEN_PRESETS, PRESET_GROUPS, presetText } from "../texts.js";

/** What is no change of a preset: the visitor's device, and what they brought. */
const KEPT = ["device", "data.id", "data.columns"];

/** The menu's place for a model that was opened: no preset has such a name. */
const FILE = " file";

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
  const element = h("section", { class: "guide", "data-part": "preset", "aria-label": GUIDE.label },
    h("label", { class: "field-row" }, h("span", { class: "field-name" }, GUIDE.preset), select), watch, back);

  /** @type {import("../protocol.js").Experiment | null} */
  let shown = null;

  return {
    element,
    /** @param {import("../store.js").State} state */
    update({ preset, experiment, loaded }) {
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
