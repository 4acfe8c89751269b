// Which of the data's classes or columns a run uses, as chips to press. Their names come with the data.
import { h, setText } from "../dom.js";
import { readField } from "../fields.js";
import { CLASSES, fieldText } from "../texts.js";

/**
 * @typedef {import("../fields.js").Field} Field
 * @typedef {import("../store.js").Store} Store
 * @typedef {import("../store.js").State} State
 */

/** @param {Field} field  a list of indices @param {Store} store
 * @param {(state: State) => string[]} namesOf  what the indices stand for @returns {import("./control.js").Control} */
export function createClassControl(field, store, namesOf) {
  const { label, help } = fieldText(field.path);
  const least = field.minItems ?? 0;
  const most = field.maxItems ?? Infinity;
  const problem = h("p", { class: "problem", role: "status", hidden: true });
  const chips = h("div", { class: "chips", role: "group", "aria-label": label });
  const element = h("div", { class: "field", "data-testid": `setting-${field.path}` },
    h("span", { class: "field-name" }, label), chips, h("p", { class: "help" }, help), problem);
  /** Those that are pressed, for none in the list may mean all. @type {number[]} */
  let chosen = [];
  let shownNames = "";

  /** @param {number} index */
  function toggle(index) {
    const next = chosen.includes(index) ? chosen.filter((one) => one !== index) : [...chosen, index].sort((a, b) => a - b);
    const refused = next.length < Math.max(least, 1) ? CLASSES.fewest(Math.max(least, 1)) : next.length > most ? CLASSES.most(most) : "";
    setText(problem, refused);
    problem.hidden = refused === "";
    if (refused) return;
    store.setField(field.path, least === 0 && next.length === chips.children.length ? [] : next);
  }

  return {
    element,
    /** @param {State} state */
    sync(state) {
      const names = namesOf(state);
      const value = /** @type {number[] | undefined} */ (readField(state.experiment, field.path));
      if (value === undefined) return;
      chosen = value.length === 0 ? names.map((_, i) => i) : value;
      if (names.join("\n") !== shownNames) {
        shownNames = names.join("\n");
        chips.replaceChildren(...names.map((name, i) => h("button", { type: "button", "aria-pressed": "false", click: () => toggle(i) }, name)));
        problem.hidden = true;
      }
      [...chips.children].forEach((chip, i) => chip.setAttribute("aria-pressed", String(chosen.includes(i))));
      const refused = state.refusal?.path === field.path ? state.refusal.detail : "";
      if (refused) {
        setText(problem, refused);
        problem.hidden = false;
      }
    },
  };
}
