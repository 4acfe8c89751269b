// One setting as a control: a label, an input that checks itself against the field's range, and a line of help.
// It must not decide what a change means; the store does.
import { h, setText } from "../dom.js";
import { formatValue, openOptions, parseValue, readField, sameValue } from "../fields.js";
import { OPTION_GROUPS, SETTINGS, fieldText, inputProblem, optionText, shortRange } from "../texts.js";

/**
 * @typedef {import("../fields.js").Field} Field
 * @typedef {import("../protocol.js").Experiment} Experiment
 * @typedef {import("../store.js").Store} Store
 * @typedef {import("../store.js").State} State
 * @typedef {{element: HTMLElement, sync(state: Pick<State, "experiment" | "refusal">): void}} Control
 */

/** A value is taken this long after the last key, so that whoever types need not know to press Enter. */
const TYPING_PAUSE = 600;

/**
 * @param {Field} field
 * @param {Pick<Store, "setField">} store
 * @param {object} [how]
 * @param {string} [how.testid]  of the input, for a setting that has a name of its own besides `setting-<path>`
 * @param {string} [how.label]  in place of the field's own
 * @param {boolean} [how.help]  whether to show the line of help
 * @param {string} [how.scope]  before its handles, where the page has the same setting twice
 * @returns {Control}
 */
export function createControl(field, store, { testid, label = fieldText(field.path).label, help = true, scope = "" } = {}) {
  const id = `${scope}field-${field.path}`;
  const shared = {
    id,
    name: field.path,
    "data-testid": testid ?? `${scope}setting-${field.path}`,
    "aria-describedby": `${id}-help ${id}-problem`,
  };
  const input = field.type === "choice" ? createSelect(field, shared) : createInput(field, shared);
  const isSwitch = field.type === "switch";
  const problem = h("p", { id: `${id}-problem`, class: "problem", hidden: true });
  const name = h("span", { class: "field-name" }, label);
  if (!field.rebuilds) name.append(" ", h("span", { class: "chip", title: SETTINGS.liveHint }, SETTINGS.live));
  const row = h("label", { class: "field-row", ...(testid ? { "data-testid": `setting-${field.path}` } : {}) }, name, input);
  const helpText = [fieldText(field.path).help, shortRange(field)].filter(Boolean).join(" ");
  const element = h("div", { class: "field" }, row,
    h("p", { id: `${id}-help`, class: help ? "help" : "visually-hidden" }, helpText), problem);

  /** @type {Experiment | null} */
  let experiment = null;
  /** @type {State["refusal"]} */
  let refusal = null;
  let typing = 0;
  /** Whether something was typed that was not taken yet: what comes from elsewhere must not undo it. */
  let typed = false;

  const text = () => (isSwitch ? String(/** @type {HTMLInputElement} */ (input).checked) : input.value);

  /** @param {string} sentence */
  function tellProblem(sentence) {
    setText(problem, sentence);
    problem.hidden = sentence === "";
    input.setAttribute("aria-invalid", String(sentence !== ""));
  }

  /** @param {boolean} finished  false while the person may still be typing, when half a number is no mistake */
  function commit(finished) {
    clearTimeout(typing);
    if (!experiment) return;
    const parsed = parseValue(field, text(), experiment);
    if (finished || parsed.ok) typed = false;
    if (parsed.ok) {
      tellProblem("");
      const current = readField(experiment, field.path);
      if (current === undefined || !sameValue(current, parsed.value)) store.setField(field.path, parsed.value);
    } else if (finished) {
      tellProblem(inputProblem(label, parsed.reason, field));
    }
  }

  input.addEventListener("change", () => commit(true));
  if (field.type !== "choice" && !isSwitch) {
    input.addEventListener("input", () => {
      clearTimeout(typing);
      typed = true;
      typing = window.setTimeout(() => commit(false), TYPING_PAUSE);
    });
  }

  return {
    element,
    sync({ experiment: next, refusal: refused }) {
      if (next === experiment && refused === refusal) return;
      experiment = next;
      refusal = refused;
      const value = readField(next, field.path);
      if (value === undefined) return;
      if (input instanceof HTMLSelectElement) {
        const open = openOptions(field, next);
        for (const option of input.options) option.disabled = !open.includes(option.value);
      }
      if (typed) return;
      const parsed = parseValue(field, text(), next);
      // "64, 64" and "64,64" are one value: what was typed stays as it was typed.
      if (!(parsed.ok && sameValue(parsed.value, value))) {
        if (isSwitch) /** @type {HTMLInputElement} */ (input).checked = value === true;
        else input.value = field.type === "list" ? formatValue(value).replaceAll(",", ", ") : formatValue(value);
      }
      tellProblem(refused?.path === field.path ? SETTINGS.refused(refused.detail) : "");
    },
  };
}

/** @param {Field} field @param {Record<string, string>} attributes */
function createSelect(field, attributes) {
  const option = (/** @type {string} */ value) => h("option", { value }, optionText(field.path, value));
  const groups = OPTION_GROUPS[field.path];
  const options = groups
    ? groups.map(({ title, options: under }) => h("optgroup", { label: title }, ...under.map(option)))
    : (field.options ?? []).map(option);
  return h("select", attributes, ...options);
}

/** @param {Field} field @param {Record<string, string>} attributes */
function createInput({ type, min, max }, attributes) {
  if (type === "switch") return h("input", { ...attributes, type: "checkbox", role: "switch" });
  if (type === "list") return h("input", { ...attributes, type: "text", inputmode: "numeric", autocomplete: "off", spellcheck: "false" });
  const step = type === "integer" ? "1" : "any";
  return h("input", { ...attributes, type: "number", min: String(min), max: String(max), step, autocomplete: "off" });
}
