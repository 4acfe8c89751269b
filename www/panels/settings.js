// The left column: every setting of the experiment that the toolbar and the stage do not show, in groups.
// It follows the catalogue, so a new field in the crate needs a label in `texts.js` and nothing here.
import { h } from "../dom.js";
import { fieldApplies } from "../fields.js";
import { GROUPS, SETTINGS } from "../texts.js";
import { createControl } from "./control.js";

/** Where else a setting has its place. */
const ELSEWHERE = ["device", "data.kind"];

/** @param {import("../store.js").Store} store @param {import("../fields.js").Catalogue} catalogue */
export function createSettings(store, catalogue) {
  const fields = catalogue.fields.filter(({ path }) => !ELSEWHERE.includes(path));
  const controls = fields.map((field) => ({
    field,
    control: createControl(field, store, field.path === "seed" ? { testid: "seed" } : {}),
  }));

  const groups = GROUPS.map(({ title, paths, note }) => {
    const members = controls.filter(({ field }) => paths.some((path) => field.path.startsWith(path)));
    const element = h("details", { class: "group", open: true },
      h("summary", {}, h("span", { class: "group-title" }, title), h("span", { class: "group-note" }, note ?? "")),
      ...members.map(({ control }) => control.element));
    return { element, members };
  });

  const element = h("section", { class: "settings card", "aria-labelledby": "settings-title" },
    h("h2", { id: "settings-title" }, SETTINGS.title),
    h("p", { class: "help intro" }, SETTINGS.intro),
    h("div", { class: "groups" }, ...groups.map((group) => group.element)));

  return {
    element,
    /** @param {import("../store.js").State} state */
    update({ experiment }) {
      for (const { field, control } of controls) {
        control.element.hidden = !fieldApplies(field, experiment);
        control.sync(experiment);
      }
      for (const group of groups) group.element.hidden = group.members.every(({ control }) => control.element.hidden);
    },
  };
}
