// A slider with a name and its value in a row: native, so that keys, touch and screen readers work as everywhere.
import { h, setText } from "../../dom.js";

/**
 * @param {object} what
 * @param {string} what.testid
 * @param {string | Node} what.name  as seen
 * @param {string} what.label  as heard
 * @param {number} what.min
 * @param {number} what.max
 * @param {number} what.step
 * @param {number} what.rest  where a double-click brings it
 * @param {string} [what.hint]
 * @param {(value: number) => string} [what.format]  to a text that keeps its width
 * @param {(value: number) => void} what.onInput
 * @param {Node[]} [what.more]  at the end of the row
 */
export function createSlider({ testid, name, label, min, max, step, rest, hint, format = String, onInput, more = [] }) {
  const input = h("input", {
    type: "range", "data-testid": testid, "aria-label": label, min: String(min), max: String(max), step: String(step),
    ...(hint ? { title: hint } : {}),
    input: () => onInput(Number(input.value)),
    dblclick: () => onInput(rest),
  });
  const output = h("output", { class: "slider-value", "aria-live": "off" });
  const element = h("div", { class: "slider" }, h("span", { class: "slider-name" }, name), input, output, ...more);
  let shown = NaN;
  let said = "";

  return {
    element,
    input,
    /** @param {number} value  which may lie beyond the slider's ends @param {string} [text]  in place of its own */
    sync(value, text = format(value)) {
      if (value === shown && text === said) return;
      shown = value;
      said = text;
      input.value = String(value);
      setText(output, text);
      input.setAttribute("aria-valuetext", text);
    },
  };
}

/** @typedef {ReturnType<typeof createSlider>} Slider */
