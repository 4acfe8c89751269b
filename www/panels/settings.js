// The left column: every setting of the experiment that the toolbar and the stage do not show, in groups that fold.
// It follows the catalogue, so a new field in the crate needs a label in `texts.js` and nothing here.
import { h, setText } from "../dom.js";
import { fieldApplies, fieldDiffers, knownPreset } from "../fields.js";
import { isDrawing } from "../strokes.js";
import { GROUPS, OBJECTIVES, SETTINGS, className } from "../texts.js";
import { createClassControl } from "./class-control.js";
import { createControl } from "./control.js";
import { createDrawPad } from "./draw-pad.js";

/** Where else a setting has its place. */
const ELSEWHERE = ["device", "data.kind", "data.id"];

/** Settings that are no plain input. @type {Record<string, (field: import("../fields.js").Field,
 *   store: import("../store.js").Store) => import("./control.js").Control>} */
const SPECIAL = {
  "data.strokes": createDrawing,
  "data.only": (field, store) => createClassControl(field, store, ({ data, experiment }) =>
    data?.classes.map(({ name }, i) => className(experiment.data.kind, i, name).name) ?? []),
  "data.columns": (field, store) => createClassControl(field, store, ({ columns }) => columns),
};

/** @param {import("../store.js").Store} store @param {import("../fields.js").Catalogue} catalogue */
export function createSettings(store, catalogue) {
  // What is marked as changed is what differs from the plainest run.
  const plain = knownPreset(catalogue, catalogue.presets[0].name);
  const controls = catalogue.fields.filter(({ path }) => !ELSEWHERE.includes(path)).map((field) => ({
    field,
    control: SPECIAL[field.path]?.(field, store) ?? createControl(field, store, field.path === "seed" ? { testid: "seed" } : {}),
  }));
  const objective = createFormula();

  const groups = GROUPS.map(({ key, title, paths, note, open }) => {
    const members = controls.filter(({ field }) => paths.some((path) => field.path.startsWith(path)));
    const explained = h("span", { class: "group-note" }, note);
    const changed = h("span", { class: "changed", hidden: true });
    const element = h("details", { class: "group", "data-testid": `group-${key}`, "data-part": key === "data" ? "settings-data" : key, open },
      h("summary", { title: note },
        h("span", { class: "group-title" }, title), explained, changed),
      ...members.map(({ control }) => control.element));
    if (key === "objective") members[0].control.element.after(objective.element);
    return { element, members, explained, changed };
  });

  const element = h("section", { class: "settings card", "data-part": "settings", "aria-labelledby": "settings-title" },
    h("h2", { id: "settings-title" }, SETTINGS.title),
    h("p", { class: "help intro" }, SETTINGS.intro),
    h("div", { class: "groups" }, ...groups.map((group) => group.element)));

  /** @type {import("../protocol.js").Experiment | null} */
  let shown = null;
  /** @type {import("../store.js").State["data"]} */
  let data = null;
  /** @type {import("../store.js").State["refusal"]} */
  let refusal = null;

  return {
    element,
    /** @param {import("../store.js").State} state */
    update(state) {
      const { experiment } = state;
      if (experiment === shown && state.data === data && state.refusal === refusal) return;
      shown = experiment;
      data = state.data;
      for (const { field, control } of controls) {
        control.element.hidden = !fieldApplies(field, experiment);
        control.sync(state);
      }
      for (const { element: group, members, explained, changed } of groups) {
        group.hidden = members.every(({ control }) => control.element.hidden);
        const count = members.filter(({ field }) => fieldDiffers(field, experiment, plain)).length;
        changed.hidden = count === 0;
        explained.hidden = count > 0;
        setText(changed, SETTINGS.changed(count));
      }
      objective.show(experiment.objective.kind);
      if (state.refusal !== refusal) {
        refusal = state.refusal;
        // A sentence in a folded group tells nobody anything.
        const group = groups.find(({ members }) => members.some(({ field }) => field.path === refusal?.path));
        if (group) group.element.open = true;
      }
    },
  };
}

/** @param {import("../fields.js").Field} field @param {import("../store.js").Store} store
 * @returns {import("./control.js").Control} */
function createDrawing(field, store) {
  // Of less than that the pad itself says that it is too little.
  const pad = createDrawPad({ onChange: (text) => { if (isDrawing(text)) store.setField(field.path, text); } });
  return {
    element: h("div", { class: "field", "data-testid": `setting-${field.path}` }, pad.element),
    sync({ experiment: { data } }) {
      if (data.kind === "drawn") pad.set(data.strokes);
    },
  };
}

/** What D and G minimise under the chosen objective. */
function createFormula() {
  const d = h("p", { class: "formula" });
  const g = h("p", { class: "formula" });
  const note = h("p", {});
  const element = h("div", { class: "objective" },
    h("b", { "data-tone": "d" }, SETTINGS.minimises.d), d,
    h("b", { "data-tone": "g" }, SETTINGS.minimises.g), g,
    note, h("p", { class: "help" }, SETTINGS.symbols));
  /** Lines break between terms alone. @param {string[]} terms */
  const termsOf = (terms) => terms.flatMap((term) => [h("span", {}, term), " "]);
  let shown = "";
  return {
    element,
    /** @param {string} kind */
    show(kind) {
      if (kind === shown) return;
      shown = kind;
      const text = OBJECTIVES[kind];
      element.hidden = text === undefined;
      d.replaceChildren(...termsOf(text?.d ?? []));
      g.replaceChildren(...termsOf(text?.g ?? []));
      setText(note, text?.note ?? "");
    },
  };
}
