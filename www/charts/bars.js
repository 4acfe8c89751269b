// Small upright bars in a box of fixed height, one for each of a few named numbers, with a name below and the number
// on pointing at it. Numbers of any size: the caller says how high each is.
import { h, setText } from "../dom.js";

/** @typedef {{name: string, short: string, text: string, height: number}} Bar  height 0 to 1 */

/**
 * @param {string} label  for whoever cannot see it
 * @param {string} tone  which net the numbers are about
 * @param {{at: number, text: string}[]} lines  heights to compare with, 0 to 1, and what they stand for
 */
export function createBars(label, tone, lines) {
  const row = h("div", { class: "bar-row" });
  const rules = lines.map(({ at, text }) => {
    const rule = h("div", { class: "bar-rule" }, h("span", {}, text));
    rule.style.bottom = `${100 * at}%`;
    return rule;
  });
  const element = h("div", { class: "bars", role: "img", "aria-label": label, "data-tone": tone },
    h("div", { class: "bar-rules" }, ...rules), row);
  /** @type {{slot: HTMLElement, bar: HTMLElement, name: HTMLElement}[]} */
  let slots = [];

  return {
    element,
    /** @param {Bar[]} bars */
    draw(bars) {
      if (bars.length !== slots.length) {
        slots = bars.map(() => {
          const bar = h("i", { class: "bar" });
          const name = h("span", { class: "bar-name" });
          return { slot: h("div", { class: "bar-slot" }, h("div", { class: "bar-well" }, bar), name), bar, name };
        });
        row.replaceChildren(...slots.map(({ slot }) => slot));
      }
      bars.forEach(({ name, short, text, height }, i) => {
        slots[i].slot.title = `${name}: ${text}`;
        slots[i].bar.style.height = `${100 * Math.max(0.01, Math.min(1, height))}%`;
        setText(slots[i].name, short);
      });
      const list = bars.map(({ name, text }) => `${name} ${text}`).join(", ");
      element.setAttribute("aria-label", list ? `${label}: ${list}` : label);
    },
  };
}
