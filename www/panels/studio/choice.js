// A few words side by side of which one holds.
import { h } from "../../dom.js";

/** @template {string} T @param {string} label @param {{value: T, name: string, hint: string}[]} options
 * @param {(value: T) => void} onPick */
export function createChoice(label, options, onPick) {
  const buttons = options.map(({ value, name, hint }) => h("button", {
    type: "button", "data-testid": `choice-${value}`, title: hint, "aria-pressed": "false", click: () => onPick(value),
  }, name));
  return {
    element: h("div", { class: "choice", role: "group", "aria-label": label }, ...buttons),
    /** @param {T} chosen */
    sync(chosen) {
      buttons.forEach((button, i) => button.setAttribute("aria-pressed", String(options[i].value === chosen)));
    },
  };
}
